//! What all requests share: the restaurants with their loyalty systems, and the services over one store.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use clock::Clock;
use contract::error::ErrorCode;
use thiserror::Error;

use crate::auth::key_login::KeyLogin;
use crate::auth::login::Login;
use crate::auth::membership::make_member;
use crate::auth::peppers::Peppers;
use crate::auth::sessions::{Session, Sessions};
use crate::config::Config;
use crate::demo::DemoParts;
use crate::entropy::Entropy;
use crate::error::ApiError;
pub(crate) use crate::live::Restaurant;
use crate::live::{Live, Making, restaurants};
use crate::metrics::Metrics;
use crate::orders::Orders;
use crate::orders::order::Owner;
pub use crate::program::ProgramError;
use crate::store::sweep::Sweeper;
use crate::store::{Store, StoreError};
use crate::webhooks::{Courier, Outbox};

/// Why the proxy cannot begin.
#[derive(Debug, Error)]
pub enum AppError {
    /// There is no folder for the proxy's file.
    #[error("there is no folder {}", .0.display())]
    NoDataDir(PathBuf),
    /// The widget to be served was not built.
    #[error("{} holds no index.html: build the widget first", .0.display())]
    NoWidget(PathBuf),
    /// A file of the widget cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    UnreadableWidget {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The store cannot be opened.
    #[error("cannot open the store: {0}")]
    Store(#[from] StoreError),
    /// The machine has no randomness.
    #[error("the machine has no randomness to make secrets of")]
    NoRandomness,
    /// A restaurant's loyalty system is configured as it cannot be.
    #[error("restaurant {restaurant}: {error}")]
    Upstream {
        /// The restaurant.
        restaurant: String,
        /// What is wrong.
        error: ProgramError,
    },
}

/// The proxy.
pub(crate) struct App {
    /// What may change while the proxy runs.
    live: RwLock<Arc<Live>>,
    /// What new clients are made with.
    making: Making,
    /// Sends and checks login codes.
    pub(crate) login: Login,
    /// Lets guests in by a card or an application's code.
    pub(crate) key_login: KeyLogin,
    /// Opens and finds sessions.
    pub(crate) sessions: Sessions,
    /// Keeps the orders.
    pub(crate) orders: Orders,
    /// Sends webhooks.
    pub(crate) courier: Courier,
    /// What is kept.
    pub(crate) store: Store,
    /// What only the demo has.
    pub(crate) demo: Option<DemoParts>,
    /// What happens, counted.
    pub(crate) metrics: Arc<Metrics>,
    /// The steps of orders under way: each holds it for reading, and who waits for their end takes it for writing.
    pub(crate) steps: Arc<tokio::sync::RwLock<()>>,
    /// Names requests.
    entropy: Entropy,
    /// Removes what has expired.
    pub(crate) sweeper: Sweeper,
}

impl App {
    /// The proxy over its store; nothing is sent to a loyalty system yet.
    ///
    /// # Errors
    /// [`AppError`] where the store or a loyalty system's settings cannot be used.
    pub(crate) async fn new(
        config: &Config,
        clock: &Clock,
        demo: Option<DemoParts>,
    ) -> Result<Self, AppError> {
        if !config.data_dir.is_dir() {
            return Err(AppError::NoDataDir(config.data_dir.clone()));
        }
        let inbox = demo.as_ref().map(|demo| demo.inbox.clone());
        let making = Making::new(config, clock, inbox);
        let live = Live::make(config, None, &making)?;
        let store = Store::open(&config.store, &config.data_dir).await?;
        let entropy = Entropy::system();
        let limits = &config.limits;
        let metrics = Arc::clone(&making.metrics);
        let peppers = Peppers { current: config.pepper.clone(), previous: config.previous_pepper.clone() };
        let login = Login {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            peppers: peppers.clone(),
            limits: limits.clone(),
            figures: Arc::clone(&metrics.logins),
        };
        let sessions = Sessions {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            limits: limits.sessions,
            cache: Arc::default(),
        };
        let (outbox, http) = (Outbox::new(&config.restaurants), making.http.clone());
        Ok(Self {
            live: RwLock::new(Arc::new(live)),
            making,
            login,
            key_login: KeyLogin { store: store.clone(), clock: clock.clone(), tries: limits.key_tries },
            sessions,
            orders: Orders::new(
                store.clone(),
                clock.clone(),
                entropy.clone(),
                limits,
                outbox.clone(),
                &peppers,
            )
            .map_err(|_| AppError::NoRandomness)?,
            courier: Courier::new(
                store.clone(),
                clock.clone(),
                http,
                outbox,
                Arc::clone(&metrics.webhooks),
                limits,
            ),
            sweeper: Sweeper::start(store.clone(), clock.clone(), limits.clone()),
            store,
            demo,
            metrics,
            steps: Arc::default(),
            entropy,
        })
    }
}

/// Whether the loyalty systems can be reached as configured, as far as that can be said without asking them.
///
/// # Errors
/// [`AppError::Upstream`] names the restaurant.
pub fn check_upstreams(config: &Config, clock: &Clock) -> Result<(), AppError> {
    restaurants(config, None, &Making::new(config, clock, None)).map(drop)
}

impl App {
    /// What may change, as it is now; the one who asked keeps it until done.
    pub(crate) fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes on as `config` says, as far as that can change while the proxy runs; requests under way end as they began.
    ///
    /// # Errors
    /// [`AppError`] where it cannot be used; then everything stays as it is.
    pub(crate) fn reload(&self, config: &Config) -> Result<(), AppError> {
        let former = self.live();
        let live = Live::make(config, Some(&former), &self.making)?;
        for (id, restaurant) in &former.restaurants {
            if !live.restaurants.contains_key(id) {
                self.metrics.forget(id, restaurant.config.upstream.system());
            }
        }
        self.courier.outbox().retarget(&config.restaurants);
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(live);
        Ok(())
    }

    /// A name for a request, by which its lines in the log are found.
    pub(crate) fn new_request_id(&self) -> String {
        // A request is answered also where there is no randomness; what needs secrets refuses by itself.
        self.entropy.uuid().unwrap_or_default().to_string()
    }

    /// The restaurant a page names.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub(crate) fn restaurant(&self, name: &str) -> Result<Arc<Restaurant>, ApiError> {
        self.live()
            .restaurants
            .get(name)
            .cloned()
            .ok_or_else(|| ApiError::new(ErrorCode::UnknownRestaurant, "no such restaurant").at("restaurant"))
    }

    /// The restaurant an owner belongs to.
    ///
    /// # Errors
    /// Where the restaurant has been taken out of the configuration since the guest logged in.
    pub(crate) fn restaurant_of(&self, owner: &Owner) -> Result<Arc<Restaurant>, ApiError> {
        self.live()
            .restaurants
            .get(&owner.restaurant)
            .cloned()
            .ok_or_else(|| ApiError::new(ErrorCode::UnknownRestaurant, "the restaurant is no longer served"))
    }

    /// The restaurant of a session whose guest is certainly a member of its programme: a guest who could not join at
    /// login joins now.
    ///
    /// # Errors
    /// What the loyalty system or the store answered instead.
    pub(crate) async fn member_restaurant(&self, session: &Session) -> Result<Arc<Restaurant>, ApiError> {
        let restaurant = self.restaurant_of(&session.owner)?;
        if !session.is_member {
            make_member(restaurant.program.as_ref(), &session.owner.guest).await?;
            self.sessions.set_member(session).await?;
        }
        Ok(restaurant)
    }
}

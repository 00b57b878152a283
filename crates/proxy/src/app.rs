//! What all requests share: the restaurants with their loyalty systems, and the services over one store.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use contract::error::ErrorCode;
use thiserror::Error;
use upstream::LoyaltyProgram;
use upstream::http::HttpClient;

use crate::auth::key_login::KeyLogin;
use crate::auth::login::Login;
use crate::auth::membership::make_member;
use crate::auth::sessions::{Session, Sessions};
use crate::config::{Config, RestaurantConfig};
use crate::demo::DemoParts;
use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::orders::Orders;
use crate::orders::order::Owner;
use crate::program;
pub use crate::program::ProgramError;
use crate::sms::SmsSender;
use crate::store::sweep::Sweeper;
use crate::store::{Store, StoreError};
use crate::widget::WidgetFiles;

/// Why the proxy cannot begin.
#[derive(Debug, Error)]
pub enum AppError {
    /// There is no folder for the proxy's file.
    #[error("there is no folder {}", .0.display())]
    NoDataDir(PathBuf),
    /// The widget to be served was not built.
    #[error("{} holds no index.html: build the widget first", .0.display())]
    NoWidget(PathBuf),
    /// The store cannot be opened.
    #[error("cannot open the store: {0}")]
    Store(#[from] StoreError),
    /// A restaurant's loyalty system is configured as it cannot be.
    #[error("restaurant {restaurant}: {error}")]
    Upstream {
        /// The restaurant.
        restaurant: String,
        /// What is wrong.
        error: ProgramError,
    },
}

/// A restaurant and the way to its loyalty system.
pub(crate) struct Restaurant {
    /// As configured.
    pub(crate) config: RestaurantConfig,
    /// The loyalty system.
    pub(crate) program: Box<dyn LoyaltyProgram>,
}

/// The proxy.
pub(crate) struct App {
    /// By the name the widget says.
    pub(crate) restaurants: HashMap<String, Restaurant>,
    /// Sends and checks login codes.
    pub(crate) login: Login,
    /// Lets guests in by a card or an application's code.
    pub(crate) key_login: KeyLogin,
    /// Opens and finds sessions.
    pub(crate) sessions: Sessions,
    /// Keeps the orders.
    pub(crate) orders: Orders,
    /// What is kept.
    pub(crate) store: Store,
    /// The built widget.
    pub(crate) widget: Option<WidgetFiles>,
    /// What only the demo has.
    pub(crate) demo: Option<DemoParts>,
    /// How long one request may take.
    pub(crate) request_limit: Duration,
    /// Names requests.
    entropy: Entropy,
    /// Removes what has expired.
    _sweeper: Sweeper,
}

impl App {
    /// The proxy over its store; nothing is sent to a loyalty system yet.
    ///
    /// # Errors
    /// [`AppError`] where the store or a loyalty system's settings cannot be used.
    pub(crate) async fn new(
        config: &Config,
        clock: &Clock,
        sms: Arc<dyn SmsSender>,
        demo: Option<DemoParts>,
    ) -> Result<Self, AppError> {
        if !config.data_dir.is_dir() {
            return Err(AppError::NoDataDir(config.data_dir.clone()));
        }
        if let Some(dir) = &config.widget_dir
            && !dir.join("index.html").is_file()
        {
            return Err(AppError::NoWidget(dir.clone()));
        }
        let store = Store::open(&config.store, &config.data_dir).await?;
        let entropy = Entropy::system();
        let limits = &config.limits;
        let login = Login {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            sms,
            pepper: config.pepper.clone(),
            limits: limits.clone(),
        };
        let sessions = Sessions {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            limits: limits.clone(),
        };
        Ok(Self {
            restaurants: restaurants(config, clock)?,
            login,
            key_login: KeyLogin { store: store.clone(), clock: clock.clone(), tries: limits.key_tries },
            sessions,
            orders: Orders::new(store.clone(), clock.clone(), entropy.clone(), limits),
            _sweeper: Sweeper::start(store.clone(), clock.clone(), limits.clone()),
            store,
            widget: config.widget_dir.clone().map(WidgetFiles::new),
            demo,
            request_limit: Duration::from_millis(u64::from(limits.request_timeout_ms)),
            entropy,
        })
    }
}

/// Whether the loyalty systems can be reached as configured, as far as that can be said without asking them.
///
/// # Errors
/// [`AppError::Upstream`] names the restaurant.
pub fn check_upstreams(config: &Config, clock: &Clock) -> Result<(), AppError> {
    restaurants(config, clock).map(drop)
}

fn restaurants(config: &Config, clock: &Clock) -> Result<HashMap<String, Restaurant>, AppError> {
    let http = HttpClient::new();
    let mut restaurants = HashMap::new();
    for restaurant in &config.restaurants {
        let program = program::of(restaurant, &config.limits, &http, clock)
            .map_err(|error| AppError::Upstream { restaurant: restaurant.id.clone(), error })?;
        restaurants.insert(restaurant.id.clone(), Restaurant { config: restaurant.clone(), program });
    }
    Ok(restaurants)
}

impl App {
    /// A name for a request, by which its lines in the log are found.
    pub(crate) fn new_request_id(&self) -> String {
        // A request is answered also where there is no randomness; what needs secrets refuses by itself.
        self.entropy.uuid().unwrap_or_default().to_string()
    }

    /// The restaurant a page names.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub(crate) fn restaurant(&self, name: &str) -> Result<&Restaurant, ApiError> {
        self.restaurants
            .get(name)
            .ok_or_else(|| ApiError::new(ErrorCode::UnknownRestaurant, "no such restaurant").at("restaurant"))
    }

    /// The restaurant an owner belongs to.
    ///
    /// # Errors
    /// Where the restaurant has been taken out of the configuration since the guest logged in.
    pub(crate) fn restaurant_of(&self, owner: &Owner) -> Result<&Restaurant, ApiError> {
        self.restaurants
            .get(&owner.restaurant)
            .ok_or_else(|| ApiError::new(ErrorCode::UnknownRestaurant, "the restaurant is no longer served"))
    }

    /// The restaurant of a session whose guest is certainly a member of its programme: a guest who could not join at
    /// login joins now.
    ///
    /// # Errors
    /// What the loyalty system or the store answered instead.
    pub(crate) async fn member_restaurant(&self, session: &Session) -> Result<&Restaurant, ApiError> {
        let restaurant = self.restaurant_of(&session.owner)?;
        if !session.is_member {
            make_member(restaurant.program.as_ref(), &session.owner.guest).await?;
            self.sessions.set_member(session).await?;
        }
        Ok(restaurant)
    }
}

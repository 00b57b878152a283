//! What all requests share: the restaurants with their loyalty systems, and the services over one store.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use contract::error::ErrorCode;
use thiserror::Error;
use upstream::http::HttpClient;
use upstream::{LoyaltyProgram, Plazius, PlaziusOptions, WrongOptions};

use crate::auth::login::Login;
use crate::auth::membership::join_if_unknown;
use crate::auth::sessions::{Session, Sessions};
use crate::config::{Config, Limits, RestaurantConfig, UpstreamSystem};
use crate::demo::DemoParts;
use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::orders::Orders;
use crate::orders::order::Owner;
use crate::sms::SmsSender;
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
    #[error("cannot open the store in the data folder: {0}")]
    Store(#[from] StoreError),
    /// A restaurant's loyalty system is configured as it cannot be.
    #[error("restaurant {restaurant}: {error}")]
    Upstream {
        /// The restaurant.
        restaurant: String,
        /// What is wrong.
        error: WrongOptions,
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
    /// Opens and finds sessions.
    pub(crate) sessions: Sessions,
    /// Keeps the orders.
    pub(crate) orders: Orders,
    /// The disk.
    pub(crate) store: Store,
    /// The built widget.
    pub(crate) widget: Option<WidgetFiles>,
    /// What only the demo has.
    pub(crate) demo: Option<DemoParts>,
    /// How long one request may take.
    pub(crate) request_limit: Duration,
    /// Names requests.
    entropy: Entropy,
}

impl App {
    /// The proxy over its store; nothing is sent to a loyalty system yet.
    ///
    /// # Errors
    /// [`AppError`] where the store or a loyalty system's settings cannot be used.
    pub(crate) fn new(
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
        let store = Store::open(&config.data_dir)?;
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
            restaurants: restaurants(&config.restaurants, limits, clock)?,
            login,
            sessions,
            orders: Orders::new(store.clone(), clock.clone(), entropy.clone(), limits),
            store,
            widget: config.widget_dir.clone().map(WidgetFiles::new),
            demo,
            request_limit: Duration::from_millis(u64::from(limits.request_timeout_ms)),
            entropy,
        })
    }
}

fn restaurants(
    configs: &[RestaurantConfig],
    limits: &Limits,
    clock: &Clock,
) -> Result<HashMap<String, Restaurant>, AppError> {
    let http = HttpClient::new();
    let mut restaurants = HashMap::new();
    for config in configs {
        let settings = &config.upstream;
        let program = match settings.system {
            UpstreamSystem::Plazius => Plazius::new(
                http.clone(),
                clock.clone(),
                PlaziusOptions {
                    base_url: settings.base_url.clone(),
                    organisation_id: settings.organisation_id.clone(),
                    api_key: settings.api_key.reveal().to_owned(),
                    password: settings.password.reveal().to_owned(),
                    bearer: settings.bearer,
                    deadline: Duration::from_millis(u64::from(limits.upstream_timeout_ms)),
                },
            ),
        };
        let program = program.map_err(|error| AppError::Upstream { restaurant: config.id.clone(), error })?;
        restaurants
            .insert(config.id.clone(), Restaurant { config: config.clone(), program: Box::new(program) });
    }
    Ok(restaurants)
}

impl App {
    /// A name for a request, by which its lines in the log are found.
    pub(crate) fn new_request_id(&self) -> String {
        // A request is answered also where there is no randomness; what needs secrets refuses by itself.
        self.entropy.uuid().unwrap_or_default().to_string()
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
            join_if_unknown(restaurant.program.as_ref(), &session.owner.phone).await?;
            self.sessions.set_member(session).await?;
        }
        Ok(restaurant)
    }
}

//! The proxy's configuration, checked: one TOML file, and secrets from the environment or from files.
//!
//! Owns what may be configured and every refusal of a wrong configuration. What is in [`Config`] can be used as it is.

mod address;
mod appearance;
mod check;
mod codes;
mod edge;
mod file;
mod limits;
mod merchant;
mod network;
mod operation;
mod secret;
mod senders;
mod store;
mod upstream;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use contract::appearance::AppearanceResponse;
use contract::login::LoginKey;
use thiserror::Error;

pub use codes::SystemCodes;
pub use edge::Edge;
pub use limits::{Lifetime, Limits, SessionLimits};
pub use merchant::WebhookConfig;
pub use network::Network;
pub use operation::{LogConfig, LogFormat, MetricsConfig, OtelConfig};
pub use secret::{Environment, Secret};
pub use senders::{HttpGateway, SenderConfig, SenderKind};
pub use store::{PostgresConfig, StoreConfig};

/// Everything that is configured.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the proxy listens.
    pub listen: SocketAddr,
    /// The folder for the proxy's own file; it must exist.
    pub data_dir: PathBuf,
    /// Where logins, sessions and orders are kept.
    pub store: StoreConfig,
    /// The built widget, where the proxy serves it.
    pub widget_dir: Option<PathBuf>,
    /// Earlier builds of the widget, whose versioned addresses keep working.
    pub older_widget_dirs: Vec<PathBuf>,
    /// The origin at which guests' browsers reach the proxy, where it is known.
    pub public_origin: Option<String>,
    /// The servers before this one that tell truly whom they speak for.
    pub trusted_proxies: Vec<Network>,
    /// The key under which login codes are hashed.
    pub pepper: Secret,
    /// The key before that one, under which codes may still be on their way.
    pub previous_pepper: Option<Secret>,
    /// At least one.
    pub restaurants: Vec<RestaurantConfig>,
    /// How long and how often.
    pub limits: Limits,
    /// How much at once, and how long anybody is waited for.
    pub edge: Edge,
    /// What is logged.
    pub log: LogConfig,
    /// Where the metrics are read.
    pub metrics: MetricsConfig,
    /// Where traces go.
    pub otel: OtelConfig,
}

/// A restaurant, or a network of them that shares one loyalty account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestaurantConfig {
    /// What the widget calls it.
    pub id: String,
    /// What its guests call it; it signs the login code's message.
    pub name: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// Its loyalty system.
    pub upstream: UpstreamConfig,
    /// Calling codes of the countries whose phones may log in; none means all.
    pub allowed_dialling_codes: Vec<u16>,
    /// By what guests may log in; a phone is always among them.
    pub login_keys: Vec<LoginKey>,
    /// How login codes leave: the first, or the next where one fails. None where the loyalty system sends them.
    pub login_senders: Vec<SenderConfig>,
    /// What lets the proxy have login codes sent and checked by the loyalty system, where it does.
    pub codes: Option<SystemCodes>,
    /// Whether discounts and bonuses may be confirmed for a cart that only the guest's page has described.
    pub spend_on_page_cart: bool,
    /// Whether a session is in a cookie where the page is of the proxy's own site.
    pub session_cookies: bool,
    /// Origins of the pages that may call the API from another address.
    pub allowed_origins: Vec<String>,
    /// How its widget speaks and looks.
    pub appearance: AppearanceResponse,
    /// What the restaurant's server shows to be let in; none where it has none. Two while they are exchanged.
    pub merchant_keys: Vec<Secret>,
    /// Where the restaurant's server is told what became of orders.
    pub webhook: Option<WebhookConfig>,
}

/// Which loyalty system a restaurant has, and how it is reached. Addresses are without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpstreamConfig {
    /// Plazius, also called `r_keeper` Loyalty.
    Plazius {
        /// The address before `/b2b/v1/…`.
        base_url: String,
        /// The restaurant there.
        organisation_id: String,
        /// The key.
        api_key: Secret,
        /// The password that goes with the key.
        password: Secret,
        /// Whether the token is sent with the word `Bearer`.
        bearer: bool,
    },
    /// r_k Delivery.
    RkDelivery {
        /// The address before `/orders/api/v1/…`.
        base_url: String,
        /// The address before `/connect/token`.
        auth_url: String,
        /// The restaurant there, a GUID.
        restaurant_id: String,
        /// The way of paying that orders are created with.
        payment_type_id: String,
        /// The name by which the token is asked for.
        client_id: String,
        /// The secret of that name.
        client_secret: Secret,
    },
    /// The basic REST API of LoyalClient.
    BasicRest {
        /// The address before `/integration/general/…`.
        base_url: String,
        /// The point of sale there.
        point_id: String,
        /// The key.
        api_key: Secret,
    },
}

impl UpstreamConfig {
    /// The system's name, as the configuration says it.
    #[must_use]
    pub const fn system(&self) -> &'static str {
        match self {
            Self::Plazius { .. } => "plazius",
            Self::RkDelivery { .. } => "rk_delivery",
            Self::BasicRest { .. } => "basic_rest",
        }
    }
}

/// Why a configuration is refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML of the documented shape.
    #[error("`{field}`: {message}")]
    Shape {
        /// The place in the file.
        field: String,
        /// What is wrong there.
        message: String,
    },
    /// A value cannot be.
    #[error("`{field}`: {message}")]
    Value {
        /// The place in the file.
        field: String,
        /// What is wrong there.
        message: String,
    },
}

impl ConfigError {
    fn value(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Value { field: field.into(), message: message.into() }
    }
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`ConfigError`] names the place and what is wrong with it.
    pub fn load(path: &Path, environment: &Environment<'_>) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text, environment)
    }

    /// Reads and checks a file's text.
    ///
    /// # Errors
    /// [`ConfigError`] names the place and what is wrong with it.
    pub fn parse(text: &str, environment: &Environment<'_>) -> Result<Self, ConfigError> {
        check::check(file::parse(text)?, environment)
    }
}

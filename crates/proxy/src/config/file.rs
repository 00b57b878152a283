//! The shape of the configuration file, before anything in it is judged.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use contract::appearance::AppearanceText;
use contract::login::LoginKey;
use serde::Deserialize;

use super::codes::CodesFile;
use super::merchant::WebhookFile;
use super::secret::SecretSource;
use super::senders::SenderFile;
use super::store::StoreFile;
use super::upstream::UpstreamFile;
use super::{ConfigError, Edge, Limits, LogConfig, MetricsConfig, OtelConfig};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    pub(super) listen: SocketAddr,
    pub(super) data_dir: PathBuf,
    pub(super) widget_dir: Option<PathBuf>,
    #[serde(default)]
    pub(super) store: StoreFile,
    #[serde(default)]
    pub(super) older_widget_dirs: Vec<PathBuf>,
    pub(super) public_origin: Option<String>,
    #[serde(default)]
    pub(super) trusted_proxies: Vec<String>,
    pub(super) pepper: SecretSource,
    pub(super) previous_pepper: Option<SecretSource>,
    #[serde(default)]
    pub(super) senders: BTreeMap<String, SenderFile>,
    pub(super) login_senders: Option<Vec<String>>,
    pub(super) restaurants: Vec<RestaurantFile>,
    #[serde(default)]
    pub(super) limits: Limits,
    #[serde(default)]
    pub(super) edge: Edge,
    #[serde(default)]
    pub(super) log: LogConfig,
    #[serde(default)]
    pub(super) metrics: MetricsConfig,
    #[serde(default)]
    pub(super) otel: OtelConfig,
}

/// One `[[restaurants]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RestaurantFile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) upstream: UpstreamFile,
    #[serde(default)]
    pub(super) allowed_dialling_codes: Vec<u16>,
    #[serde(default = "phone_only")]
    pub(super) login_keys: Vec<LoginKey>,
    pub(super) login_senders: Option<Vec<String>>,
    pub(super) codes: Option<CodesFile>,
    pub(super) spend_on_page_cart: bool,
    pub(super) session_cookies: Option<bool>,
    #[serde(default)]
    pub(super) allowed_origins: Vec<String>,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    #[serde(default)]
    pub(super) theme: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) texts: BTreeMap<String, BTreeMap<String, AppearanceText>>,
    #[serde(default)]
    pub(super) merchant_keys: Vec<SecretSource>,
    pub(super) webhook: Option<WebhookFile>,
}

fn phone_only() -> Vec<LoginKey> {
    vec![LoginKey::Phone]
}

/// Reads the text; an error names the place.
pub(super) fn parse(text: &str) -> Result<ConfigFile, ConfigError> {
    let shape = |field: String, error: &toml::de::Error| ConfigError::Shape {
        field,
        message: error.message().to_owned(),
    };
    let deserializer =
        toml::Deserializer::parse(text).map_err(|error| shape(line_of(text, &error), &error))?;
    serde_path_to_error::deserialize(deserializer)
        .map_err(|error| shape(error.path().to_string(), error.inner()))
}

/// The line at which the text stops being TOML.
fn line_of(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
    format!("line {line}")
}

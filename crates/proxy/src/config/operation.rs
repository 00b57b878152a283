//! The sections `[log]`, `[metrics]` and `[otel]`: what the proxy tells its operator, and where.

use std::net::SocketAddr;

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use super::ConfigError;

/// The form of the log's lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// In which form.
    pub format: LogFormat,
    /// From which level on: `error`, `warn`, `info`, `debug`, `trace`, or several by module as `RUST_LOG` takes them.
    pub level: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: "warn".to_owned() }
    }
}

impl LogConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match EnvFilter::try_new(&self.level) {
            Ok(_) if !self.level.trim().is_empty() => Ok(()),
            _ => Err(ConfigError::value("log.level", "a level such as info, or levels by module")),
        }
    }
}

/// Where the metrics are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MetricsConfig {
    /// An address of its own for `/metrics`; nowhere where absent.
    pub listen: Option<SocketAddr>,
}

/// Where traces go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OtelConfig {
    /// The collector's address before `/v1/traces`; nowhere where absent.
    pub endpoint: Option<String>,
}

impl OtelConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let Some(endpoint) = &self.endpoint else { return Ok(()) };
        let address: Option<http::Uri> = endpoint.parse().ok();
        let is_address = address.is_some_and(|address| {
            matches!(address.scheme_str(), Some("http" | "https"))
                && address.host().is_some()
                && address.query().is_none()
        });
        if is_address && !endpoint.contains('@') {
            return Ok(());
        }
        Err(ConfigError::value("otel.endpoint", "an address such as http://127.0.0.1:4318"))
    }
}

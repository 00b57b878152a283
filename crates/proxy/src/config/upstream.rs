//! A restaurant's `upstream`: which fields each loyalty system needs, and that no other is there.

use serde::Deserialize;

use super::address::checked_address;
use super::secret::{Environment, SecretSource};
use super::{ConfigError, Secret, UpstreamConfig};

/// A restaurant's `upstream`: the fields of all systems, of which each needs its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UpstreamFile {
    system: System,
    base_url: String,
    auth_url: Option<String>,
    organisation_id: Option<String>,
    restaurant_id: Option<String>,
    point_id: Option<String>,
    payment_type_id: Option<String>,
    client_id: Option<String>,
    client_secret: Option<SecretSource>,
    api_key: Option<SecretSource>,
    password: Option<SecretSource>,
    bearer: Option<bool>,
}

/// The loyalty systems the proxy speaks to.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum System {
    Plazius,
    RkDelivery,
    BasicRest,
}

/// Where a field stands, for the errors, and where secrets are.
struct Place<'a> {
    field: &'a str,
    environment: &'a Environment<'a>,
}

pub(super) fn check_upstream(
    mut file: UpstreamFile,
    field: &str,
    environment: &Environment<'_>,
) -> Result<UpstreamConfig, ConfigError> {
    let place = Place { field, environment };
    let base_url = place.address("base_url", &file.base_url)?;
    let upstream = match file.system {
        System::Plazius => UpstreamConfig::Plazius {
            base_url,
            organisation_id: place.text("organisation_id", file.organisation_id.take())?,
            api_key: place.secret("api_key", file.api_key.take())?,
            password: place.secret("password", file.password.take())?,
            bearer: file.bearer.take().unwrap_or(false),
        },
        System::RkDelivery => UpstreamConfig::RkDelivery {
            base_url,
            auth_url: place.address("auth_url", &place.text("auth_url", file.auth_url.take())?)?,
            restaurant_id: place.text("restaurant_id", file.restaurant_id.take())?,
            payment_type_id: place.text("payment_type_id", file.payment_type_id.take())?,
            client_id: place.text("client_id", file.client_id.take())?,
            client_secret: place.secret("client_secret", file.client_secret.take())?,
        },
        System::BasicRest => UpstreamConfig::BasicRest {
            base_url,
            point_id: place.text("point_id", file.point_id.take())?,
            api_key: place.secret("api_key", file.api_key.take())?,
        },
    };
    match left_over(&file) {
        Some(name) => Err(place.wrong(name, "does not go with this system")),
        None => Ok(upstream),
    }
}

/// A field that is there and was not taken.
fn left_over(file: &UpstreamFile) -> Option<&'static str> {
    let fields = [
        ("auth_url", file.auth_url.is_some()),
        ("organisation_id", file.organisation_id.is_some()),
        ("restaurant_id", file.restaurant_id.is_some()),
        ("point_id", file.point_id.is_some()),
        ("payment_type_id", file.payment_type_id.is_some()),
        ("client_id", file.client_id.is_some()),
        ("client_secret", file.client_secret.is_some()),
        ("api_key", file.api_key.is_some()),
        ("password", file.password.is_some()),
        ("bearer", file.bearer.is_some()),
    ];
    fields.into_iter().find(|(_, is_there)| *is_there).map(|(name, _)| name)
}

impl Place<'_> {
    fn wrong(&self, name: &str, message: &str) -> ConfigError {
        ConfigError::value(format!("{}.{name}", self.field), message)
    }

    fn text(&self, name: &str, value: Option<String>) -> Result<String, ConfigError> {
        let value = value.ok_or_else(|| self.wrong(name, "is missing: this system needs it"))?;
        if value.trim().is_empty() { Err(self.wrong(name, "must not be empty")) } else { Ok(value) }
    }

    fn secret(&self, name: &str, source: Option<SecretSource>) -> Result<Secret, ConfigError> {
        let source = source.ok_or_else(|| self.wrong(name, "is missing: this system needs it"))?;
        source.fetch(&format!("{}.{name}", self.field), self.environment)
    }

    fn address(&self, name: &str, text: &str) -> Result<String, ConfigError> {
        checked_address(text).map_err(|message| self.wrong(name, message))
    }
}

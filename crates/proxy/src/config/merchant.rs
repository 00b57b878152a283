//! What a restaurant's own server has to do with the proxy: the keys it comes with, and where it is told what happens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use serde::Deserialize;

use super::secret::{Environment, SecretSource};
use super::{ConfigError, RestaurantConfig, Secret};

/// How many keys are good at once: the one in use, and the one that takes or took its place.
const MOST_KEYS: usize = 2;

/// The shortest key, in characters: what is shorter can be guessed.
const SHORTEST_KEY: usize = 32;

/// What a webhook's secret begins with, by the Standard Webhooks specification, and how many bytes follow in base64.
const PREFIX: &str = "whsec_";
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// Where a restaurant's server is told what became of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookConfig {
    /// The address, encrypted unless it is on this machine.
    pub(crate) url: Uri,
    /// The key of the signatures, as the specification writes it.
    secret: Secret,
}

/// `[restaurants.webhook]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookFile {
    url: String,
    secret: SecretSource,
}

impl WebhookConfig {
    /// Judges an address and a secret.
    ///
    /// # Errors
    /// The name of the field that cannot be, and why.
    pub fn new(url: &str, secret: Secret) -> Result<Self, (&'static str, &'static str)> {
        let uri: Uri = url.parse().map_err(|_| ("url", "not an address"))?;
        if uri.host().is_none() || url.contains('@') {
            return Err(("url", "an address such as https://host/path"));
        }
        let is_here = matches!(uri.host(), Some("127.0.0.1" | "[::1]" | "localhost"));
        if uri.scheme_str() != Some("https") && !(is_here && uri.scheme_str() == Some("http")) {
            return Err(("url", "must begin with https://"));
        }
        match key_of(&secret) {
            Some(_) => Ok(Self { url: uri, secret }),
            None => Err(("secret", "must be whsec_ and 24 to 64 bytes in base64")),
        }
    }

    /// The key of the signatures.
    pub(crate) fn key(&self) -> Vec<u8> {
        key_of(&self.secret).unwrap_or_default()
    }
}

fn key_of(secret: &Secret) -> Option<Vec<u8>> {
    let key = STANDARD.decode(secret.reveal().strip_prefix(PREFIX)?).ok()?;
    SECRET_BYTES.contains(&key.len()).then_some(key)
}

pub(super) fn check_webhook(
    file: Option<WebhookFile>,
    field: &str,
    environment: &Environment<'_>,
) -> Result<Option<WebhookConfig>, ConfigError> {
    let Some(file) = file else { return Ok(None) };
    let secret = file.secret.fetch(&format!("{field}.secret"), environment)?;
    WebhookConfig::new(&file.url, secret)
        .map(Some)
        .map_err(|(name, message)| ConfigError::value(format!("{field}.{name}"), message))
}

pub(super) fn check_keys(
    sources: &[SecretSource],
    field: &str,
    environment: &Environment<'_>,
) -> Result<Vec<Secret>, ConfigError> {
    if sources.len() > MOST_KEYS {
        return Err(ConfigError::value(field, "at most two: the one in use and the next"));
    }
    let mut keys: Vec<Secret> = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let place = format!("{field}[{index}]");
        let key = source.fetch(&place, environment)?;
        if key.reveal().len() < SHORTEST_KEY || key.reveal().bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(ConfigError::value(
                place,
                "32 or more printable characters of ASCII, without spaces",
            ));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// Refuses a key that two restaurants have: it is by its key that a server says whose it is.
pub(super) fn check_keys_differ(restaurants: &[RestaurantConfig]) -> Result<(), ConfigError> {
    let mut seen: Vec<&Secret> = Vec::new();
    for (index, restaurant) in restaurants.iter().enumerate() {
        for key in &restaurant.merchant_keys {
            if seen.contains(&key) {
                let field = format!("restaurants[{index}].merchant_keys");
                return Err(ConfigError::value(field, "the same key is there twice"));
            }
            seen.push(key);
        }
    }
    Ok(())
}

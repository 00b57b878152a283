//! A restaurant's `codes`: that its loyalty system sends and checks the login codes itself, and what lets us ask for it.

use serde::Deserialize;

use super::check::is_origin;
use super::secret::{Environment, SecretSource};
use super::{ConfigError, Secret, UpstreamConfig};

/// How many digits a code may have.
const DIGITS: std::ops::RangeInclusive<u32> = 4..=8;

/// What lets the proxy have login codes sent and checked by the loyalty system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemCodes {
    /// The key of the restaurant's site, which is another than the one between servers.
    pub api_key: Secret,
    /// The site the key was given for, where the system wants to be told.
    pub origin: Option<String>,
    /// How many digits its codes have.
    pub digits: u32,
}

/// A restaurant's `codes`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodesFile {
    by: By,
    api_key: SecretSource,
    origin: Option<String>,
    digits: Option<u32>,
}

/// The loyalty systems that send login codes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    Plazius,
}

pub(super) fn check_codes(
    file: CodesFile,
    field: &str,
    upstream: &UpstreamConfig,
    environment: &Environment<'_>,
) -> Result<SystemCodes, ConfigError> {
    let wrong = |name: &str, message: &str| ConfigError::value(format!("{field}.{name}"), message);
    match (file.by, upstream) {
        (By::Plazius, UpstreamConfig::Plazius { .. }) => {}
        (By::Plazius, _) => return Err(wrong("by", "goes only with a restaurant on plazius")),
    }
    if file.origin.as_deref().is_some_and(|origin| !is_origin(origin)) {
        return Err(wrong("origin", "an origin such as https://example.com, without a path"));
    }
    let digits = file.digits.unwrap_or(contract::login::CODE_LENGTH);
    if !DIGITS.contains(&digits) {
        return Err(wrong("digits", "from 4 to 8"));
    }
    let api_key = file.api_key.fetch(&format!("{field}.api_key"), environment)?;
    Ok(SystemCodes { api_key, origin: file.origin, digits })
}

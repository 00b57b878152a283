//! Judges a configuration file's values and fetches its secrets.

use contract::login::LoginKey;

use super::file::{ConfigFile, RestaurantFile};
use super::merchant::{check_keys, check_keys_differ, check_webhook};
use super::secret::Environment;
use super::store::check_store;
use super::upstream::check_upstream;
use super::{Config, ConfigError, Limits, RestaurantConfig};

/// The longest time the proxy calculates with, in seconds: a year.
const LONGEST_S: u32 = 366 * 24 * 3600;

pub(super) fn check(file: ConfigFile, environment: &Environment<'_>) -> Result<Config, ConfigError> {
    check_limits(&file.limits)?;
    if file.restaurants.is_empty() {
        return Err(ConfigError::value("restaurants", "there must be at least one"));
    }
    let mut restaurants: Vec<RestaurantConfig> = Vec::new();
    for (index, restaurant) in file.restaurants.into_iter().enumerate() {
        let field = format!("restaurants[{index}]");
        let restaurant = check_restaurant(restaurant, &field, environment)?;
        if restaurants.iter().any(|other| other.id == restaurant.id) {
            return Err(ConfigError::value(format!("{field}.id"), "another restaurant has it already"));
        }
        restaurants.push(restaurant);
    }
    check_keys_differ(&restaurants)?;
    Ok(Config {
        listen: file.listen,
        data_dir: file.data_dir,
        store: check_store(&file.store, environment)?,
        widget_dir: file.widget_dir,
        pepper: file.pepper.fetch("pepper", environment)?,
        restaurants,
        limits: file.limits,
    })
}

fn check_limits(limits: &Limits) -> Result<(), ConfigError> {
    let seconds = [
        ("code_ttl_s", limits.code_ttl_s),
        ("session_idle_s", limits.session_idle_s),
        ("session_ttl_s", limits.session_ttl_s),
        ("preview_ttl_s", limits.preview_ttl_s),
        ("idempotency_ttl_s", limits.idempotency_ttl_s),
        ("abandoned_after_s", limits.abandoned_after_s),
    ];
    for (name, value) in seconds {
        if !(1..=LONGEST_S).contains(&value) {
            return Err(ConfigError::value(format!("limits.{name}"), "from one second to a year"));
        }
    }
    if limits.resend_waits_s.is_empty() || limits.resend_waits_s.iter().any(|wait| *wait > LONGEST_S) {
        return Err(ConfigError::value("limits.resend_waits_s", "one or more, none over a year"));
    }
    for (name, value, most) in [("code_tries", limits.code_tries, 100), ("key_tries", limits.key_tries, 1000)]
    {
        if !(1..=most).contains(&value) {
            return Err(ConfigError::value(format!("limits.{name}"), format!("from 1 to {most}")));
        }
    }
    for (name, value) in [
        ("upstream_timeout_ms", limits.upstream_timeout_ms),
        ("request_timeout_ms", limits.request_timeout_ms),
    ] {
        if !(1..=600_000).contains(&value) {
            return Err(ConfigError::value(format!("limits.{name}"), "from 1 ms to ten minutes"));
        }
    }
    Ok(())
}

fn check_restaurant(
    file: RestaurantFile,
    field: &str,
    environment: &Environment<'_>,
) -> Result<RestaurantConfig, ConfigError> {
    let bad_id = |byte: u8| !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if file.id.is_empty() || file.id.len() > 64 || file.id.bytes().any(bad_id) {
        return Err(ConfigError::value(format!("{field}.id"), "1 to 64 of a-z, 0-9 and -"));
    }
    if file.name.trim().is_empty() {
        return Err(ConfigError::value(format!("{field}.name"), "must not be empty"));
    }
    if file.currency.len() != 3 || file.currency.bytes().any(|byte| !byte.is_ascii_uppercase()) {
        return Err(ConfigError::value(format!("{field}.currency"), "an ISO 4217 code such as RUB"));
    }
    for (index, code) in file.allowed_dialling_codes.iter().enumerate() {
        if !(1..=999).contains(code) {
            let place = format!("{field}.allowed_dialling_codes[{index}]");
            return Err(ConfigError::value(place, "a calling code such as 7"));
        }
    }
    for (index, origin) in file.allowed_origins.iter().enumerate() {
        if !is_origin(origin) {
            let place = format!("{field}.allowed_origins[{index}]");
            return Err(ConfigError::value(place, "an origin such as https://example.com, without a path"));
        }
    }
    if !file.login_keys.contains(&LoginKey::Phone) {
        return Err(ConfigError::value(format!("{field}.login_keys"), "must hold \"phone\""));
    }
    Ok(RestaurantConfig {
        id: file.id,
        name: file.name,
        currency: file.currency,
        upstream: check_upstream(file.upstream, &format!("{field}.upstream"), environment)?,
        allowed_dialling_codes: file.allowed_dialling_codes,
        login_keys: file.login_keys,
        spend_on_page_cart: file.spend_on_page_cart,
        allowed_origins: file.allowed_origins,
        merchant_keys: check_keys(&file.merchant_keys, &format!("{field}.merchant_keys"), environment)?,
        webhook: check_webhook(file.webhook, &format!("{field}.webhook"), environment)?,
    })
}

/// Whether the text is what a browser sends as `Origin`.
fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(':').next().unwrap_or_default();
    matches!(scheme, "http" | "https")
        && !host.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte))
}

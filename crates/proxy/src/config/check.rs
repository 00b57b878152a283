//! Judges a configuration file's values and fetches its secrets.

use std::time::Duration;

use contract::appearance::AppearanceResponse;
use contract::login::LoginKey;

use super::appearance::check_appearance;
use super::codes::check_codes;
use super::file::{ConfigFile, RestaurantFile};
use super::limits::check_limits;
use super::merchant::{check_keys, check_keys_differ, check_webhook};
use super::secret::Environment;
use super::senders::check_sender;
use super::store::check_store;
use super::upstream::check_upstream;
use super::{Config, ConfigError, Network, RestaurantConfig, SenderConfig};

pub(super) fn check(file: ConfigFile, environment: &Environment<'_>) -> Result<Config, ConfigError> {
    check_limits(&file.limits)?;
    file.edge.check()?;
    file.log.check()?;
    file.otel.check()?;
    if file.widget_dir.is_none() && !file.older_widget_dirs.is_empty() {
        return Err(ConfigError::value("older_widget_dirs", "goes only with a `widget_dir`"));
    }
    if file.public_origin.as_deref().is_some_and(|origin| !is_origin(origin)) {
        return Err(ConfigError::value(
            "public_origin",
            "an origin such as https://example.com, without a path",
        ));
    }
    if file.restaurants.is_empty() {
        return Err(ConfigError::value("restaurants", "there must be at least one"));
    }
    let mut all = Vec::new();
    for (name, sender) in file.senders {
        all.push(check_sender(&name, sender, environment)?);
    }
    let request_timeout = Duration::from_millis(u64::from(file.limits.request_timeout_ms));
    let senders = Senders { all, usual: file.login_senders, request_timeout };
    let shared = Shared { senders, public_origin: file.public_origin };
    let mut restaurants: Vec<RestaurantConfig> = Vec::new();
    for (index, restaurant) in file.restaurants.into_iter().enumerate() {
        let field = format!("restaurants[{index}]");
        let restaurant = check_restaurant(restaurant, &field, &shared, environment)?;
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
        older_widget_dirs: file.older_widget_dirs,
        public_origin: shared.public_origin,
        trusted_proxies: check_proxies(&file.trusted_proxies)?,
        pepper: file.pepper.fetch("pepper", environment)?,
        previous_pepper: match file.previous_pepper {
            Some(source) => Some(source.fetch("previous_pepper", environment)?),
            None => None,
        },
        restaurants,
        limits: file.limits,
        edge: file.edge,
        log: file.log,
        metrics: file.metrics,
        otel: file.otel,
    })
}

/// The servers before this one.
fn check_proxies(texts: &[String]) -> Result<Vec<Network>, ConfigError> {
    let mut networks = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let network = Network::parse(text).ok_or_else(|| {
            ConfigError::value(
                format!("trusted_proxies[{index}]"),
                "an address, or a network such as 10.0.0.0/8",
            )
        })?;
        networks.push(network);
    }
    Ok(networks)
}

/// What all restaurants are judged with.
struct Shared {
    senders: Senders,
    public_origin: Option<String>,
}

impl Shared {
    /// Whether a restaurant's sessions are in cookies. Browsers take them over TLS alone, and on the name `localhost`,
    /// which is for trying out and must be asked for.
    fn session_cookies(&self, asked: Option<bool>, restaurant: &str) -> Result<bool, ConfigError> {
        let origin = self.public_origin.as_deref().unwrap_or_default();
        let is_tls = origin.starts_with("https://");
        let is_here = origin == "http://localhost" || origin.starts_with("http://localhost:");
        match asked {
            Some(true) if !is_tls && !is_here => Err(ConfigError::value(
                format!("{restaurant}.session_cookies"),
                "needs a `public_origin` that begins with https://, or is http://localhost",
            )),
            Some(asked) => Ok(asked),
            None => Ok(is_tls),
        }
    }
}

/// What a restaurant's senders are looked up in.
struct Senders {
    all: Vec<SenderConfig>,
    usual: Option<Vec<String>>,
    request_timeout: Duration,
}

impl Senders {
    /// The senders in their order: the restaurant's own list or the one for all.
    fn of(&self, own: Option<Vec<String>>, restaurant: &str) -> Result<Vec<SenderConfig>, ConfigError> {
        let (field, names) = match (own, &self.usual) {
            (Some(names), _) => (format!("{restaurant}.login_senders"), names),
            (None, Some(names)) => ("login_senders".to_owned(), names.clone()),
            (None, None) => {
                let message = "say here or for all restaurants by which of `senders` login codes leave";
                return Err(ConfigError::value(format!("{restaurant}.login_senders"), message));
            }
        };
        if names.is_empty() {
            return Err(ConfigError::value(field, "must name at least one of `senders`"));
        }
        let mut senders: Vec<SenderConfig> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let place = || format!("{field}[{index}]");
            let sender = self.all.iter().find(|sender| sender.name == *name);
            let sender = sender.ok_or_else(|| ConfigError::value(place(), "no such entry in `senders`"))?;
            if senders.iter().any(|other| other.name == *name) {
                return Err(ConfigError::value(place(), "is there already"));
            }
            senders.push(sender.clone());
        }
        if senders.iter().map(|sender| sender.timeout).sum::<Duration>() >= self.request_timeout {
            let message = "their `timeout_ms` add up to more than `limits.request_timeout_ms`";
            return Err(ConfigError::value(field, message));
        }
        Ok(senders)
    }
}

fn check_restaurant(
    file: RestaurantFile,
    field: &str,
    shared: &Shared,
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
    let appearance = AppearanceResponse { languages: file.languages, theme: file.theme, texts: file.texts };
    let upstream = check_upstream(file.upstream, &format!("{field}.upstream"), environment)?;
    let (codes, login_senders) = match (file.codes, file.login_senders) {
        (None, own) => (None, shared.senders.of(own, field)?),
        (Some(_), Some(_)) => {
            let message = "goes without `codes`: the loyalty system sends them";
            return Err(ConfigError::value(format!("{field}.login_senders"), message));
        }
        (Some(codes), None) => {
            (Some(check_codes(codes, &format!("{field}.codes"), &upstream, environment)?), Vec::new())
        }
    };
    Ok(RestaurantConfig {
        id: file.id,
        name: file.name,
        currency: file.currency,
        upstream,
        allowed_dialling_codes: file.allowed_dialling_codes,
        login_keys: file.login_keys,
        login_senders,
        codes,
        spend_on_page_cart: file.spend_on_page_cart,
        session_cookies: shared.session_cookies(file.session_cookies, field)?,
        allowed_origins: file.allowed_origins,
        appearance: check_appearance(appearance, field)?,
        merchant_keys: check_keys(&file.merchant_keys, &format!("{field}.merchant_keys"), environment)?,
        webhook: check_webhook(file.webhook, &format!("{field}.webhook"), environment)?,
    })
}

/// Whether the text is what a browser sends as `Origin`.
pub(super) fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(':').next().unwrap_or_default();
    matches!(scheme, "http" | "https")
        && !host.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte))
}

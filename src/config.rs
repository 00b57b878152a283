//! What the host tells the widget at the start, parsed once.

use contract::login::Embedding;

/// A valid configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The restaurant's name in the proxy's configuration.
    pub restaurant: String,
    /// Where the proxy's API is, without a slash at the end: `https://loyalty.example/api/v1`.
    pub api: String,
    /// How the page shows the widget.
    pub embedding: Embedding,
    /// The origin of the page the guest sees; empty where nobody tells.
    pub page_origin: String,
}

impl Config {
    /// The configuration, or `None` where the restaurant is not named. `api` may end with a slash.
    #[must_use]
    pub fn new(restaurant: &str, api: &str, embedding: Embedding, page_origin: String) -> Option<Self> {
        let restaurant = crate::digits::trim(restaurant);
        (!restaurant.is_empty()).then(|| Self {
            restaurant: restaurant.to_owned(),
            api: api.trim_end_matches('/').to_owned(),
            embedding,
            page_origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use contract::login::Embedding;

    use super::Config;

    fn config(restaurant: &str, api: &str) -> Option<Config> {
        Config::new(restaurant, api, Embedding::Page, String::new())
    }

    #[test]
    fn a_restaurant_must_be_named() {
        assert_eq!(config("  ", "https://loyalty.example/api/v1"), None);
    }

    #[test]
    fn the_address_is_kept_without_its_slash() {
        let config = config(" pirogi ", "https://loyalty.example/api/v1/").expect("a restaurant is named");
        assert_eq!(
            (config.restaurant.as_str(), config.api.as_str()),
            ("pirogi", "https://loyalty.example/api/v1")
        );
    }
}

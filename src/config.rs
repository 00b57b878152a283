//! What the host tells the widget at the start, parsed once.

/// A valid configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The restaurant's name in the proxy's configuration.
    pub restaurant: String,
    /// Where the proxy's API is, without a slash at the end: `https://loyalty.example/api/v1`.
    pub api: String,
}

impl Config {
    /// The configuration, or `None` where the restaurant is not named. `api` may end with a slash.
    #[must_use]
    pub fn new(restaurant: &str, api: &str) -> Option<Self> {
        let restaurant = crate::digits::trim(restaurant);
        (!restaurant.is_empty())
            .then(|| Self { restaurant: restaurant.to_owned(), api: api.trim_end_matches('/').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn a_restaurant_must_be_named() {
        assert_eq!(Config::new("  ", "https://loyalty.example/api/v1"), None);
    }

    #[test]
    fn the_address_is_kept_without_its_slash() {
        let config =
            Config::new(" pirogi ", "https://loyalty.example/api/v1/").expect("a restaurant is named");
        assert_eq!(
            (config.restaurant.as_str(), config.api.as_str()),
            ("pirogi", "https://loyalty.example/api/v1")
        );
    }
}

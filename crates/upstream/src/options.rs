//! What every client is told about its system: an address and secrets, judged before anything is sent.

use http::{HeaderValue, Uri};
use thiserror::Error;

/// What is wrong with a client's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrongOptions {
    /// The address is not `http://host…` or `https://host…`.
    #[error("the address is not an http or https URL")]
    BaseUrl,
    /// The key holds what a header cannot carry.
    #[error("the API key holds characters that a header cannot carry")]
    ApiKey,
    /// The site's origin holds what a header cannot carry.
    #[error("the site's origin holds characters that a header cannot carry")]
    Origin,
    /// The restaurant's identifier is not of the system's form.
    #[error("the restaurant's identifier is not one of this system")]
    RestaurantId,
}

/// The part of an address that all operations of a system share, without a slash at its end.
pub(crate) struct BaseUrl(String);

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, WrongOptions> {
        let text = text.trim_end_matches('/');
        let parsed: Uri = text.parse().map_err(|_| WrongOptions::BaseUrl)?;
        if !matches!(parsed.scheme_str(), Some("http" | "https"))
            || parsed.host().is_none()
            || parsed.query().is_some()
        {
            return Err(WrongOptions::BaseUrl);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address of one operation, whose path begins without a slash.
    pub(crate) fn join(&self, path: &str) -> Result<Uri, crate::UpstreamError> {
        format!("{}/{path}", self.0).parse().map_err(|_| crate::UpstreamError::Malformed {
            what: "the operation's address".to_owned(),
            in_doubt: false,
        })
    }
}

/// A header's value that no log shows.
pub(crate) fn secret_header(text: &str) -> Result<HeaderValue, WrongOptions> {
    let mut value = HeaderValue::from_str(text).map_err(|_| WrongOptions::ApiKey)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_http_address_without_a_query_is_a_base() {
        for right in ["http://127.0.0.1:1", "https://api.plazius.ru/pub/", "https://delivery.ucs.ru"] {
            assert!(BaseUrl::parse(right).is_ok(), "{right}");
        }
        for wrong in
            ["", "api.plazius.ru", "/pub", "ftp://host/", "https://", "https://host/?a=b", "http://a b"]
        {
            assert!(matches!(BaseUrl::parse(wrong), Err(WrongOptions::BaseUrl)), "{wrong}");
        }
    }

    #[test]
    fn a_key_that_no_header_carries_is_refused() {
        assert_eq!(secret_header("line\nbreak"), Err(WrongOptions::ApiKey));
        assert!(secret_header("key").expect("a header").is_sensitive());
    }
}

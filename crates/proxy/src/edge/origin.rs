//! From which page a request comes, and whether it may ask. Only a browser says so; whoever is none needs a session like
//! everybody else.
//!
//! An origin is compared by the letter with what a restaurant has allowed: `https://good.example.evil.example`, `null`,
//! another port and another scheme are other origins.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request};
use contract::error::ErrorCode;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use tower_http::cors::{AllowCredentials, AllowOrigin, CorsLayer};

use crate::app::App;
use crate::config::RestaurantConfig;
use crate::error::ApiError;
use crate::live::Live;

/// How long a browser may remember what it may ask.
const PREFLIGHT_TTL: std::time::Duration = std::time::Duration::from_secs(600);

/// The page a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// The proxy's own, or none.
    Own,
    /// A page at this origin.
    Elsewhere(HeaderValue),
}

impl Page {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let Some(origin) = headers.get(header::ORIGIN) else { return Self::Own };
        let is_own = match headers.get("sec-fetch-site") {
            // The browser's own judgement, which no page can forge.
            Some(site) => site == "same-origin",
            None => headers.get(header::HOST).is_some_and(|host| is_host_of(host, origin)),
        };
        if is_own { Self::Own } else { Self::Elsewhere(origin.clone()) }
    }

    /// Whether the page may ask in the name of this restaurant.
    ///
    /// # Errors
    /// 403 where it may not.
    pub(crate) fn may_use(&self, restaurant: &RestaurantConfig) -> Result<(), ApiError> {
        match self {
            Self::Own => Ok(()),
            Self::Elsewhere(origin) if origin.to_str().is_ok_and(|origin| restaurant.has_origin(origin)) => {
                Ok(())
            }
            Self::Elsewhere(_) => Err(strange()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// Whether the header `Host` names the origin's host and port.
fn is_host_of(host: &HeaderValue, origin: &HeaderValue) -> bool {
    let (Ok(host), Ok(origin)) = (host.to_str(), origin.to_str()) else { return false };
    let Some((scheme, rest)) = origin.split_once("://") else { return false };
    let usual = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return false,
    };
    let parse = |text: &str| text.parse::<Authority>().ok();
    let (Some(host), Some(origin)) = (parse(host), parse(rest)) else { return false };
    let port = |authority: &Authority| authority.port_u16().unwrap_or(usual);
    host.host().eq_ignore_ascii_case(origin.host()) && port(&host) == port(&origin)
}

/// What the paths for restaurants' own servers begin with.
const MERCHANT_PATHS: &str = "/merchant/";

/// Refuses what changes something and comes from a page of no restaurant, or in a form that a page may send without the
/// browser asking first. Whether it is the right restaurant's page is judged where the restaurant is known.
pub(crate) fn refuse_stranger(live: &Live, request: &Request) -> Option<ApiError> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    if let Page::Elsewhere(origin) = Page::of(request.headers())
        && !origin.to_str().is_ok_and(|origin| live.knows_origin(origin))
    {
        return Some(strange());
    }
    // Of what changes something, a browser sends only `POST` without asking first.
    let is_route = request.extensions().get::<MatchedPath>().is_some();
    let is_unasked = *request.method() == Method::POST && !forces_preflight(request.headers());
    (is_route && is_unasked).then(|| {
        ApiError::new(ErrorCode::InvalidRequest, "send application/json")
            .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    })
}

/// Whether a browser asks before it sends this for a page elsewhere. A form and `text/plain` it sends at once.
fn forces_preflight(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION)
        || headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_json)
}

/// Whether a content type is JSON's.
pub(crate) fn is_json(content_type: &str) -> bool {
    content_type
        .split(';')
        .next()
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// Tells browsers which pages may ask, and with cookies: those of the restaurants as they are configured at that moment.
/// What is for restaurants' own servers is for no page: one that has their key must not be able to use it.
pub(crate) fn cors(app: &Arc<App>) -> CorsLayer {
    let app = Arc::clone(app);
    let known = move |origin: &HeaderValue, parts: &Parts| {
        let is_for_pages = !parts.uri.path().starts_with(MERCHANT_PATHS);
        is_for_pages && origin.to_str().is_ok_and(|origin| app.live().knows_origin(origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(known.clone()))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("loyalty-restaurant"),
        ])
        .allow_credentials(AllowCredentials::predicate(known))
        .max_age(PREFLIGHT_TTL)
}

fn strange() -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, "the restaurant has not allowed pages of this origin")
        .with_status(StatusCode::FORBIDDEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(headers: &[(&'static str, &'static str)]) -> Page {
        let pairs = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Page::of(&pairs.collect())
    }

    #[test]
    fn the_browser_judges_which_pages_are_our_own() {
        let origin = ("origin", "https://loyalty.example");
        let host = ("host", "loyalty.example");
        assert_eq!(page(&[host]), Page::Own);
        assert_eq!(page(&[origin, ("sec-fetch-site", "same-origin")]), Page::Own);
        for site in ["same-site", "cross-site", "none"] {
            assert_ne!(page(&[origin, host, ("sec-fetch-site", site)]), Page::Own, "{site}");
        }
    }

    #[test]
    fn an_older_browsers_page_is_our_own_where_host_and_port_are() {
        for (origin, host) in [
            ("https://loyalty.example", "loyalty.example"),
            ("https://loyalty.example", "Loyalty.example:443"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ] {
            assert_eq!(page(&[("origin", origin), ("host", host)]), Page::Own, "{origin}");
        }
        for origin in [
            "https://loyalty.example:444",
            "https://loyalty.example.evil.example",
            "null",
            "",
            "loyalty.example",
        ] {
            assert_ne!(page(&[("origin", origin), ("host", "loyalty.example")]), Page::Own, "{origin}");
        }
    }

    #[test]
    fn what_a_page_may_send_unasked_is_told_from_what_it_may_not() {
        let forces = |name: &'static str, value: &'static str| {
            forces_preflight(&HeaderMap::from_iter([(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )]))
        };
        assert!(forces("content-type", "application/json; charset=utf-8"));
        assert!(forces("authorization", "Bearer x"));
        for form in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""]
        {
            assert!(!forces("content-type", form), "{form}");
        }
    }
}

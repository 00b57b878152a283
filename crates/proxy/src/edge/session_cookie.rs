//! The session in a cookie: for which requests there may be one, how it is written, and how it is taken back.
//!
//! A browser keeps and sends these cookies only where the page and everything it stands in are of the proxy's own site:
//! they are `SameSite=Strict`. Whether a browser does so for a page is not guessed but seen: each page is first given a
//! cookie that says nothing, and a session goes into a cookie only for a request that has brought that one back. Where
//! cookies are blocked, or the page is of another site, none comes back, and the session is a token.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use contract::login::Embedding;
use contract::session::RESTAURANT_HEADER;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};

use super::origin::Page;
use crate::app::{App, Restaurant};
use crate::config::RestaurantConfig;

/// Before the restaurant's name. `__Host-` makes browsers refuse the cookie unless it is the proxy's alone: sent over TLS,
/// for every path, to no other host.
const SESSION: &str = "__Host-loyalty-session-";

/// The cookie that says nothing, and whose return says that cookies return.
const PROBE: &str = "__Host-loyalty-probe";

/// What every cookie is. No script reads it, and no page of another site sends it.
const ATTRIBUTES: &str = "; Path=/; Secure; HttpOnly; SameSite=Strict";

/// What a request says about cookies.
#[derive(Clone, Debug)]
pub(crate) struct SessionCookies {
    /// The browser's own judgement that the page is of the proxy's site.
    is_same_site: bool,
    /// Whether the request says which page it comes from, or reads only.
    is_accounted_for: bool,
    page: Page,
    /// The restaurant whose session is meant.
    restaurant: Option<String>,
    /// The cookies that are ours, by their names.
    cookies: Vec<(String, String)>,
}

impl SessionCookies {
    fn of(method: &Method, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let reads = matches!(*method, Method::GET | Method::HEAD);
        Self {
            is_same_site: matches!(text("sec-fetch-site"), Some("same-origin" | "same-site")),
            is_accounted_for: reads || headers.contains_key(header::ORIGIN),
            page: Page::of(headers),
            restaurant: text(RESTAURANT_HEADER).map(str::to_owned),
            cookies: ours(headers),
        }
    }

    /// Whether a cookie of this request may count for the restaurant: its cookies are on, the page is of our site, and it
    /// is one of the restaurant's.
    fn count_for(&self, restaurant: &RestaurantConfig) -> bool {
        restaurant.session_cookies
            && self.is_same_site
            && self.is_accounted_for
            && self.page.may_use(restaurant).is_ok()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The token of the guest's session at a restaurant.
    pub(crate) fn token(&self, restaurant: &RestaurantConfig) -> Option<&str> {
        if self.count_for(restaurant) { self.get(&name(&restaurant.id)) } else { None }
    }

    /// The restaurant the request names, and the token of its session.
    pub(crate) fn named(&self, app: &App) -> Option<(Arc<Restaurant>, &str)> {
        let restaurant = app.restaurant(self.restaurant.as_deref()?).ok()?;
        self.token(&restaurant.config).map(|token| (restaurant, token))
    }

    /// Whether a session that is opened now is to be in a cookie. On a device that the next guest uses too it never is.
    pub(crate) fn may_hold(&self, restaurant: &RestaurantConfig, embedding: Option<Embedding>) -> bool {
        embedding != Some(Embedding::Kiosk) && self.count_for(restaurant) && self.get(PROBE).is_some()
    }

    /// What finds out whether cookies return, where that is not known yet and is worth knowing.
    pub(crate) fn probe(&self, restaurant: &RestaurantConfig) -> Option<HeaderValue> {
        let is_wanted = self.count_for(restaurant) && self.get(PROBE).is_none();
        is_wanted.then(|| HeaderValue::from_str(&format!("{PROBE}=1{ATTRIBUTES}")).ok()).flatten()
    }
}

impl<S: Sync> FromRequestParts<S> for SessionCookies {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.method, &parts.headers))
    }
}

/// Puts a session's token into the restaurant's cookie. The browser forgets it when the session is too old in any case; when
/// it is used too seldom, the proxy takes it back.
pub(crate) fn keep(restaurant: &str, token: &str, ttl_s: u32) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}={token}; Max-Age={ttl_s}{ATTRIBUTES}", name(restaurant))).ok()
}

/// Takes the restaurant's cookie back.
pub(crate) fn take_back(restaurant: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}=; Max-Age=0{ATTRIBUTES}", name(restaurant))).ok()
}

/// A restaurant's name is of letters, digits and hyphens, all of which may stand in a cookie's name.
fn name(restaurant: &str) -> String {
    format!("{SESSION}{restaurant}")
}

/// The cookies of a request that are ours.
fn ours(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, value)| (name.starts_with(SESSION) || *name == PROBE) && !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_cookies_ours_are_read() {
        let headers = HeaderMap::from_iter([(
            header::COOKIE,
            HeaderValue::from_static(
                "a=b; __Host-loyalty-probe=1;__Host-loyalty-session-pirogi=t=1 ; loyalty-session-pirogi=x; \
                 __Host-loyalty-session-lapsha=; c",
            ),
        )]);
        let expected = [("__Host-loyalty-probe", "1"), ("__Host-loyalty-session-pirogi", "t=1")];
        assert_eq!(ours(&headers), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_cookie_is_the_proxys_alone_and_no_script_reads_it() {
        let kept = keep("pirogi", "token", 60).expect("a header");
        assert_eq!(
            kept,
            "__Host-loyalty-session-pirogi=token; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Strict"
        );
        let gone = take_back("pirogi").expect("a header");
        assert_eq!(
            gone,
            "__Host-loyalty-session-pirogi=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict"
        );
    }
}

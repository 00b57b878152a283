//! The demo's pages that show the widget in a frame, as pages of another site: under the machine's other name, `localhost`,
//! which browsers take for another site than `127.0.0.1`. The checkout differs from the demo's own by one tag and one
//! script's address; the playground has the widget in every way there is.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::edge::framing::{framing_policy, playground_policy};

/// Where they are.
pub(super) const CHECKOUT_PATH: &str = "/demo/frame";
pub(super) const PLAYGROUND_PATH: &str = "/playground";

/// The other site's name, and the proxy's.
const SITE_HOST: &str = "localhost";
const PROXY_HOST: &str = "127.0.0.1";

/// The checkout with the element in it.
const CHECKOUT: &str = include_str!("../../../../demo/checkout.html");

const PLAYGROUND: &str = include_str!("../../../../demo/playground.html");

/// The other site's origin.
pub(super) fn site(port: u16) -> String {
    format!("http://{SITE_HOST}:{port}")
}

/// `GET /demo/frame`: the checkout.
pub(super) async fn serve_checkout(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    serve(CHECKOUT_PATH, &headers, query.as_deref(), |proxy| {
        let page = framed(proxy);
        let policy = framing_policy(page.as_bytes(), proxy);
        (page, policy)
    })
}

/// `GET /playground`.
pub(super) async fn serve_playground(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    serve(PLAYGROUND_PATH, &headers, query.as_deref(), |proxy| {
        (PLAYGROUND.to_owned(), playground_policy(PLAYGROUND.as_bytes(), proxy))
    })
}

/// A page of the other site, made for the proxy's origin with its policy, or the way to it from the demo's own site.
fn serve(
    path: &str,
    headers: &HeaderMap,
    query: Option<&str>,
    page: impl FnOnce(&str) -> (String, HeaderValue),
) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let Some(port) = host.as_ref().and_then(Authority::port_u16) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if host.is_none_or(|host| host.host() != SITE_HOST) {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::to(&format!("{}{path}{query}", site(port))).into_response();
    }
    let (page, policy) = page(&format!("http://{PROXY_HOST}:{port}"));
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    let mut response = (headers, page).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// The checkout with the frame's tag and script in place of the element's.
fn framed(proxy: &str) -> String {
    CHECKOUT
        .replace("/widget/element.js", &format!("{proxy}/widget/frame.js"))
        .replace("<loyalty-checkout ", "<loyalty-checkout-frame ")
        .replace("</loyalty-checkout>", "</loyalty-checkout-frame>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_frame_where_the_element_was() {
        let page = framed("http://127.0.0.1:1");
        assert!(page.contains("src=\"http://127.0.0.1:1/widget/frame.js\""));
        assert_eq!(page.matches("loyalty-checkout-frame").count(), 2);
        assert!(!page.contains("/widget/element.js") && !page.contains("<loyalty-checkout "));
    }
}

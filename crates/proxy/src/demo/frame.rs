//! The demo's checkout as a page of another site, with the widget in a frame: the same page under the machine's other name,
//! `localhost`, which browsers take for another site than `127.0.0.1`. One tag and one script's address are different.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use http::uri::Authority;
use http::{HeaderMap, StatusCode, header};

use crate::edge::framing::framing_policy;

/// Where it is.
pub(super) const PATH: &str = "/demo/frame";

/// The other site's name, and the proxy's.
const SITE_HOST: &str = "localhost";
const PROXY_HOST: &str = "127.0.0.1";

/// The checkout with the element in it.
const CHECKOUT: &str = include_str!("../../../../demo/checkout.html");

/// The other site's origin.
pub(super) fn site(port: u16) -> String {
    format!("http://{SITE_HOST}:{port}")
}

/// `GET /demo/frame`: the page, or the way to it from the demo's own site.
pub(super) async fn serve_page(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let Some(port) = host.as_ref().and_then(Authority::port_u16) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if host.is_none_or(|host| host.host() != SITE_HOST) {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::to(&format!("{}{PATH}{query}", site(port))).into_response();
    }
    let proxy = format!("http://{PROXY_HOST}:{port}");
    let page = framed(&proxy);
    let policy = framing_policy(page.as_bytes(), &proxy);
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

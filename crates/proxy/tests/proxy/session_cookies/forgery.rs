//! What a page that is not the restaurant's can do with a guest's cookie: nothing, though the browser sends it along.

use serde_json::json;

use super::{Browser, COOKIE, PAGE, spawn};
use crate::test_app::{IVAN, TestApp, dinner};

/// A page at this origin of the same site, in the browser of a guest who is logged in at the restaurant.
async fn page_with_cookie<'a>(app: &'a TestApp, site: &'static str, origin: &'static str) -> Browser<'a> {
    let good = Browser::of(app, "same-site", PAGE);
    good.log_in(IVAN, "page").await;
    app.pass(600);
    Browser { site, origin, ..good }
}

#[tokio::test]
async fn a_page_of_the_same_site_that_is_not_the_restaurants_does_nothing() {
    let app = spawn().await;
    for (site, origin) in [
        ("same-site", "https://evil.pirogi.example"),
        ("same-site", "https://pirogi.example:8443"),
        ("same-site", "http://pirogi.example"),
        ("same-site", "null"),
        ("cross-site", "https://pirogi.example.evil.example"),
    ] {
        let evil = page_with_cookie(&app, site, origin).await;
        let preview = json!({"cart": dinner(), "promo_codes": []});
        evil.post("/api/v1/preview", &preview).await.refused(403, "invalid_request");
        evil.post("/api/v1/logout", &json!({})).await.refused(403, "invalid_request");
        let read = evil.get("/api/v1/wallet").await;
        assert!(!read.headers.contains_key("access-control-allow-origin"), "{origin}");
        read.refused(401, "not_logged_in");
        assert!(!evil.is_logged_in().await, "{origin}");
        assert!(evil.cookie(COOKIE).is_some(), "{origin}: it cannot even log the guest out");
        app.pass(24 * 3600);
    }
    app.finish().await;
}

#[tokio::test]
async fn another_site_is_believed_no_cookie_even_from_an_allowed_page() {
    let app = spawn().await;
    let page = page_with_cookie(&app, "cross-site", PAGE).await;
    page.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    page.post("/api/v1/logout", &json!({})).await.refused(401, "not_logged_in");
    let old_browser = Browser { site: "", ..page };
    old_browser.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn what_a_form_can_send_changes_nothing_with_a_cookie_either() {
    let app = spawn().await;
    let page = page_with_cookie(&app, "same-site", PAGE).await;
    for path in ["/api/v1/logout", "/api/v1/payment-code", "/api/v1/preview"] {
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
        {
            page.send("POST", path, kind, "{}").await.refused(415, "invalid_request");
        }
    }
    // A request that changes something and hides where it comes from is nobody's.
    let hidden = Browser { origin: "", ..page };
    hidden.post("/api/v1/logout", &json!({})).await.refused(401, "not_logged_in");
    let unnamed = Browser { origin: PAGE, restaurant: "", ..hidden };
    unnamed.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn a_token_goes_before_a_cookie() {
    let app = spawn().await;
    let page = page_with_cookie(&app, "same-site", PAGE).await;
    let cookie = format!("{COOKIE}={}", page.cookie(COOKIE).expect("a cookie"));
    let headers = [
        ("sec-fetch-site", "same-site"),
        ("origin", PAGE),
        ("loyalty-restaurant", "pirogi"),
        ("cookie", cookie.as_str()),
        ("authorization", "Bearer wrong"),
    ];
    app.send("GET", "/api/v1/wallet", &headers, "").await.refused(401, "not_logged_in");
    app.send("GET", "/api/v1/wallet", &headers[..4], "").await.ok();
    app.finish().await;
}

#[tokio::test]
async fn only_allowed_pages_are_told_that_they_may_send_cookies() {
    let app = spawn().await;
    for (origin, told) in [(PAGE, Some("true")), ("https://evil.pirogi.example", None)] {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type,loyalty-restaurant"),
        ];
        let answer = app.send("OPTIONS", "/api/v1/preview", &headers, "").await;
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().expect("text"));
        assert_eq!(header("access-control-allow-credentials"), told, "{origin}");
        assert_eq!(header("access-control-allow-origin"), told.map(|_| origin), "never `*` with cookies");
        let allowed = header("access-control-allow-headers").unwrap_or_default();
        assert!(allowed.contains("loyalty-restaurant"), "{allowed}");
    }
    app.finish().await;
}

//! Which pages may ask, and in whose frames a page may stand.

use serde_json::{Value, json};

use crate::test_app::{Answer, IVAN, TestApp, dinner};

const GOOD: &str = "https://good.example";
const OTHER: &str = "https://other.example:8443";

/// Origins that look like the allowed one and are not.
const STRANGE: [&str; 9] = [
    "https://good.example.evil.example",
    "https://evilgood.example",
    "null",
    "https://good.example:8443",
    "https://good.example:443",
    "http://good.example",
    "https://GOOD.example",
    "https://good.example/",
    "https://good.example, https://good.example",
];

/// The demo's restaurant with one allowed origin, and a second restaurant with another.
async fn spawn() -> TestApp {
    let mut app = TestApp::spawn().await;
    app.reload(|config| {
        let mut other = config.restaurants[0].clone();
        config.restaurants[0].allowed_origins = vec![GOOD.to_owned()];
        other.id = "other".to_owned();
        other.allowed_origins = vec![OTHER.to_owned()];
        config.restaurants.push(other);
    });
    app
}

fn told<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.get(name).map(|value| value.to_str().expect("text"))
}

async fn login_from(app: &TestApp, restaurant: &str, origin: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("origin", origin)];
    let body = json!({"restaurant": restaurant, "phone": IVAN}).to_string();
    app.send("POST", "/api/v1/login/start", &headers, body).await
}

async fn messages(app: &TestApp) -> usize {
    app.get("/demo/sms.json").await.ok().as_array().expect("a list").len()
}

#[tokio::test]
async fn an_origin_is_allowed_by_the_letter_and_no_other_is() {
    let app = spawn().await;
    let preflight = |origin: &'static str| {
        let app = &app;
        async move {
            let headers = [
                ("origin", origin),
                ("access-control-request-method", "POST"),
                ("access-control-request-headers", "authorization,content-type,idempotency-key"),
            ];
            app.send("OPTIONS", "/api/v1/order/confirm", &headers, "").await
        }
    };
    for origin in [GOOD, OTHER] {
        assert_eq!(told(&preflight(origin).await, "access-control-allow-origin"), Some(origin));
    }
    for origin in STRANGE {
        assert_eq!(told(&preflight(origin).await, "access-control-allow-origin"), None, "{origin}");
        let answer = login_from(&app, "pirogi", origin).await;
        assert_eq!(told(&answer, "access-control-allow-origin"), None, "{origin}");
        answer.refused(403, "invalid_request");
    }
    assert_eq!(messages(&app).await, 0, "a strange page has no effect");
    app.finish().await;
}

#[tokio::test]
async fn a_page_may_ask_only_for_its_own_restaurant() {
    let app = spawn().await;
    login_from(&app, "other", GOOD).await.refused(403, "invalid_request");
    login_from(&app, "pirogi", OTHER).await.refused(403, "invalid_request");
    assert_eq!(messages(&app).await, 0);
    login_from(&app, "pirogi", GOOD).await.ok();
    app.pass(60);
    let guest = app.guest(IVAN).await;
    let headers = |origin| [("origin", origin)];
    let body = json!({"cart": dinner(), "promo_codes": []});
    guest.post_with("/api/v1/preview", &headers(GOOD), &body).await.ok();
    guest.post_with("/api/v1/preview", &headers(OTHER), &body).await.refused(403, "invalid_request");
    app.finish().await;
}

#[tokio::test]
async fn what_a_page_may_send_without_being_asked_changes_nothing() {
    let app = spawn().await;
    let body = json!({"restaurant": "pirogi", "phone": IVAN}).to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        for origin in [None, Some(GOOD)] {
            let mut headers = vec![("content-type", kind)];
            headers.extend(origin.map(|origin| ("origin", origin)));
            let answer = app.send("POST", "/api/v1/login/start", &headers, body.clone()).await;
            answer.refused(415, "invalid_request");
        }
    }
    for path in ["/api/v1/logout", "/api/v1/payment-code", "/api/v1/order/confirm", "/demo/till/close"] {
        app.send("POST", path, &[("content-type", "text/plain")], "{}").await.refused(415, "invalid_request");
    }
    assert_eq!(messages(&app).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn an_origin_that_is_taken_out_is_strange_from_then_on() {
    let mut app = spawn().await;
    login_from(&app, "pirogi", GOOD).await.ok();
    app.reload(|config| config.restaurants[0].allowed_origins.clear());
    let answer = login_from(&app, "pirogi", GOOD).await;
    assert_eq!(told(&answer, "access-control-allow-origin"), None);
    answer.refused(403, "invalid_request");
    app.finish().await;
}

fn ancestors(answer: &Answer) -> String {
    let policy = told(answer, "content-security-policy").expect("a policy").to_owned();
    policy.split("frame-ancestors ").nth(1).expect("says who may frame it").to_owned()
}

#[tokio::test]
async fn only_a_restaurants_pages_may_frame_its_widget() {
    let app = spawn().await;
    for (path, status, framed_by, old_header) in [
        ("/embed?restaurant=pirogi", 200, GOOD, None),
        ("/embed?restaurant=other", 200, OTHER, None),
        ("/embed?restaurant=nobody", 404, "'none'", Some("DENY")),
        ("/embed?restaurant=%22%3E%3Cscript%3E", 404, "'none'", Some("DENY")),
        ("/embed?restaurant=pirogi&restaurant=other", 200, "'none'", Some("DENY")),
        ("/embed", 200, "'none'", Some("DENY")),
        ("/", 200, "'none'", Some("DENY")),
        ("/demo/sms", 200, "'none'", Some("DENY")),
        ("/widget/index.html", 200, "'none'", Some("DENY")),
        ("/api/v1/wallet", 401, "'none'", Some("DENY")),
        ("/healthz", 200, "'none'", Some("DENY")),
        ("/nothing", 404, "'none'", Some("DENY")),
    ] {
        let answer = app.get(path).await;
        assert_eq!((answer.status, ancestors(&answer).as_str()), (status, framed_by), "{path}");
        assert_eq!(told(&answer, "x-frame-options"), old_header, "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn the_page_shows_the_restaurant_it_was_asked_for() {
    let mut app = spawn().await;
    app.write_widget_file("index.html", "<body><loyalty-checkout restaurant=pirogi></loyalty-checkout>");
    app.reload(|_| {});
    for (path, name) in [("/embed?restaurant=other", "\"other\""), ("/embed?restaurant=pirogi", "\"pirogi\"")]
    {
        let text = app.get(path).await.text;
        assert!(text.contains(&format!("<loyalty-checkout restaurant={name}></loyalty-checkout>")), "{text}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_kiosk_is_a_restaurants_stands_in_its_frames_and_is_kept_nowhere() {
    let mut app = spawn().await;
    let page = "<body><loyalty-checkout></loyalty-checkout>";
    app.write_widget_file("kiosk/kiosk.html", page);
    app.reload(|_| {});
    for (path, status, framed_by) in [
        ("/kiosk?restaurant=pirogi", 200, format!("'self' {GOOD}")),
        ("/kiosk?restaurant=pirogi&language=kk&idle=60", 200, format!("'self' {GOOD}")),
        ("/kiosk?restaurant=other", 200, format!("'self' {OTHER}")),
        ("/kiosk", 404, "'none'".to_owned()),
        ("/kiosk?restaurant=nobody", 404, "'none'".to_owned()),
        ("/kiosk?restaurant=%22%3E%3Cscript%3E", 404, "'none'".to_owned()),
    ] {
        let answer = app.get(path).await;
        assert_eq!((answer.status, ancestors(&answer)), (status, framed_by), "{path}");
        assert_eq!(told(&answer, "cache-control"), Some("no-store"), "{path}");
    }
    let text = app.get("/kiosk?restaurant=other").await.text;
    assert_eq!(text, "<body><loyalty-checkout restaurant=\"other\" kiosk></loyalty-checkout>");
    app.finish().await;
}

#[tokio::test]
async fn our_pages_load_what_they_are_made_of_and_nothing_else() {
    let app = spawn().await;
    for path in ["/", "/demo/sms", "/embed?restaurant=pirogi", "/widget/index.html"] {
        let answer = app.get(path).await;
        let policy = told(&answer, "content-security-policy").expect("a policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
        ] {
            // A page's own built-in script is allowed by its digest.
            let digest = format!("{part} 'sha256-");
            let is_told = policy.split("; ").any(|told| told == part || told.starts_with(&digest));
            assert!(is_told, "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        // What such a policy forbids must not be in the page: styles of its own, and addresses elsewhere.
        let page = answer.text.replace("http://www.w3.org/2000/svg", "");
        for forbidden in ["<style", "style=", "onclick=", "//cdn", "http://", "https://"] {
            assert!(!page.contains(forbidden), "{path} holds `{forbidden}`");
        }
    }
    let answer = app.get("/api/v1/wallet").await;
    let policy = told(&answer, "content-security-policy");
    assert_eq!(policy, Some("default-src 'none'; frame-ancestors 'none'"));
    let list: Value = app.get("/demo/sms.json").await.ok();
    assert!(list.is_array());
    app.finish().await;
}

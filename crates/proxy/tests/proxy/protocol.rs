//! HTTP itself: what every endpoint does with requests that are no requests, and what it tells browsers.

use serde_json::{Value, json};

use crate::test_app::{IVAN, TestApp, dinner};

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn it_says_that_it_is_alive_and_ready() {
    let app = TestApp::spawn().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn malformed_json_is_refused_at_its_place() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    for (change, field) in [
        (json!({"cart": {"currency": 7}}), "cart.currency"),
        (json!({"cart": {"expedition": "drone"}}), "cart.expedition"),
        (json!({"cart": {"lines": [{"quantity_milli": "two"}]}}), "cart.lines[0].quantity_milli"),
        (json!({"cart": {"lines": [{"quantity_milli": 1.5}]}}), "cart.lines[0].quantity_milli"),
        (json!({"promo_codes": "A"}), "promo_codes"),
        (json!({"surprise": 1}), "surprise"),
    ] {
        let error = guest.post("/api/v1/preview", &change).await.refused(400, "invalid_request");
        assert_eq!(error["field"], field, "{change}");
    }
    for text in ["", "{", "[]", "null", "{\"cart\": }", "\u{feff}{}", "{} {}", "\u{0}"] {
        let bearer = format!("Bearer {}", guest.token);
        let headers = [JSON, ("authorization", bearer.as_str())];
        app.send("POST", "/api/v1/preview", &headers, text).await.refused(400, "invalid_request");
    }
    app.send("POST", "/api/v1/login/start", &[JSON], vec![0xff, 0xfe]).await.refused(400, "invalid_request");
    app.finish().await;
}

#[tokio::test]
async fn an_error_never_repeats_what_was_sent() {
    let app = TestApp::spawn().await;
    let secret = "+79990001122-secret";
    for body in [
        json!({"restaurant": 5, "phone": secret}),
        json!({"restaurant": secret, "phone": secret}),
        json!({"restaurant": "pirogi", "phone": [secret]}),
        json!({"restaurant": "pirogi", "phone": secret}),
    ] {
        let answer = app.post("/api/v1/login/start", &body).await;
        assert!((400..500).contains(&answer.status));
        assert!(!answer.text.contains("secret"), "{}", answer.text);
    }
    app.finish().await;
}

#[tokio::test]
async fn only_json_of_a_bounded_size_is_read() {
    let app = TestApp::spawn().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""] {
        let answer = app.send("POST", "/api/v1/login/start", &[("content-type", kind)], "{}").await;
        answer.refused(415, "invalid_request");
    }
    app.send("POST", "/api/v1/login/start", &[], "{}").await.refused(415, "invalid_request");
    let charset = ("content-type", "application/json; charset=utf-8");
    let body = json!({"restaurant": "pirogi", "phone": IVAN}).to_string();
    app.send("POST", "/api/v1/login/start", &[charset], body).await.ok();
    let huge = format!("\"{}\"", "x".repeat(1024 * 1024));
    app.send("POST", "/api/v1/login/start", &[JSON], huge).await.refused(413, "invalid_request");
    app.finish().await;
}

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_in_the_documented_shape() {
    let app = TestApp::spawn().await;
    for path in ["/api/v1/nothing", "/api/v2/preview", "/api"] {
        app.get(path).await.refused(404, "invalid_request");
    }
    for (method, path) in
        [("GET", "/api/v1/preview"), ("DELETE", "/api/v1/wallet"), ("PUT", "/api/v1/login/start")]
    {
        app.send(method, path, &[], "").await.refused(405, "invalid_request");
    }
    app.finish().await;
}

#[tokio::test]
async fn answers_of_the_api_are_never_stored_and_never_sniffed() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    for answer in [guest.get("/api/v1/wallet").await, app.get("/api/v1/wallet").await] {
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["content-type"], "application/json");
        assert!(answer.headers.contains_key("x-request-id"), "{:?}", answer.headers);
    }
    app.finish().await;
}

#[tokio::test]
async fn a_page_from_elsewhere_may_not_call_the_api() {
    let app = TestApp::spawn().await;
    let headers = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type,authorization"),
    ];
    let answer = app.send("OPTIONS", "/api/v1/preview", &headers, "").await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{:?}", answer.headers);
    app.finish().await;
}

#[tokio::test]
async fn the_contract_is_described_whole() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/openapi.json").await.ok();
    insta::assert_json_snapshot!(document);
    app.finish().await;
}

#[tokio::test]
async fn the_answers_fit_the_described_contract() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/openapi.json").await.ok();
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let schema = &document["components"]["schemas"]["PreviewResponse"];
    let mut described: Vec<&String> = schema["properties"].as_object().expect("properties").keys().collect();
    let mut sent: Vec<&String> = preview.as_object().expect("an object").keys().collect();
    described.sort();
    sent.sort();
    assert_eq!(described, sent);
    app.finish().await;
}

#[tokio::test]
async fn the_demo_serves_its_pages_and_the_widget() {
    let app = TestApp::spawn().await;
    for (path, kind) in [
        ("/", "text/html"),
        ("/demo/checkout.css", "text/css"),
        ("/demo/checkout.js", "text/javascript"),
        ("/demo/sms", "text/html"),
        ("/demo/sms.js", "text/javascript"),
        ("/demo/sms.css", "text/css"),
        ("/demo/sms.json", "application/json"),
        ("/embed", "text/html"),
        ("/widget/index.html", "text/html"),
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        let sent = answer.headers["content-type"].to_str().expect("text");
        assert!(sent.starts_with(kind), "{path}: {sent}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
    }
    assert!(app.get("/embed").await.text.contains("<title>widget</title>"));
    for path in
        ["/widget/absent.js", "/widget/../data/proxy.sqlite", "/widget/%2e%2e/data/proxy.sqlite", "/widget/"]
    {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let app = TestApp::spawn().await;
    let first = app.get("/widget/index.html").await;
    let tag = first.headers["etag"].to_str().expect("text");
    let again = app.send("GET", "/widget/index.html", &[("if-none-match", tag)], "").await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    app.finish().await;
}

#[tokio::test]
async fn a_compressed_file_is_sent_where_the_browser_takes_it() {
    let mut app = TestApp::spawn().await;
    app.write_widget_file("app_bg.wasm", "plain");
    app.write_widget_file("app_bg.wasm.br", "brotli");
    app.reload(|_| {});
    for (accepts, body, encoding) in
        [("gzip, deflate, br", "brotli", Some("br")), ("gzip", "plain", None), ("br;q=0", "plain", None)]
    {
        let answer = app.send("GET", "/widget/app_bg.wasm", &[("accept-encoding", accepts)], "").await;
        assert_eq!((answer.status, answer.text.as_str()), (200, body), "{accepts}");
        assert_eq!(answer.headers["content-type"], "application/wasm");
        let sent = answer.headers.get("content-encoding").map(|value| value.to_str().expect("text"));
        assert_eq!(sent, encoding, "{accepts}");
    }
    app.finish().await;
}

#[tokio::test]
async fn logins_of_a_null_body_or_a_null_field_are_refused() {
    let app = TestApp::spawn().await;
    for body in [Value::Null, json!({"restaurant": null, "phone": null}), json!({"restaurant": "pirogi"})] {
        app.post("/api/v1/login/start", &body).await.refused(400, "invalid_request");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_name_in_a_path_that_is_no_text_is_refused_like_anything_else() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    app.get("/api/v1/restaurant/%ff").await.refused(400, "invalid_request");
    guest.get("/api/v1/order/%ff").await.refused(400, "invalid_request");
    app.merchant().get("/orders/%ff").await.refused(400, "invalid_request");
    app.finish().await;
}

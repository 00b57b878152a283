//! Login codes that Plazius sends and checks.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stand::{Answer, IVAN, Stand};

const KEY: &str = "demo-plazius-site";

async fn call(stand: &Stand, headers: &[(&str, &str)], operation: &str, body: Value) -> Answer {
    let mut request = Request::post(format!("/plazius/guest/v1/auth/{operation}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.header(header::CONTENT_TYPE, "application/json");
    stand.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

async fn send(stand: &Stand, phone: &str) -> Answer {
    call(stand, &[("ApiKey", KEY)], "sendsms", json!({ "phone": phone })).await
}

async fn check(stand: &Stand, phone: &str, code: &str) -> Answer {
    call(stand, &[("ApiKey", KEY)], "checksms", json!({ "phone": phone, "code": code })).await
}

async fn inbox(stand: &Stand) -> Value {
    let request = Request::get("/sandbox/sms").header(header::HOST, "localhost").body(Body::empty());
    stand.send(request.expect("a request")).await.ok()
}

async fn newest_code(stand: &Stand) -> String {
    inbox(stand).await[0]["code"].as_str().expect("a code").to_owned()
}

fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

#[tokio::test]
async fn a_code_is_sent_and_exchanged_once_for_tokens() {
    let stand = Stand::start().await;
    assert_eq!(send(&stand, IVAN).await.ok(), json!({ "repeatAfterSeconds": 60 }));
    let sms = &inbox(&stand).await[0];
    assert_eq!((&sms["phone"], &sms["sent_at"]), (&json!(IVAN), &json!("2026-03-01T09:00:00Z")));
    let code = newest_code(&stand).await;
    assert!(code.len() == 6 && sms["text"].as_str().expect("a text").contains(&code), "{sms}");
    let tokens = check(&stand, IVAN, &code).await.ok();
    assert!(tokens["token"].as_str() != tokens["refreshToken"].as_str() && tokens["aliveSecondsTtl"] == 900);
    check(&stand, IVAN, &code).await.refused("9004");
}

#[tokio::test]
async fn known_and_unknown_phones_are_answered_alike() {
    let stand = Stand::start().await;
    let unknown = "+79991234567";
    assert_eq!(send(&stand, unknown).await.ok(), send(&stand, IVAN).await.ok());
    let never_asked = check(&stand, "+79991112233", "000000").await.refused("9004");
    let code = newest_code(&stand).await;
    assert_eq!(check(&stand, IVAN, &wrong(&code)).await.refused("9004"), never_asked);
    assert_eq!(inbox(&stand).await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_code_is_good_for_five_tries_and_five_minutes() {
    let stand = Stand::start().await;
    send(&stand, IVAN).await.ok();
    let code = newest_code(&stand).await;
    for _ in 0..5 {
        check(&stand, IVAN, &wrong(&code)).await.refused("9004");
    }
    check(&stand, IVAN, &code).await.refused("9004");
    stand.pass(SignedDuration::from_secs(60));
    send(&stand, IVAN).await.ok();
    stand.pass(SignedDuration::from_secs(300));
    let code = newest_code(&stand).await;
    check(&stand, IVAN, &code).await.refused("9004");
}

#[tokio::test]
async fn another_code_is_sent_after_a_minute_and_replaces_the_first() {
    let stand = Stand::start().await;
    send(&stand, IVAN).await.ok();
    let first = newest_code(&stand).await;
    stand.pass(SignedDuration::from_secs(59));
    send(&stand, IVAN).await.refused("9004");
    stand.pass(SignedDuration::from_secs(1));
    send(&stand, IVAN).await.ok();
    let second = newest_code(&stand).await;
    if first != second {
        check(&stand, IVAN, &first).await.refused("9004");
    }
    check(&stand, IVAN, &second).await.ok();
}

#[tokio::test]
async fn only_the_sites_key_opens_it_and_only_on_the_sites_pages() {
    let stand = Stand::start().await;
    let body = json!({ "phone": IVAN });
    for headers in [
        &[][..],
        &[("ApiKey", "demo-plazius")],
        &[("ApiKey", "")],
        &[("ApiKey", KEY), ("Origin", "https://evil.example")],
        &[("ApiKey", KEY), ("Origin", "null")],
        &[("Authorization", stand.token())],
    ] {
        for operation in ["sendsms", "checksms"] {
            call(&stand, headers, operation, body.clone()).await.status_is(StatusCode::UNAUTHORIZED);
        }
    }
    assert_eq!(inbox(&stand).await, json!([]));
    let headers = [("ApiKey", KEY), ("Origin", "https://pirogi.example")];
    call(&stand, &headers, "sendsms", body).await.ok();
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_sends_nothing() {
    let stand = Stand::start().await;
    for body in [
        json!({}),
        json!({ "phone": null }),
        json!({ "phone": "79990001122" }),
        json!({ "phone": IVAN, "code": "1" }),
        json!([IVAN]),
    ] {
        call(&stand, &[("ApiKey", KEY)], "sendsms", body).await.refused("9004");
    }
    for body in [json!({ "phone": IVAN }), json!({ "phone": IVAN, "code": 123_456 })] {
        call(&stand, &[("ApiKey", KEY)], "checksms", body).await.refused("9004");
    }
    assert_eq!(inbox(&stand).await, json!([]));
}

#[tokio::test]
async fn a_code_that_was_sent_survives_a_restart() {
    let mut stand = Stand::start().await;
    send(&stand, IVAN).await.ok();
    stand.restart();
    let code = newest_code(&stand).await;
    check(&stand, IVAN, &code).await.ok();
}

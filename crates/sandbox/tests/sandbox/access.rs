//! Who gets in.

use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::stand::{IVAN, Stand, guest_request};

#[tokio::test]
async fn a_token_is_good_for_fifteen_minutes_with_and_without_bearer() {
    let stand = Stand::start().await;
    let answer = stand.gen_token(Some("demo-plazius"), "demo").await.ok();
    assert_eq!(answer["aliveSecondsTtl"], 900);
    assert!(!answer["refreshToken"].as_str().expect("a text").is_empty());
    let token = answer["token"].as_str().expect("a text");

    let body = guest_request(IVAN).to_string();
    for value in [token.to_owned(), format!("Bearer {token}"), format!("bearer {token}")] {
        stand.call_as(Some(&value), "guests/get", body.clone()).await.status_is(StatusCode::OK);
    }
    stand.pass(SignedDuration::from_secs(899));
    stand.call_as(Some(token), "guests/get", body.clone()).await.status_is(StatusCode::OK);
    stand.pass(SignedDuration::from_secs(1));
    stand.call_as(Some(token), "guests/get", body).await.status_is(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn nobody_gets_a_token_without_the_key_and_its_password() {
    let stand = Stand::start().await;
    for (key, password) in [
        (None, "demo"),
        (Some("demo"), "demo"),
        (Some("demo-plazius"), "Demo"),
        (Some("demo-plazius"), ""),
        (Some("' OR 1=1 --"), "' OR 1=1 --"),
    ] {
        stand.gen_token(key, password).await.status_is(StatusCode::UNAUTHORIZED);
    }
}

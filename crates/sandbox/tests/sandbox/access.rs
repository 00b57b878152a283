//! Who gets in.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;

use crate::stand::{IVAN, Stand, guest_request, request};

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

#[tokio::test]
async fn every_operation_needs_a_token() {
    let stand = Stand::start().await;
    for operation in [
        "guests/get",
        "guests/save",
        "guests/getWallet",
        "guests/generateCode",
        "guests/update",
        "guests/addBonus",
        "guests/writeoffBonus",
        "guests/addLoyaltyCard",
        "guests/generateLoyaltyCard",
        "guests/getOrdersHistory",
        "guests/getBonusHistory",
        "orders/calculate",
        "orders/confirm",
        "orders/reset",
        "orders/abort",
        "orders/close",
        "orders/get",
    ] {
        for authorization in [None, Some(""), Some("Bearer "), Some("Bearer 00ff"), Some("demo-plazius")] {
            let answer = stand.call_as(authorization, operation, "{}".to_owned()).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{operation} with {authorization:?}");
        }
    }
}

#[tokio::test]
async fn only_posts_of_json_to_known_paths_are_taken() {
    let stand = Stand::start().await;
    let get = Request::get("/plazius/b2b/v1/loyalty/guests/get").body(Body::empty()).expect("a request");
    stand.send(get).await.status_is(StatusCode::METHOD_NOT_ALLOWED);

    let unknown = request(Some(stand.token()), "guests/teleport", "{}".to_owned());
    stand.send(unknown).await.status_is(StatusCode::NOT_FOUND);

    let mut form = request(Some(stand.token()), "guests/get", guest_request(IVAN).to_string());
    form.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    assert!(stand.send(form).await.refused("9004").contains("application/json"));
}

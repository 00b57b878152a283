//! Who gets a token, in what shape, and how long it is good.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Basket, DENIS, Site, ask_for_token, refused, request, salads};
use crate::books::Books;
use crate::stand::Stand;

const RIGHT: &str = "client_id=demo-delivery&client_secret=demo&grant_type=client_credentials&scopes=orders";

#[tokio::test]
async fn it_looks_like_a_jwt_and_is_good_for_an_hour() {
    let stand = Stand::start().await;
    let answer = ask_for_token(&stand, RIGHT).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let token = answer.ok();
    assert_eq!((&token["expires_in"], &token["token_type"]), (&json!(3600), &json!("Bearer")));
    let text = token["access_token"].as_str().expect("a text");
    let parts: Vec<Vec<u8>> =
        text.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("Base64")).collect();
    assert_eq!(parts.len(), 3);
    let claims: Value = serde_json::from_slice(&parts[1]).expect("JSON");
    assert_eq!((&claims["client_id"], &claims["scope"]), (&json!("demo-delivery"), &json!(["orders"])));

    let body = Basket::of(DENIS, vec![salads(1)]).precalculation().to_string();
    let ask = async |authorization: Option<String>| {
        let request = request(authorization.as_deref(), Method::POST, "orders/delivery", body.clone());
        stand.send(request).await
    };
    for value in [format!("Bearer {text}"), format!("bearer {text}")] {
        ask(Some(value)).await.status_is(StatusCode::OK);
    }
    for value in [None, Some(text.to_owned()), Some(format!("Basic {text}")), Some("Bearer ".to_owned())] {
        let answer = ask(value).await;
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        refused(&answer, 401);
    }
    refused(&ask(Some(format!("Bearer {}", stand.token()))).await, 401);
    stand.pass(SignedDuration::from_secs(3599));
    ask(Some(format!("Bearer {text}"))).await.status_is(StatusCode::OK);
    stand.pass(SignedDuration::from_secs(1));
    refused(&ask(Some(format!("Bearer {text}"))).await, 401);
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_words_of_oauth() {
    let stand = Stand::start().await;
    let books = Books::of(&stand);
    let before = books.snapshot();
    for (from, to, word) in [
        ("client_secret=demo", "client_secret=Demo", "invalid_client"),
        ("client_id=demo-delivery", "client_id=demo-plazius", "invalid_client"),
        ("client_id=demo-delivery", "client_id='%20OR%201%3D1%20--", "invalid_client"),
        ("client_id=demo-delivery&", "", "invalid_request"),
        ("client_secret=demo", "client_secret=", "invalid_request"),
        ("grant_type=client_credentials&", "", "invalid_request"),
        ("client_id=demo-delivery", "client_id=demo-delivery&client_id=demo-delivery", "invalid_request"),
        ("client_credentials", "password", "unsupported_grant_type"),
        ("&scopes=orders", "", "invalid_scope"),
        ("scopes=orders", "scopes=orders+menu", "invalid_scope"),
    ] {
        let form = RIGHT.replace(from, to);
        assert_ne!(form, RIGHT);
        let answer = ask_for_token(&stand, &form).await;
        answer.status_is(StatusCode::BAD_REQUEST);
        assert_eq!(answer.json(), json!({ "error": word }), "{form}");
    }
    for kind in ["application/json", "text/plain"] {
        let request = Request::post("/delivery/connect/token").header(header::CONTENT_TYPE, kind);
        let answer = stand.send(request.body(Body::from(RIGHT)).expect("a request")).await;
        answer.status_is(StatusCode::BAD_REQUEST);
        assert_eq!(answer.json(), json!({ "error": "invalid_request" }));
    }
    assert_eq!(books.snapshot(), before);
    // What a form may hold besides is passed over, and its order and escapes do not matter.
    let form =
        "scopes=orders&extra=1&grant_type=client_credentials&client_secret=demo&client_id=demo%2Ddelivery";
    ask_for_token(&stand, form).await.ok();
}

#[tokio::test]
async fn it_opens_nothing_of_another_system() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let body = crate::stand::guest_request(crate::stand::IVAN).to_string();
    stand.call_as(Some(&site.token), "guests/get", body).await.status_is(StatusCode::UNAUTHORIZED);
}

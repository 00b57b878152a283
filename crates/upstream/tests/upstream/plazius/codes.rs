//! Login codes that Plazius sends and checks.

use std::time::Duration;

use clock::Clock;
use contract::Phone;
use jiff::Timestamp;
use serde_json::{Value, json};
use upstream::program::SentCode;
use upstream::{LoyaltyProgram, Plazius, SiteAccess, UpstreamError, WrongOptions};

use crate::calls::site;
use crate::stub::{Stub, plazius};

fn at(stub: &Stub) -> Plazius {
    stub.plazius().with_site_access(&site()).expect("valid options")
}

fn phone() -> Phone {
    Phone::parse("+79990001122").expect("E.164")
}

/// A server that refuses with this code.
async fn refusing(code: &'static str) -> Stub {
    Stub::start(move |_| {
        (400, json!({"error": {"code": code, "message": "words"}}).to_string(), Duration::ZERO)
    })
    .await
}

#[tokio::test]
async fn a_code_is_asked_for_with_the_sites_key_and_no_token() {
    let stub = Stub::answering(json!({"repeatAfterSeconds": 90, "more": [1]})).await;
    let sent = at(&stub).send_code(&phone()).await;
    assert_eq!(sent, Ok(SentCode { resend_after_s: Some(90) }));
    let request = stub.only_operation();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/pub/guest/v1/auth/sendsms"));
    assert_eq!(request.api_key.as_deref(), Some("site-key"));
    assert_eq!(request.origin.as_deref(), Some("https://pirogi.example"));
    assert_eq!(request.authorization, None);
    assert_eq!(request.json(), json!({"phone": "+79990001122"}));
    assert_eq!(stub.all().len(), 1, "no token is fetched for it");
}

#[tokio::test]
async fn a_right_code_brings_tokens_and_a_refusal_is_a_wrong_one() {
    let tokens = json!({"token": "t", "refreshToken": "r", "aliveSecondsTtl": 900});
    let stub = Stub::answering(tokens).await;
    assert_eq!(at(&stub).check_code(&phone(), "012345").await, Ok(true));
    let request = stub.only_operation();
    assert_eq!(request.path, "/pub/guest/v1/auth/checksms");
    assert_eq!(request.json(), json!({"phone": "+79990001122", "code": "012345"}));
    for code in ["9004", "3007", "4711"] {
        assert_eq!(at(&refusing(code).await).check_code(&phone(), "012345").await, Ok(false), "{code}");
    }
}

#[tokio::test]
async fn nobody_is_let_in_by_a_success_without_a_token() {
    for answer in
        [json!({}), json!({"token": ""}), json!({"token": null}), json!({"success": true}), Value::Null]
    {
        let outcome = at(&Stub::answering(answer.clone()).await).check_code(&phone(), "012345").await;
        assert!(matches!(outcome, Err(UpstreamError::Malformed { .. })), "{answer}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_phone_plazius_does_not_know_is_answered_as_one_it_knows() {
    let unknown = at(&refusing("3007").await).send_code(&phone()).await;
    assert_eq!(unknown, Ok(SentCode::default()));
    assert!(matches!(
        at(&refusing("9004").await).send_code(&phone()).await,
        Err(UpstreamError::Refused { .. })
    ));
}

#[tokio::test]
async fn a_time_that_is_none_is_not_believed() {
    for seconds in [json!(-1), json!(4_294_967_296_u64), json!("60"), json!(1.5)] {
        let stub = Stub::answering(json!({"repeatAfterSeconds": seconds})).await;
        let outcome = at(&stub).send_code(&phone()).await;
        assert!(matches!(outcome, Err(UpstreamError::Malformed { .. })), "{seconds}: {outcome:?}");
    }
    assert_eq!(at(&Stub::answering(json!({})).await).send_code(&phone()).await, Ok(SentCode::default()));
}

#[tokio::test]
async fn a_refused_key_is_an_unavailable_system() {
    let stub = Stub::start(|_| (401, String::new(), Duration::ZERO)).await;
    let outcome = at(&stub).check_code(&phone(), "012345").await;
    assert!(matches!(outcome, Err(UpstreamError::Unavailable { in_doubt: false, .. })), "{outcome:?}");
}

#[tokio::test]
async fn without_a_sites_key_nothing_is_sent() {
    let stub = Stub::answering(json!({})).await;
    let outcome = stub.plazius().send_code(&phone()).await;
    assert!(matches!(outcome, Err(UpstreamError::Unsupported { .. })), "{outcome:?}");
    assert!(stub.all().is_empty());
}

#[test]
fn a_key_or_an_origin_that_no_header_carries_is_refused() {
    let wrong = |api_key: &str, origin: &str| {
        let program = plazius("http://127.0.0.1:1", Clock::manual(Timestamp::UNIX_EPOCH), false);
        let access = SiteAccess { api_key: api_key.to_owned(), origin: Some(origin.to_owned()) };
        program.with_site_access(&access).err()
    };
    assert_eq!(wrong("key", "https://pirogi.example"), None);
    assert_eq!(wrong("a\nb", "https://pirogi.example"), Some(WrongOptions::ApiKey));
    assert_eq!(wrong("key", "https://a\nb"), Some(WrongOptions::Origin));
}

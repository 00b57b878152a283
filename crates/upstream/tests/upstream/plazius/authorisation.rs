//! The token: fetched once, renewed once, carried by every request.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use upstream::{LoyaltyProgram, UpstreamError};

use crate::order::{guest, order_ref};
use crate::stub::{Received, Stub, plazius};

fn wallet(_: &Received) -> (u16, String, Duration) {
    // The delay keeps the renewal under way until every request has asked for the token.
    (200, json!({"balance": 100}).to_string(), Duration::from_millis(30))
}

fn exchanges(stub: &Stub) -> Vec<Received> {
    stub.all().into_iter().filter(|request| request.path == "/pub/b2b/v1/auth/gentoken").collect()
}

/// Sends 50 requests at once, all of which must succeed.
async fn ask_fifty_times(program: &Arc<upstream::Plazius>) {
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let program = Arc::clone(program);
            tokio::spawn(async move { program.wallet(&guest()).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("a wallet");
    }
}

#[tokio::test]
async fn key_and_password_are_exchanged_for_a_token_once_for_many_requests() {
    let stub = Stub::start(wallet).await;
    ask_fifty_times(&Arc::new(stub.plazius())).await;
    let exchanges = exchanges(&stub);
    assert_eq!(exchanges.len(), 1);
    assert_eq!(exchanges[0].api_key.as_deref(), Some("key"));
    assert_eq!(exchanges[0].json(), json!({"password": "secret"}));
    assert_eq!(stub.operations().len(), 50);
}

#[tokio::test]
async fn the_token_is_renewed_before_its_15_minutes_are_over_and_once() {
    let stub = Stub::start(wallet).await;
    let clock = Clock::manual(Timestamp::UNIX_EPOCH);
    let program = Arc::new(plazius(&format!("http://{}/pub", stub.address), clock.clone(), true));
    ask_fifty_times(&program).await;
    clock.advance(SignedDuration::from_mins(13));
    ask_fifty_times(&program).await;
    assert_eq!(exchanges(&stub).len(), 1);
    clock.advance(SignedDuration::from_secs(90));
    ask_fifty_times(&program).await;
    assert_eq!(exchanges(&stub).len(), 2);
    assert_eq!(
        stub.operations().last().and_then(|sent| sent.authorization.clone()),
        Some("Bearer token-2".into())
    );
}

#[tokio::test]
async fn the_token_goes_without_bearer_where_so_configured() {
    let stub = Stub::start(wallet).await;
    let program =
        plazius(&format!("http://{}/pub/", stub.address), Clock::manual(Timestamp::UNIX_EPOCH), false);
    program.wallet(&guest()).await.expect("a wallet");
    assert_eq!(stub.only_operation().authorization.as_deref(), Some("token-1"));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_request_repeated() {
    let stub = Stub::start(|request| match request.authorization.as_deref() {
        Some("Bearer token-1") => (401, String::new(), Duration::ZERO),
        _ => wallet(request),
    })
    .await;
    ask_fifty_times(&Arc::new(stub.plazius())).await;
    assert_eq!(exchanges(&stub).len(), 2);
}

#[tokio::test]
async fn many_requests_share_one_refusal_of_the_password() {
    let stub = Stub::start(|_| (401, "refuse".to_owned(), Duration::from_millis(100))).await;
    let program = Arc::new(stub.plazius());
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let program = Arc::clone(&program);
            tokio::spawn(async move { program.reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await })
        })
        .collect();
    for task in tasks {
        let error = task.await.expect("no panic").expect_err("no token");
        assert!(matches!(error, UpstreamError::Unavailable { in_doubt: false, .. }), "{error:?}");
    }
    assert_eq!(exchanges(&stub).len(), 1);
    program.reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("still no token");
    assert_eq!(exchanges(&stub).len(), 2, "a later request tries anew");
}

#[tokio::test]
async fn a_refused_password_is_an_unavailable_system_and_no_request_is_sent() {
    let stub = Stub::start(|_| (401, "refuse".to_owned(), Duration::ZERO)).await;
    let error = stub.plazius().reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await;
    let error = error.expect_err("no token");
    assert!(matches!(error, UpstreamError::Unavailable { in_doubt: false, .. }), "{error:?}");
    assert!(stub.operations().is_empty());
}

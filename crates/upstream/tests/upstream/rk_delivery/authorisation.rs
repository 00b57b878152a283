//! The token: asked for by a form, renewed once, carried by every request.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use upstream::{LoyaltyProgram, UpstreamError};

use super::{documented, documented_stub, guest, salads};
use crate::order::question;
use crate::stub::{Received, Stub};

fn exchanges(stub: &Stub) -> Vec<Received> {
    stub.all().into_iter().filter(|request| request.path == "/delivery/connect/token").collect()
}

async fn ask_twenty_times(program: &Arc<upstream::RkDelivery>) {
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let program = Arc::clone(program);
            tokio::spawn(async move { program.calculate(question(&guest(), &salads(1))).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("a calculation");
    }
}

#[tokio::test]
async fn name_and_secret_are_exchanged_by_a_form_once_for_many_requests() {
    let stub = documented_stub().await;
    ask_twenty_times(&Arc::new(stub.rk_delivery())).await;
    let exchanges = exchanges(&stub);
    assert_eq!(exchanges.len(), 1);
    assert_eq!((exchanges[0].method.as_str(), &exchanges[0].authorization), ("POST", &None));
    assert_eq!(exchanges[0].content_type.as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        exchanges[0].text,
        "client_id=demo-delivery&client_secret=de%26mo&grant_type=client_credentials&scopes=orders"
    );
    assert!(stub.operations().iter().all(|sent| sent.authorization.as_deref() == Some("Bearer token-1")));
}

#[tokio::test]
async fn the_token_is_renewed_before_its_lifetime_is_over_and_once() {
    let stub = documented_stub().await;
    let clock = Clock::manual(Timestamp::UNIX_EPOCH);
    let base_url = format!("http://{}/delivery", stub.address);
    let program = Arc::new(crate::stub::rk_delivery(&base_url, clock.clone()));
    ask_twenty_times(&program).await;
    clock.advance(SignedDuration::from_mins(58));
    ask_twenty_times(&program).await;
    assert_eq!(exchanges(&stub).len(), 1);
    clock.advance(SignedDuration::from_secs(90));
    ask_twenty_times(&program).await;
    assert_eq!(exchanges(&stub).len(), 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_request_repeated() {
    let stub = Stub::start(|request| match request.authorization.as_deref() {
        Some("Bearer token-1") => (401, String::new(), Duration::ZERO),
        _ => {
            let (status, body) = documented(request);
            (status, body, Duration::ZERO)
        }
    })
    .await;
    ask_twenty_times(&Arc::new(stub.rk_delivery())).await;
    assert_eq!(exchanges(&stub).len(), 2);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_nothing_is_in_doubt() {
    for status in [400, 401, 403] {
        let stub = Stub::start(move |_| (status, "refuse".to_owned(), Duration::ZERO)).await;
        let program = stub.rk_delivery();
        for error in [
            program.reach().await.expect_err("no token"),
            program.calculate(question(&guest(), &salads(1))).await.expect_err("no token"),
        ] {
            assert!(!error.in_doubt(), "{error:?}");
            assert!(!matches!(error, UpstreamError::Refused { .. }), "{error:?}");
        }
        assert!(stub.operations().is_empty());
    }
}

#[tokio::test]
async fn to_reach_it_takes_no_more_than_a_token() {
    let stub = documented_stub().await;
    stub.rk_delivery().reach().await.expect("reached");
    assert_eq!((exchanges(&stub).len(), stub.operations().len()), (1, 0));
}

//! Tills at once, and tills that hear nothing or nonsense.

use std::sync::Arc;

use axum::http::StatusCode;
use sandbox::{Fault, Kind};
use serde_json::{Value, json};

use crate::stand::{Answer, Stand};
use crate::till::{KEY, OLGA, POINT, SADOVAYA, till_request};

/// Sends 64 requests at once and counts those that were accepted; the others were refused for the sum.
async fn accepted(stand: &Arc<Stand>, request: impl Fn(usize) -> (&'static str, Value)) -> usize {
    let mut running = tokio::task::JoinSet::new();
    for number in 0..64 {
        let (stand, (operation, body)) = (Arc::clone(stand), request(number));
        running.spawn(async move { stand.till(operation, body).await });
    }
    let answers: Vec<Answer> = running.join_all().await;
    for answer in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        answer.status_is(StatusCode::UNPROCESSABLE_ENTITY);
        let message = answer.json()["spend"].as_str().expect("refused for the sum").to_owned();
        assert!(message.starts_with("Spend can't be more "), "{message}");
    }
    answers.iter().filter(|answer| answer.status == StatusCode::OK).count()
}

fn point_of(number: usize) -> &'static str {
    if number.is_multiple_of(2) { POINT } else { SADOVAYA }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn holds_at_once_never_hold_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let hold = |number| ("bonuses/hold", json!({ "client": OLGA, "point": point_of(number), "amount": 100 }));
    assert_eq!(accepted(&stand, hold).await, 8);
    assert_eq!(stand.olgas_balance().await, json!(78));
    assert_eq!(stand.done(), [Kind::Held; 8]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn sales_at_once_never_spend_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let sell = |number| {
        ("retail", json!({ "client": OLGA, "point": point_of(number), "amount": 100, "spend": 100 }))
    };
    assert_eq!(accepted(&stand, sell).await, 8);
    assert_eq!(stand.olgas_balance().await, json!(78));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn holds_and_sales_at_once_never_spend_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let either = |number| {
        let body = json!({ "client": OLGA, "point": point_of(number), "amount": 90 });
        match number % 4 {
            0 | 1 => ("bonuses/hold", body),
            _ => ("retail", json!({ "client": OLGA, "point": point_of(number), "amount": 90, "spend": 90 })),
        }
    };
    assert!(accepted(&stand, either).await >= 9);
    for point in [POINT, SADOVAYA] {
        stand.release(point).await;
    }
    let spent = stand.number("SELECT COALESCE(SUM(payment_minor), 0) FROM loyalty_order");
    assert!(spent <= 87_800, "{spent}");
    let left = stand.number("SELECT balance_minor FROM guest WHERE phone = '+79990005566'");
    assert_eq!(left + spent, 87_800);
}

#[tokio::test]
async fn faults_strike_this_system_too() {
    let stand = Stand::start().await;
    let retail = || {
        let body = json!({ "client": OLGA, "point": POINT, "amount": 100, "spend": 100 });
        till_request(Some(KEY), "retail", body.to_string())
    };
    let faults = stand.sandbox.faults();
    faults.inject("general/retail", Fault::Status(503), 1);
    stand.send(retail()).await.status_is(StatusCode::SERVICE_UNAVAILABLE);
    faults.inject("general/retail", Fault::DropBefore, 1);
    assert!(stand.try_send(retail()).await.is_none());
    assert_eq!(stand.olgas_balance().await, json!(878), "neither was done");

    faults.inject("general/retail", Fault::DropAfterCommit, 1);
    assert!(stand.try_send(retail()).await.is_none());
    assert_eq!(stand.olgas_balance().await, json!(778), "done, and nobody told");
    // A request has no id: sent again, it is another sale.
    stand.send_from_till(retail()).await.ok();
    assert_eq!(stand.olgas_balance().await, json!(678));

    faults.inject("general/retail", Fault::WrongTypes, 1);
    assert_eq!(stand.send(retail()).await.ok()["retail"]["spend"], json!("100"));
    assert_eq!(stand.olgas_balance().await, json!(578));
}

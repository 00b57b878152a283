//! Many at once.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use sandbox::Kind;

use super::{Basket, DENIS, Site, refused, salads, till};
use crate::stand::Stand;

/// An order of 800, of which 400 may be paid in bonuses: 1230.58 are enough for three of them, and 30.58 of a fourth.
fn dear() -> Basket {
    Basket::of(DENIS, vec![salads(4)]).with_bonuses()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn one_precalculation_is_good_for_one_order_with_bonuses() {
    let stand = Arc::new(Stand::start().await);
    let site = Site::of(&stand).await;
    let body = dear().creation(&site.block(&dear()).await);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (stand, token, body) = (Arc::clone(&stand), site.token.clone(), body.clone());
        running.spawn(async move {
            let site = Site { stand: &stand, token };
            site.call(Method::POST, "orders", &body).await
        });
    }
    let answers = running.join_all().await;
    let (made, others): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == StatusCode::CREATED);
    assert_eq!(made.len(), 1);
    for answer in others {
        refused(answer, 409);
    }
    assert_eq!(site.balance(DENIS).await, "830.58");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn orders_at_once_never_freeze_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let site = Site::of(&stand).await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (stand, token) = (Arc::clone(&stand), site.token.clone());
        running.spawn(async move {
            let site = Site { stand: &stand, token };
            // Whoever was overtaken asks again, as a guest does.
            loop {
                let answer = site.order(&dear()).await;
                if answer.status == StatusCode::CREATED {
                    return answer.json()["result"]["orderId"].as_str().expect("a text").to_owned();
                }
                refused(&answer, 409);
            }
        });
    }
    let numbers: HashSet<String> = running.join_all().await.into_iter().collect();
    assert_eq!(numbers.len(), 64, "each order has a number of its own");
    assert_eq!(site.balance(DENIS).await, "0");
    let frozen: i64 = stand
        .entries()
        .iter()
        .filter(|entry| entry.kind == Kind::Confirmed)
        .map(|entry| entry.payment.minor())
        .sum();
    assert_eq!(frozen, 123_058);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn close_and_reset_at_once_do_one_of_the_two() {
    for _ in 0..8 {
        let stand = Arc::new(Stand::start().await);
        let site = Site::of(&stand).await;
        let number = site.number(&Basket::of(DENIS, vec![salads(1)]).with_bonuses()).await;
        let (one, other) = (Arc::clone(&stand), Arc::clone(&stand));
        let (token, same) = (site.token.clone(), number.clone());
        let closing = tokio::spawn(async move { till(&one, "close", &number).await });
        let resetting = tokio::spawn(async move { Site { stand: &other, token }.reset(&same).await });
        let (closed, reset) = (closing.await.expect("no panic"), resetting.await.expect("no panic"));
        if closed.status == StatusCode::OK {
            refused(&reset, 409);
            assert_eq!(site.balance(DENIS).await, "1135.58");
        } else {
            refused(&closed, 409);
            assert_eq!(reset.status, StatusCode::OK);
            assert_eq!(site.balance(DENIS).await, "1230.58");
        }
    }
}

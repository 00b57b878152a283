//! Many at once, and a restart in between.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::StatusCode;
use contract::Money;
use sandbox::Kind;
use serde_json::json;

use crate::orders::{Cart, close, dish, get, plain, reset};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request};

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn confirmations_at_once_never_freeze_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    let fingerprint = cart.fingerprint(&stand).await;
    // 100 bonuses are enough for three orders of 30.
    let mut running = tokio::task::JoinSet::new();
    for n in 0..64 {
        let stand = Arc::clone(&stand);
        let body =
            cart.confirm_body(&format!("00000000-0000-4000-8000-0000000000{n:02}"), &fingerprint, 3_000);
        running.spawn(async move { stand.call("orders/confirm", body).await });
    }
    let answers = running.join_all().await;
    let accepted = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(accepted, 3);
    for answer in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        answer.refused("9004");
    }
    assert_eq!(stand.balance(IVAN).await, "10");
    assert_eq!(stand.done(), [Kind::Confirmed; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn one_confirmation_sent_many_times_at_once_freezes_once() {
    let stand = Arc::new(Stand::start().await);
    let cart = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-tea")]);
    let body = cart.confirm_body(ORDER, &cart.fingerprint(&stand).await, 10_000);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (stand, body) = (Arc::clone(&stand), body.clone());
        running.spawn(async move { stand.call("orders/confirm", body).await.ok() });
    }
    for answer in running.join_all().await {
        assert_eq!(answer, json!({ "id": ORDER }));
    }
    assert_eq!(stand.done(), [Kind::Confirmed]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn write_offs_at_once_never_take_more_than_the_balance() {
    let stand = Arc::new(Stand::start().await);
    let mut body = guest_request(IVAN);
    (body["amount"], body["comment"]) = (json!(30), json!(""));
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (stand, body) = (Arc::clone(&stand), body.clone());
        running.spawn(async move { stand.call("guests/writeoffBonus", body).await });
    }
    let answers = running.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == StatusCode::OK).count(), 3);
    for answer in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        answer.refused("9004");
    }
    assert_eq!(stand.balance(IVAN).await, "10");
    assert_eq!(stand.done(), [Kind::BonusWrittenOff; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_virtual_card_asked_for_many_times_at_once_is_one() {
    let stand = Arc::new(Stand::start().await);
    let mut running = tokio::task::JoinSet::new();
    for n in 0..64 {
        let stand = Arc::clone(&stand);
        let phone = if n % 2 == 0 { IVAN } else { MARIA };
        running.spawn(async move {
            let card = stand.call("guests/generateLoyaltyCard", guest_request(phone)).await.ok();
            card["card"]["number"].as_str().expect("a number").to_owned()
        });
    }
    let numbers: HashSet<String> = running.join_all().await.into_iter().collect();
    assert_eq!(numbers.len(), 2, "one card for each of the two guests: {numbers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn close_and_reset_at_once_do_one_of_the_two() {
    for _ in 0..8 {
        let stand = Arc::new(Stand::start().await);
        Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 10_000).await.ok();
        let (one, other) = (Arc::clone(&stand), Arc::clone(&stand));
        let closing = tokio::spawn(async move { close(&one, ORDER).await });
        let resetting = tokio::spawn(async move { reset(&other, ORDER).await });
        let closed = closing.await.expect("no panic");
        let reset = resetting.await.expect("no panic");
        if closed.status == StatusCode::OK {
            reset.refused("1001");
            assert_eq!(stand.balance(IVAN).await, "5");
        } else {
            closed.refused("9004");
            assert_eq!(reset.status, StatusCode::OK);
            assert_eq!(stand.balance(IVAN).await, "100");
        }
    }
}

#[tokio::test]
async fn a_restart_keeps_the_books_and_seeds_nothing_twice() {
    let mut stand = Stand::start().await;
    let seeded = granted(&stand);
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    let fingerprint = cart.fingerprint(&stand).await;
    cart.confirm(&stand, ORDER, 6_000).await.ok();
    stand.restart();
    // The token, the order and what is frozen are still there; a fingerprint outlives the restart.
    assert_eq!(stand.balance(IVAN).await, "40");
    assert_eq!(get(&stand, ORDER).await.ok()["order"]["paidWithBonuses"], json!(60));
    let other = "00000000-0000-4000-8000-000000000002";
    stand.call("orders/confirm", cart.confirm_body(other, &fingerprint, 4_000)).await.ok();
    close(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "7");
    assert!(seeded.contains(&Money::from_minor(10_000)) && seeded.contains(&Money::from_minor(123_058)));
    assert_eq!(granted(&stand), seeded);
}

/// What the seed has given its guests.
fn granted(stand: &Stand) -> Vec<Money> {
    let entries = stand.entries().into_iter().filter(|entry| entry.kind == Kind::Granted);
    entries.map(|entry| entry.accrual).collect()
}

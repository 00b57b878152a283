//! From an order's creation to its end at the till.

use axum::http::{Method, StatusCode};
use contract::Money;
use sandbox::{Fault, Kind};
use serde_json::json;

use super::{ANNA, Basket, DENIS, STRANGER, Site, burger, refused, salads, till};
use crate::stand::Stand;

#[tokio::test]
async fn what_is_frozen_is_written_off_and_what_is_earned_accrued_when_the_till_closes() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(DENIS, vec![salads(1)]).with_bonuses()).await;
    assert_eq!(number, "1");
    assert_eq!(site.balance(DENIS).await, "1130.58", "100 are frozen");
    assert_eq!(till(&stand, "close", &number).await.ok(), json!({ "changed": true }));
    assert_eq!(site.balance(DENIS).await, "1135.58", "5 % of the 100 paid in money");
    assert_eq!(till(&stand, "close", &number).await.ok(), json!({ "changed": false }));
    assert_eq!(site.balance(DENIS).await, "1135.58");
    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Closed]);
    let closed = stand.entries().pop().expect("an entry");
    assert_eq!(closed.order_id.as_deref(), Some("delivery-1"));
    assert_eq!((closed.payment, closed.accrual), (Money::from_minor(10_000), Money::from_minor(500)));
    assert_eq!(refused(&till(&stand, "cancel", &number).await, 409).1, "the order is closed");
}

#[tokio::test]
async fn without_bonuses_nothing_is_frozen_and_the_whole_accrues() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(ANNA, vec![burger()])).await;
    assert_eq!(site.balance(ANNA).await, "3.21");
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.balance(ANNA).await, "5.21");
}

#[tokio::test]
async fn what_is_frozen_comes_back_when_the_till_cancels() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(DENIS, vec![salads(1)]).with_bonuses()).await;
    assert_eq!(till(&stand, "cancel", &number).await.ok(), json!({ "changed": true }));
    assert_eq!(site.balance(DENIS).await, "1230.58");
    assert_eq!(till(&stand, "cancel", &number).await.ok(), json!({ "changed": false }));
    assert_eq!(refused(&till(&stand, "close", &number).await, 409).1, "the order is aborted");
    refused(&site.reset(&number).await, 409);
    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Aborted]);
}

#[tokio::test]
async fn the_till_knows_no_other_order() {
    let stand = Stand::start().await;
    for number in ["1", "", "delivery-1", "+1", "01", "9223372036854775808"] {
        assert_eq!(refused(&till(&stand, "close", number).await, 400).0, "order", "{number}");
    }
}

#[tokio::test]
async fn who_orders_with_loyalty_becomes_a_guest_and_who_orders_without_does_not() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(STRANGER, vec![salads(1)]);
    let mut without = basket.creation(&json!(null));
    without["discounts"] =
        json!({ "discount": 0, "total": 200, "discountList": [], "useRk7Discounts": false });
    site.call(Method::POST, "orders", &without).await.status_is(StatusCode::CREATED);
    till(&stand, "close", "1").await.ok();
    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Closed], "nobody has joined");
    assert_eq!(site.balance(STRANGER).await, "0");

    let number = site.number(&basket.with_bonuses()).await;
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.balance(STRANGER).await, "4", "2 % of 200");
    let done = stand.done();
    assert_eq!(done[2..], [Kind::GuestSaved, Kind::Confirmed, Kind::Closed]);
}

#[tokio::test]
async fn a_block_that_says_so_is_no_loyalty() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let mut block = site.block(&basket).await;
    block["useRkLoyalty"] = json!(false);
    let answer = site.call(Method::POST, "orders", &basket.creation(&block)).await;
    answer.status_is(StatusCode::CREATED);
    assert_eq!(site.balance(DENIS).await, "1230.58");
    till(&stand, "close", "1").await.ok();
    assert_eq!(site.balance(DENIS).await, "1230.58");
}

#[tokio::test]
async fn money_paid_leads_to_the_next_rank() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    // 20 salads less 10 %: 3600 of the 3000 that the second rank takes.
    let number = site.number(&Basket::of(ANNA, vec![salads(20)])).await;
    assert_eq!(site.block(&Basket::of(ANNA, vec![burger()])).await["bonuses"]["rankName"], "Бронзовый");
    till(&stand, "close", &number).await.ok();
    let bonuses = site.block(&Basket::of(ANNA, vec![burger()])).await["bonuses"].take();
    assert_eq!(bonuses["rankName"], "Серебряный");
    assert_eq!(bonuses["accrualWithoutPayment"], json!(3));
}

#[tokio::test]
async fn the_same_order_sent_twice_is_two_orders() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    let body = basket.creation(&site.block(&basket).await);
    for number in ["1", "2"] {
        let answer = site.call(Method::POST, "orders", &body).await;
        assert_eq!(answer.json(), json!({ "result": { "orderId": number } }));
    }
}

#[tokio::test]
async fn faults_strike_it_too() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let body = basket.creation(&site.block(&basket).await);
    stand.sandbox.faults().inject("v1/orders", Fault::Status(503), 1);
    let answer = site.call(Method::POST, "orders", &body).await;
    answer.status_is(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.balance(DENIS).await, "1230.58", "it was not done");
    stand.sandbox.faults().inject("v1/orders", Fault::DropAfterCommit, 1);
    assert!(stand.try_send(site.request(Method::POST, "orders", body.to_string())).await.is_none());
    assert_eq!(site.balance(DENIS).await, "1130.58", "it was done, and the answer lost");
    stand.sandbox.faults().inject("connect/token", Fault::Status(500), 1);
    let answer = super::ask_for_token(&stand, "").await;
    answer.status_is(StatusCode::INTERNAL_SERVER_ERROR);
}

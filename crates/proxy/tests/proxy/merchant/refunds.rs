//! Refunds, whole and in parts, at the loyalty system that has them.

use sandbox::{Fault, Kind};
use serde_json::{Value, json};

use super::confirmed;
use crate::test_app::{Guest, IVAN, TestApp};

/// A closed dinner of a dish for 480 and a drink that is a gift, with 100 of it paid in bonuses.
async fn closed(app: &TestApp, guest: &Guest<'_>) {
    confirmed(app, guest, "1", 10_000).await;
    app.merchant().step_anew("1", "close", &json!({})).await.ok();
}

fn items(code: &str, quantity_milli: i64) -> Value {
    json!({"items": [{"code": code, "quantity_milli": quantity_milli}]})
}

#[tokio::test]
async fn the_whole_order_is_taken_back_once() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    closed(&app, &guest).await;
    let refunded = merchant.step("1", "refund", "once", &json!({})).await.ok();
    assert_eq!((&refunded["state"], &refunded["spend_minor"]), (&json!("refunded"), &json!(0)));
    assert_eq!(merchant.step("1", "refund", "once", &json!({})).await.ok(), refunded);
    assert_eq!(merchant.step_anew("1", "refund", &json!({})).await.ok()["state"], "refunded");
    assert_eq!(guest.balance_minor().await, 10_000, "the bonuses are back, the accrual is cancelled");
    let order = merchant.order("1").await;
    assert_eq!(
        (order["refunds"].as_array().map(Vec::len), &order["refunds"][0]["items"]),
        (Some(1), &json!(null))
    );
    assert_eq!(app.accepted(Kind::Refunded), 1);
    app.finish().await;
}

#[tokio::test]
async fn an_order_is_taken_back_in_parts_until_nothing_is_left() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    closed(&app, &guest).await;
    let before = guest.balance_minor().await;
    let half = items("hot-pelmeni", 500);
    assert_eq!(merchant.step("1", "refund", "a", &half).await.ok()["state"], "closed");
    assert_eq!(
        guest.balance_minor().await,
        before + 5_000 - 950,
        "half of the bonuses, less half of the accrual"
    );
    assert_eq!(merchant.step("1", "refund", "a", &half).await.ok()["state"], "closed");
    assert_eq!(app.accepted(Kind::Refunded), 1, "the same key takes nothing more");
    merchant.step("1", "refund", "a", &items("hot-pelmeni", 400)).await.refused(422, "idempotency_mismatch");

    for (body, field) in [
        (items("hot-pelmeni", 501), "items[0].quantity_milli"),
        (items("hot-pelmeni", 0), "items[0].quantity_milli"),
        (items("cake", 1000), "items[0].code"),
        (json!({"items": []}), "items"),
    ] {
        let error = merchant.step_anew("1", "refund", &body).await.refused(400, "invalid_request");
        assert_eq!(error["field"], field);
    }
    merchant.step("1", "refund", "b", &half).await.ok();
    assert_eq!(merchant.order("1").await["refunds"].as_array().map(Vec::len), Some(2));
    assert_eq!(merchant.step("1", "refund", "c", &items("drink-mors", 1000)).await.ok()["state"], "refunded");
    assert_eq!(guest.balance_minor().await, 10_000, "as before the order");
    assert_eq!(app.accepted(Kind::Refunded), 3);
    app.finish().await;
}

#[tokio::test]
async fn what_is_left_after_a_part_is_taken_back_as_a_whole() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    closed(&app, &guest).await;
    merchant.step_anew("1", "refund", &items("hot-pelmeni", 300)).await.ok();
    assert_eq!(merchant.step_anew("1", "refund", &json!({})).await.ok()["state"], "refunded");
    assert_eq!(guest.balance_minor().await, 10_000);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_answer_to_a_part_takes_it_back_once() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    closed(&app, &guest).await;
    let half = items("hot-pelmeni", 500);
    app.running.sandbox().faults().inject("orders/refund", Fault::DropAfterCommit, 1);
    let lost = merchant.step("1", "refund", "once", &half).await;
    assert_eq!(lost.status, 503, "{}", lost.text);
    let app = app.restart().await;
    let merchant = app.merchant();
    assert_eq!(merchant.step("1", "refund", "once", &half).await.ok()["state"], "closed");
    let order = merchant.order("1").await;
    assert_eq!((order["refunds"].as_array().map(Vec::len), app.accepted(Kind::Refunded)), (Some(1), 1));
    // The next is another.
    merchant.step("1", "refund", "again", &half).await.ok();
    assert_eq!(app.accepted(Kind::Refunded), 2);
    app.finish().await;
}

#[tokio::test]
async fn only_what_is_closed_is_taken_back() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    confirmed(&app, &guest, "1", 10_000).await;
    for body in [json!({}), items("hot-pelmeni", 1000)] {
        merchant.step_anew("1", "refund", &body).await.refused(409, "order_state_conflict");
    }
    assert_eq!(app.accepted(Kind::Refunded), 0);
    app.finish().await;
}

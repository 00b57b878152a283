//! Closing and cancelling by the restaurant's server: once for each key, and only where the order stands so.

use futures_util::future::join_all;
use sandbox::{Fault, Kind};
use serde_json::json;

use super::confirmed;
use crate::systems::{CHASHKA, LAPSHA};
use crate::test_app::{IVAN, TestApp, dinner};

#[tokio::test]
async fn a_step_needs_a_key_and_a_body() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    merchant.register("1", &dinner()).await;
    for verb in ["close", "abort", "refund"] {
        let path = format!("/orders/1/{verb}");
        let error = merchant.post(&path, &[], &json!({})).await.refused(400, "invalid_request");
        assert_eq!(error["field"], "Idempotency-Key");
        merchant.step_anew("1", verb, &json!({"x": 1})).await.refused(400, "invalid_request");
        merchant.step_anew("2", verb, &json!({})).await.refused(404, "unknown_order");
    }
    assert_eq!(merchant.order("1").await["state"], "open");
    app.finish().await;
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_and_is_good_for_nothing_else() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    confirmed(&app, &guest, "1", 10_000).await;
    confirmed(&app, &guest, "2", 0).await;
    let first = merchant.step("1", "close", "once", &json!({})).await.ok();
    assert_eq!(first["state"], "closed");
    merchant.step("1", "refund", "later", &json!({})).await.ok();
    assert_eq!(merchant.step("1", "close", "once", &json!({})).await.ok(), first, "also after it went on");
    for (order, verb) in [("1", "abort"), ("2", "close"), ("1", "refund")] {
        merchant.step(order, verb, "once", &json!({})).await.refused(422, "idempotency_mismatch");
    }
    // A guest's key of the same text is another key.
    let order_id = merchant.order("2").await["order_id"].clone();
    guest.post_once("once", "/api/v1/order/reset", &json!({"order_id": order_id})).await.ok();
    assert_eq!(app.accepted(Kind::Closed), 1);
    app.finish().await;
}

#[tokio::test]
async fn the_same_key_at_the_same_time_closes_once() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    confirmed(&app, &guest, "1", 10_000).await;
    let body = json!({});
    for answer in join_all((0..10).map(|_| merchant.step("1", "close", "once", &body))).await {
        assert!(answer.status == 200 || answer.json()["code"] == "in_progress", "{answer:?}");
    }
    merchant.step("1", "close", "once", &json!({})).await.ok();
    assert_eq!(app.accepted(Kind::Closed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_answer_to_a_close_is_found_again_and_not_asked_for_twice() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    confirmed(&app, &guest, "1", 10_000).await;
    let faults = app.running.sandbox().faults();
    faults.inject("orders/close", Fault::DropAfterCommit, 1);
    faults.inject("orders/get", Fault::Status(503), 100);
    assert_eq!(merchant.step("1", "close", "once", &json!({})).await.status, 503);
    faults.clear();
    assert_eq!(merchant.step("1", "close", "once", &json!({})).await.ok()["state"], "closed");
    assert_eq!(app.accepted(Kind::Closed), 1);
    app.finish().await;
}

#[tokio::test]
async fn what_was_not_confirmed_is_not_closed_but_may_be_cancelled() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let unclaimed = merchant.register("unclaimed", &dinner()).await;
    let previewed = merchant.register("previewed", &dinner()).await;
    let preview = guest.preview_of(&previewed).await.ok();
    for order in ["unclaimed", "previewed"] {
        for verb in ["close", "refund"] {
            merchant.step_anew(order, verb, &json!({})).await.refused(409, "order_state_conflict");
        }
        let aborted = merchant.step(order, "abort", order, &json!({})).await.ok();
        assert_eq!(aborted["state"], "aborted");
        assert_eq!(merchant.step(order, "abort", order, &json!({})).await.ok(), aborted);
        assert_eq!(merchant.step_anew(order, "abort", &json!({})).await.ok()["state"], "aborted");
        assert_eq!(merchant.order(order).await["state"], "aborted");
        merchant.step_anew(order, "close", &json!({})).await.refused(409, "order_state_conflict");
        let other = json!({"order_ref": order, "cart": dinner(), "guest_phone": IVAN});
        merchant.register_with(&other).await.refused(409, "order_state_conflict");
    }
    merchant.step("previewed", "abort", "unclaimed", &json!({})).await.refused(422, "idempotency_mismatch");
    guest.preview_of(&unclaimed).await.refused(409, "order_state_conflict");
    guest.preview_of(&previewed).await.refused(409, "order_state_conflict");
    guest.confirm(&preview, 0).await.refused(409, "order_state_conflict");
    app.finish().await;
}

#[tokio::test]
async fn the_restaurant_cancels_a_confirmed_order_and_the_guest_cannot() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let order = confirmed(&app, &guest, "1", 10_000).await;
    guest.cancel(&order["order_id"]).await.refused(422, "not_supported");
    assert_eq!(guest.balance_minor().await, 0);
    merchant.step_anew("1", "abort", &json!({})).await.ok();
    assert_eq!(guest.balance_minor().await, 10_000, "what was frozen is back");
    merchant.step_anew("1", "close", &json!({})).await.refused(409, "order_state_conflict");
    assert_eq!((app.accepted(Kind::Aborted), app.accepted(Kind::Closed)), (1, 0));
    app.finish().await;
}

#[tokio::test]
async fn what_a_loyalty_system_cannot_do_is_said() {
    let app = TestApp::spawn().await;
    let body = json!({"order_ref": "1", "cart": LAPSHA.cart()});
    let merchant = app.merchant_with("demo-merchant-key-of-the-restaurant-lapsha");
    let token =
        merchant.register_with(&body).await.json()["order_token"].as_str().expect("a token").to_owned();
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview_of(&token).await.ok();
    guest.confirm(&preview, 0).await.ok();
    for verb in ["close", "abort", "refund"] {
        merchant.step_anew("1", verb, &json!({})).await.refused(422, "not_supported");
    }
    assert_eq!(merchant.order("1").await["state"], "confirmed");
    app.finish().await;
}

#[tokio::test]
async fn where_bonuses_are_held_an_order_is_closed_and_cancelled_but_not_taken_back() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant_with("demo-merchant-key-of-the-restaurant-chashka");
    let guest = CHASHKA.guest(&app).await;
    let before = CHASHKA.balance_minor(&guest).await;
    for (order_ref, verb, state) in [("1", "abort", "aborted"), ("2", "close", "closed")] {
        let token = merchant.register(order_ref, &CHASHKA.cart()).await;
        let preview = guest.preview_of(&token).await.ok();
        let most = preview["spend"]["max_minor"].as_i64().expect("an amount");
        assert!(most > 0);
        guest.confirm(&preview, most).await.ok();
        merchant.step_anew(order_ref, "refund", &json!({})).await.refused(422, "not_supported");
        assert_eq!(merchant.step_anew(order_ref, verb, &json!({})).await.ok()["state"], state);
        assert_eq!(merchant.order(order_ref).await["state"], state);
        if verb == "abort" {
            assert_eq!(CHASHKA.balance_minor(&guest).await, before, "what was held is back");
        }
    }
    let part = json!({"items": [{"code": "flat-white", "quantity_milli": 1000}]});
    for body in [json!({}), part] {
        merchant.step_anew("2", "refund", &body).await.refused(422, "not_supported");
    }
    assert_eq!(merchant.order("2").await["state"], "closed");
    app.finish().await;
}

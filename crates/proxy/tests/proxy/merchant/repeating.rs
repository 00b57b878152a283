//! Registering again by the same key: the first answer, whatever has happened since, and nothing is done twice.

use futures_util::future::join_all;
use serde_json::json;

use crate::test_app::{IVAN, TestApp, cart, dinner, main_dish};

#[tokio::test]
async fn a_registration_needs_a_key() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let body = json!({"order_ref": "1", "cart": dinner()});
    for headers in [&[][..], &[("idempotency-key", "")], &[("idempotency-key", "x".repeat(201).as_str())]] {
        let error = merchant.post("/orders", headers, &body).await.refused(400, "invalid_request");
        assert_eq!(error["field"], "Idempotency-Key");
    }
    merchant.get("/orders/1").await.refused(404, "unknown_order");
    app.finish().await;
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_and_is_good_for_nothing_else() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let body = json!({"order_ref": "1", "cart": dinner()});
    let other = json!({"order_ref": "1", "cart": cart(vec![main_dish()])});
    let first = merchant.register_once("once", &body).await;
    assert_eq!(first.status, 201);
    assert_eq!(merchant.register_with(&other).await.ok()["revision"], 2);

    let again = merchant.register_once("once", &body).await;
    assert_eq!((again.status, again.json()), (201, first.json()), "the former contents are not put back");
    assert_eq!(merchant.order("1").await["revision"], 2);

    let elsewhere = json!({"order_ref": "2", "cart": dinner()});
    let with_reset = json!({"order_ref": "1", "cart": dinner(), "reset": true});
    let for_ivan = json!({"order_ref": "1", "cart": dinner(), "guest_phone": IVAN});
    for body in [&other, &elsewhere, &with_reset, &for_ivan] {
        merchant.register_once("once", body).await.refused(422, "idempotency_mismatch");
    }
    merchant.step("1", "abort", "once", &json!({})).await.refused(422, "idempotency_mismatch");
    merchant.get("/orders/2").await.refused(404, "unknown_order");
    // Another restaurant's key of the same text is another key.
    let chashka = app.merchant_with("demo-merchant-key-of-the-restaurant-chashka");
    assert_eq!(chashka.register_once("once", &other).await.status, 201);
    app.finish().await;
}

#[tokio::test]
async fn the_first_answer_is_remembered_for_a_day_and_over_a_restart() {
    let app = TestApp::spawn().await;
    let body = json!({"order_ref": "1", "cart": dinner()});
    let first = app.merchant().register_once("once", &body).await.json();
    let app = app.restart().await;
    let merchant = app.merchant();
    app.pass(86_399);
    let again = merchant.register_once("once", &body).await;
    assert_eq!((again.status, again.json()), (201, first.clone()));
    app.pass(1);
    let anew = merchant.register_once("once", &body).await;
    assert_eq!((anew.status, anew.json()), (200, first), "another wish, which changes nothing");
    app.finish().await;
}

#[tokio::test]
async fn the_same_key_at_the_same_time_is_answered_once() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let body = json!({"order_ref": "1", "cart": dinner()});
    let answers = join_all((0..20).map(|_| merchant.register_once("once", &body))).await;
    let first = merchant.register_once("once", &body).await;
    assert_eq!(first.status, 201);
    for answer in answers {
        if answer.status == 201 {
            assert_eq!(answer.json(), first.json());
        } else {
            answer.refused(409, "in_progress");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn what_was_refused_may_be_asked_for_again_by_the_same_key() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let order = super::confirmed(&app, &guest, "1", 0).await;
    let other = json!({"order_ref": "1", "cart": cart(vec![main_dish()])});
    merchant.register_once("once", &other).await.refused(409, "order_state_conflict");
    guest.reset(&order["order_id"]).await.ok();
    assert_eq!(merchant.register_once("once", &other).await.ok()["revision"], 2, "nothing was done before");
    app.finish().await;
}

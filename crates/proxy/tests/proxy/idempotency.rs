//! Repeated requests: the same key gives the same answer and does the work once.

use sandbox::Kind;
use serde_json::json;

use crate::test_app::{IVAN, TestApp, dinner};

#[tokio::test]
async fn a_repeated_confirm_gives_the_first_answer() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let first = guest.confirm_once("once", &preview, 10_000).await.ok();
    // Also after the order has gone on: the answer is the first one.
    guest.reset(&preview["order_id"]).await.ok();
    assert_eq!(guest.confirm_once("once", &preview, 10_000).await.ok(), first);
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_key_is_good_for_one_request_only() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm_once("once", &preview, 5_000).await.ok();
    guest.confirm_once("once", &preview, 10_000).await.refused(422, "idempotency_mismatch");
    let order = json!({"order_id": preview["order_id"]});
    for path in ["/api/v1/order/reset", "/api/v1/order/cancel"] {
        guest.post_once("once", path, &order).await.refused(422, "idempotency_mismatch");
    }
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["spend_minor"], 5_000);
    app.finish().await;
}

#[tokio::test]
async fn reset_and_cancel_may_be_repeated() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    let order = json!({"order_id": preview["order_id"]});
    for (key, path) in [("a", "/api/v1/order/reset"), ("b", "/api/v1/order/cancel")] {
        let first = guest.post_once(key, path, &order).await.ok();
        assert_eq!(guest.post_once(key, path, &order).await.ok(), first);
    }
    assert_eq!(guest.balance_minor().await, 10_000);
    app.finish().await;
}

#[tokio::test]
async fn without_a_key_nothing_is_done() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let confirm = json!({
        "order_id": preview["order_id"], "preview_id": preview["preview_id"], "spend_minor": 0
    });
    let order = json!({"order_id": preview["order_id"]});
    let long = "k".repeat(201);
    for (path, body) in [
        ("/api/v1/order/confirm", &confirm),
        ("/api/v1/order/reset", &order),
        ("/api/v1/order/cancel", &order),
    ] {
        guest.post(path, body).await.refused(400, "invalid_request");
        for key in ["", long.as_str()] {
            guest.post_once(key, path, body).await.refused(400, "invalid_request");
        }
    }
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    app.finish().await;
}

#[tokio::test]
async fn the_same_key_at_the_same_time_does_the_work_once() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let attempts = (0..100).map(|_| guest.confirm_once("once", &preview, 10_000));
    let answers = futures_util::future::join_all(attempts).await;
    for answer in &answers {
        let code = answer.json()["code"].clone();
        assert!(answer.status == 200 || (answer.status == 409 && code == "in_progress"), "{answer:?}");
    }
    guest.confirm_once("once", &preview, 10_000).await.ok();
    assert_eq!((app.accepted(Kind::Confirmed), guest.balance_minor().await), (1, 0));
    app.finish().await;
}

#[tokio::test]
async fn after_a_refusal_the_order_is_open_and_may_be_confirmed_anew() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    app.running.sandbox().faults().inject(
        "orders/confirm",
        sandbox::Fault::plazius_error("9004", "words"),
        1,
    );
    let error = guest.confirm_once("first", &preview, 10_000).await.refused(422, "upstream_refused");
    assert_eq!(error["upstream_code"], "9004");
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    guest.confirm(&preview, 10_000).await.ok();
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

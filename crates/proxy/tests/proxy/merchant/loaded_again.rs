//! A page that is loaded again has its order's token and nothing else: by it the guest finds what was confirmed.

use proxy::config::{Limits, StoreConfig};
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};

use crate::shared_store::store;
use crate::test_app::{Guest, IVAN, MARIA, TestApp, dinner};

/// What a preview by the token of an order that is not open is refused with.
async fn refused(guest: &Guest<'_>, token: &str) -> Value {
    guest.preview_of(token).await.refused(409, "order_state_conflict")
}

async fn a_confirmed_order_is_found_by_its_guest_alone(store: StoreConfig) {
    let app = TestApp::spawn_over(store, Limits::default()).await;
    let (merchant, ivan, maria) = (app.merchant(), app.guest(IVAN).await, app.guest(MARIA).await);
    let token = merchant.register("1", &dinner()).await;
    let preview = ivan.preview_of(&token).await.ok();
    let order_id = &preview["order_id"];
    let confirmed = ivan.confirm(&preview, 10_000).await.ok();

    // Neither the page nor the session is the one that confirmed.
    let again = app.guest(IVAN).await;
    assert_eq!(refused(&again, &token).await["order_id"], *order_id);
    let read = again.order(order_id).await.ok();
    assert_eq!(read["capabilities"], preview["capabilities"]);
    assert_eq!(read["capabilities"]["cancel"], false, "the restaurant alone cancels it");
    for field in ["state", "spend_minor", "discount_total_minor", "to_pay_minor"] {
        assert_eq!(read[field], confirmed[field], "{field}");
    }

    // To anybody else there is none, and they learn no name of it.
    let unknown = maria.preview_of(&token).await.refused(404, "unknown_order");
    assert_eq!(unknown["order_id"], Value::Null);
    maria.order(order_id).await.refused(404, "unknown_order");
    maria.reset(order_id).await.refused(404, "unknown_order");

    again.reset(order_id).await.ok();
    let preview = again.preview_of(&token).await.ok();
    again.confirm(&preview, 10_000).await.ok();
    merchant.step_anew("1", "close", &json!({})).await.ok();
    assert_eq!(refused(&again, &token).await["order_id"], Value::Null, "it is over");
    app.finish().await;
}

#[tokio::test]
async fn a_confirmed_order_is_found_by_its_guest_alone_on_sqlite() {
    a_confirmed_order_is_found_by_its_guest_alone(StoreConfig::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmed_order_is_found_by_its_guest_alone_on_postgresql() {
    let server = ScratchPostgres::start();
    a_confirmed_order_is_found_by_its_guest_alone(store(&server)).await;
}

#[tokio::test]
async fn an_order_whose_confirm_nobody_can_tell_of_is_found_too() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let token = app.merchant().register("1", &dinner()).await;
    let preview = guest.preview_of(&token).await.ok();
    let faults = app.running.sandbox().faults();
    faults.inject("orders/confirm", sandbox::Fault::DropAfterCommit, 1);
    faults.inject("orders/get", sandbox::Fault::Status(503), 100);
    assert_eq!(guest.confirm(&preview, 10_000).await.status, 503);
    assert_eq!(refused(&guest, &token).await["order_id"], preview["order_id"]);
    app.running.sandbox().faults().clear();
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "confirmed", "it was carried out");
    app.finish().await;
}

#[tokio::test]
async fn an_order_that_was_cancelled_before_any_guest_had_it_has_no_name_for_one() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let token = app.merchant().register("1", &dinner()).await;
    app.merchant().step_anew("1", "abort", &json!({})).await.ok();
    assert_eq!(refused(&guest, &token).await["order_id"], Value::Null);
    app.finish().await;
}

#[tokio::test]
async fn a_cart_that_only_the_page_described_may_differ_from_what_is_confirmed() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    let answer = guest.preview_again(&preview["order_id"], &dinner()).await;
    assert_eq!(answer.refused(409, "order_state_conflict")["order_id"], Value::Null);
    app.finish().await;
}

//! How long orders are kept: those that are over for a month, those that anybody may still need for as long.

use proxy::config::{Limits, StoreConfig};
use sandbox::Fault;
use scratch_postgres::ScratchPostgres;
use serde_json::json;

use super::confirmed;
use super::receiver::Receiver;
use crate::shared_store::store;
use crate::systems::LAPSHA;
use crate::test_app::{IVAN, MARIA, TestApp, dinner};

const DAY_S: i64 = 24 * 3600;

/// A month passes over orders that stand everywhere an order may.
async fn what_is_over_goes_and_the_rest_stays(store: StoreConfig) {
    let mut app = TestApp::spawn_over(store, Limits::default()).await;
    let receiver = Receiver::start().await;
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    confirmed(&app, &ivan, "closed", 1_000).await;
    app.merchant().step_anew("closed", "close", &json!({})).await.ok();
    app.merchant().register("unseen", &dinner()).await;
    app.merchant().register("asked for", &dinner()).await;
    // Nobody learns what became of it, because its loyalty system stays away.
    let faults = app.running.sandbox().faults();
    let doubtful = maria.preview(&dinner()).await.ok();
    faults.inject("orders/confirm", Fault::DropAfterCommit, 1);
    faults.inject("orders/get", Fault::Status(503), 100_000);
    assert_eq!(maria.confirm(&doubtful, 1_000).await.status, 503);
    let looked_at = ivan.preview(&dinner()).await.ok();

    app.pass(2 * DAY_S);
    app.running.run_due_work().await;
    let ivan = app.guest(IVAN).await;
    ivan.order(&looked_at["order_id"]).await.refused(404, "unknown_order");
    app.merchant().get("/orders/unseen").await.ok();
    app.pass(28 * DAY_S - 1);
    // By whatever key, and though it changes nothing: the restaurant still has to do with it.
    let body = json!({"order_ref": "asked for", "cart": dinner()});
    app.merchant().register_with(&body).await.ok();
    app.running.run_due_work().await;
    app.merchant().get("/orders/closed").await.ok();
    app.pass(1);
    app.running.run_due_work().await;
    for gone in ["closed", "unseen"] {
        app.merchant().get(&format!("/orders/{gone}")).await.refused(404, "unknown_order");
    }
    app.merchant().get("/orders/asked%20for").await.ok();
    let maria = app.guest(MARIA).await;
    assert_eq!(maria.order(&doubtful["order_id"]).await.ok()["state"], "confirming");

    // What a restaurant has not heard of keeps the order it is about.
    receiver.listen_to(&mut app);
    receiver.answer(500);
    app.running.sandbox().faults().clear();
    app.running.run_due_work().await;
    app.pass(30 * DAY_S - 1);
    app.running.run_due_work().await;
    let maria = app.guest(MARIA).await;
    assert_eq!(maria.order(&doubtful["order_id"]).await.ok()["state"], "open", "given up meanwhile");
    app.finish().await;
}

#[tokio::test]
async fn what_is_over_goes_after_a_month_and_the_rest_stays_on_sqlite() {
    what_is_over_goes_and_the_rest_stays(StoreConfig::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_over_goes_after_a_month_and_the_rest_stays_on_postgresql() {
    let server = ScratchPostgres::start();
    what_is_over_goes_and_the_rest_stays(store(&server)).await;
}

#[tokio::test]
async fn what_the_till_of_a_restaurant_has_goes_too() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    guest.confirm(&preview, 0).await.ok();
    app.pass(30 * DAY_S - 1);
    app.running.run_due_work().await;
    let guest = LAPSHA.guest(&app).await;
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "confirmed");
    app.pass(1);
    app.running.run_due_work().await;
    guest.order(&preview["order_id"]).await.refused(404, "unknown_order");
    app.finish().await;
}

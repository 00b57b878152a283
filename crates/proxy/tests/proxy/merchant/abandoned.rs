//! What guests confirm and leave is given up by itself, and nothing else is.

use sandbox::{Fault, Kind};
use serde_json::json;

use super::confirmed;
use super::receiver::Receiver;
use crate::systems::LAPSHA;
use crate::test_app::{Guest, IVAN, MARIA, TestApp, dinner};

const AFTER_S: i64 = 2 * 3600;

#[tokio::test]
async fn what_is_confirmed_and_left_is_free_again_after_two_hours() {
    let mut app = TestApp::spawn().await;
    let receiver = Receiver::start().await;
    receiver.listen_to(&mut app);
    let guest = app.guest(IVAN).await;
    confirmed(&app, &guest, "1", 10_000).await;
    app.pass(AFTER_S - 1);
    app.running.run_due_work().await;
    assert_eq!(app.merchant().order("1").await["state"], "confirmed");
    app.pass(1);
    app.running.run_due_work().await;
    assert_eq!(app.merchant().order("1").await["state"], "open");
    assert_eq!(app.accepted(Kind::Reset), 1);
    assert_eq!(receiver.kinds(), ["order.confirmed", "order.reset"]);
    let guest = app.guest(IVAN).await;
    assert_eq!(guest.balance_minor().await, 10_000);
    app.running.run_due_work().await;
    assert_eq!(app.accepted(Kind::Reset), 1, "once");
    app.finish().await;
}

#[tokio::test]
async fn what_is_closed_or_was_touched_since_is_left_alone() {
    let app = TestApp::spawn().await;
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    confirmed(&app, &ivan, "closed", 10_000).await;
    app.merchant().step_anew("closed", "close", &json!({})).await.ok();
    let touched = confirmed(&app, &maria, "touched", 10_000).await;
    app.pass(AFTER_S / 2);
    let token = maria.token.clone();
    let maria = Guest { app: &app, token };
    maria.reset(&touched["order_id"]).await.ok();
    let again = app.merchant().register_with(&json!({"order_ref": "touched", "cart": dinner()})).await.ok();
    let preview = maria.preview_of(again["order_token"].as_str().expect("a token")).await.ok();
    maria.confirm(&preview, 5_000).await.ok();
    app.pass(AFTER_S / 2);
    app.running.run_due_work().await;
    assert_eq!(app.accepted(Kind::Reset), 1, "only the guest's own");
    assert_eq!(app.merchant().order("closed").await["state"], "closed");
    assert_eq!(app.merchant().order("touched").await["state"], "confirmed");
    app.finish().await;
}

#[tokio::test]
async fn a_confirm_in_doubt_that_nobody_asks_after_is_settled_and_given_up() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let faults = app.running.sandbox().faults();
    faults.inject("orders/confirm", Fault::DropAfterCommit, 1);
    faults.inject("orders/get", Fault::Status(503), 1000);
    assert_eq!(guest.confirm(&preview, 10_000).await.status, 503);
    app.pass(AFTER_S);
    app.running.run_due_work().await;
    assert_eq!(app.accepted(Kind::Reset), 0, "the loyalty system is away");
    app.running.sandbox().faults().clear();
    app.pass(60);
    app.running.run_due_work().await;
    assert_eq!((app.accepted(Kind::Confirmed), app.accepted(Kind::Reset)), (1, 1));
    assert_eq!(app.guest(IVAN).await.balance_minor().await, 10_000);
    app.finish().await;
}

#[tokio::test]
async fn an_order_that_the_restaurant_has_in_its_till_is_not_given_up() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    guest.confirm(&preview, preview["spend"]["max_minor"].as_i64().expect("an amount")).await.ok();
    app.pass(AFTER_S);
    app.running.run_due_work().await;
    let guest = LAPSHA.guest(&app).await;
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "confirmed");
    app.finish().await;
}

//! Bonuses that are held for a while: how long, what happens at the end, and that one order holds at a time.

use sandbox::Kind;
use serde_json::json;

use super::{CHASHKA, amount, order};
use crate::test_app::TestApp;

#[tokio::test]
async fn the_time_of_a_hold_runs_down_and_the_order_is_open_again_at_its_end() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let before = CHASHKA.balance_minor(&guest).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    let order_id = &preview["order_id"];
    let confirmed = guest.confirm(&preview, 5_000).await.ok();
    assert_eq!(confirmed["hold_left_s"], 600);
    for (passes_s, left_s) in [(1, 599), (598, 1)] {
        app.pass(passes_s);
        let read = guest.order(order_id).await.ok();
        assert_eq!((&read["state"], &read["hold_left_s"]), (&json!("confirmed"), &json!(left_s)));
    }
    app.pass(1);
    let lapsed = guest.order(order_id).await.ok();
    assert_eq!((&lapsed["state"], &lapsed["hold_left_s"]), (&json!("open"), &json!(null)));
    assert_eq!(lapsed["spend_minor"], 0);
    assert_eq!(CHASHKA.balance_minor(&guest).await, before, "the bonuses are back");
    app.post("/demo/till/close", &order(order_id)).await.refused(409, "order_state_conflict");

    guest.confirm(&preview, 5_000).await.ok();
    assert_eq!(guest.order(order_id).await.ok()["hold_left_s"], 600);
    app.post("/demo/till/close", &order(order_id)).await.ok();
    assert_eq!(app.accepted(Kind::Closed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_hold_that_ran_out_may_be_reset_and_previewed_like_any_open_order() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, 5_000).await.ok();
    app.pass(601);
    assert_eq!(guest.reset(order_id).await.ok()["state"], "open");
    guest.preview_again(order_id, &CHASHKA.larger_cart()).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_confirm_tells_the_time_that_is_left_now() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    let first = guest.confirm_once("once", &preview, 5_000).await.ok();
    app.pass(100);
    let again = guest.confirm_once("once", &preview, 5_000).await.ok();
    assert_eq!((&first["hold_left_s"], &again["hold_left_s"]), (&json!(600), &json!(500)));
    app.pass(600);
    assert_eq!(guest.confirm_once("once", &preview, 5_000).await.ok()["hold_left_s"], 0);
    assert_eq!(app.accepted(Kind::Held), 1);
    app.finish().await;
}

#[tokio::test]
async fn the_newest_order_of_a_guest_takes_the_bonuses_over_from_the_others() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let before = CHASHKA.balance_minor(&guest).await;
    let first = guest.preview(&CHASHKA.cart()).await.ok();
    guest.confirm(&first, amount(&first["spend"]["max_minor"])).await.ok();
    let second = guest.preview(&CHASHKA.larger_cart()).await.ok();
    guest.confirm(&second, 7_000).await.ok();
    assert_eq!(guest.order(&first["order_id"]).await.ok()["state"], "open");
    assert_eq!(guest.order(&second["order_id"]).await.ok()["state"], "confirmed");
    assert_eq!(CHASHKA.balance_minor(&guest).await, before - 7_000, "one hold stands");

    // What the first order returns now is not the second's.
    assert_eq!(guest.reset(&first["order_id"]).await.ok()["state"], "open");
    assert_eq!(CHASHKA.balance_minor(&guest).await, before - 7_000);
    app.finish().await;
}

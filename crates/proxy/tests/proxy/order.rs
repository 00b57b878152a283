//! An order's life: confirm, change, cancel, close.

use sandbox::Kind;
use serde_json::json;

use crate::test_app::{IVAN, MARIA, TestApp, cart, dessert, dinner, drink, line, main_dish};

#[tokio::test]
async fn the_documented_scenario_goes_through_to_the_end() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let first = guest.preview(&dinner()).await.ok();
    let order_id = first["order_id"].clone();

    let confirmed = guest.confirm(&first, 10_000).await.ok();
    let expected = json!({
        "order_id": order_id, "state": "confirmed", "currency": "RUB",
        "spend_minor": 10_000, "discount_total_minor": 16_000, "to_pay_minor": 38_000, "hold_left_s": null,
        "capabilities": null
    });
    assert_eq!(confirmed, expected);
    assert_eq!(guest.balance_minor().await, 0, "the bonuses are frozen");
    guest.preview_again(&order_id, &dinner()).await.refused(409, "order_state_conflict");

    let open = guest.reset(&order_id).await.ok();
    assert_eq!((&open["state"], &open["spend_minor"]), (&json!("open"), &json!(0)));
    assert_eq!(guest.balance_minor().await, 10_000, "the bonuses are back");

    let with_dessert = cart(vec![main_dish(), drink(), dessert()]);
    let second = guest.preview_again(&order_id, &with_dessert).await.ok();
    assert_eq!(second["total_minor"], 77_000);
    guest.confirm(&first, 10_000).await.refused(409, "preview_outdated");
    let confirmed = guest.confirm(&second, 10_000).await.ok();
    assert_eq!(confirmed["to_pay_minor"], 67_000);

    let closed = app.post("/demo/till/close", &json!({"order_id": order_id})).await.ok();
    assert_eq!((&closed["state"], &closed["to_pay_minor"]), (&json!("closed"), &json!(67_000)));
    assert_eq!(guest.order(&order_id).await.ok()["state"], "closed");
    assert_eq!(guest.balance_minor().await, 3_350, "5 % of what was paid in money");
    for answer in [guest.reset(&order_id).await, guest.cancel(&order_id).await] {
        answer.refused(409, "order_state_conflict");
    }
    guest.preview_again(&order_id, &dinner()).await.refused(409, "order_state_conflict");
    assert_eq!((app.accepted(Kind::Confirmed), app.accepted(Kind::Closed)), (2, 1));
    app.finish().await;
}

#[tokio::test]
async fn a_spend_outside_the_range_is_refused_with_the_nearest_allowed() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    for (spend, limit) in [(10_001, 10_000), (i64::MAX, 10_000), (-1, 0), (i64::MIN, 0)] {
        let error = guest.confirm(&preview, spend).await.refused(422, "spend_out_of_range");
        assert_eq!(error["limit_minor"], limit, "spend {spend}");
    }
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    guest.confirm(&preview, 10_000).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_spend_that_is_no_integer_is_refused_at_its_place() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    for spend in [json!("100"), json!(100.5), json!(null), json!(1e30), json!([1])] {
        let mut body = json!({"order_id": preview["order_id"], "preview_id": preview["preview_id"]});
        body["spend_minor"] = spend;
        let answer = guest.post_once(&app.new_key(), "/api/v1/order/confirm", &body).await;
        assert_eq!(answer.refused(400, "invalid_request")["field"], "spend_minor", "{body}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_dish_with_modifiers_is_frozen_at_the_sum_that_was_shown() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let mut soup = line("soup-borsch", "Борщ", "Горячее", 34_000);
    soup["quantity_milli"] = json!(2000);
    soup["modifiers"] = json!([{"code": "mod-sourcream", "name": "Сметана", "quantity_milli": 1000, "unit_price_minor": 4_000}]);
    let preview = guest.preview(&cart(vec![soup])).await.ok();
    // The answer is lost, so the sums of the loyalty system's own record decide whether the order was confirmed.
    app.running.sandbox().faults().inject("orders/confirm", sandbox::Fault::DropAfterCommit, 1);
    let confirmed = guest.confirm(&preview, 38_000).await.ok();
    assert_eq!((&confirmed["state"], &confirmed["to_pay_minor"]), (&json!("confirmed"), &json!(38_000)));
    app.finish().await;
}

#[tokio::test]
async fn nothing_need_be_spent() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let confirmed = guest.confirm(&preview, 0).await.ok();
    assert_eq!((&confirmed["spend_minor"], &confirmed["to_pay_minor"]), (&json!(0), &json!(48_000)));
    assert_eq!(guest.balance_minor().await, 10_000);
    app.finish().await;
}

#[tokio::test]
async fn only_the_newest_preview_can_be_confirmed_and_only_for_a_while() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let old = guest.preview(&dinner()).await.ok();
    let new = guest.preview_again(&old["order_id"], &dinner()).await.ok();
    guest.confirm(&old, 0).await.refused(409, "preview_outdated");
    app.pass(900);
    guest.confirm(&new, 0).await.refused(409, "preview_outdated");
    let newest = guest.preview_again(&old["order_id"], &dinner()).await.ok();
    guest.confirm(&newest, 0).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_cancelled_order_gives_everything_back_and_is_over() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, 10_000).await.ok();
    let cancelled = guest.cancel(order_id).await.ok();
    assert_eq!((&cancelled["state"], &cancelled["spend_minor"]), (&json!("aborted"), &json!(0)));
    assert_eq!(guest.balance_minor().await, 10_000);
    assert_eq!(guest.cancel(order_id).await.ok()["state"], "aborted", "may be repeated");
    guest.preview_again(order_id, &dinner()).await.refused(409, "order_state_conflict");
    guest.confirm(&preview, 0).await.refused(409, "order_state_conflict");
    guest.reset(order_id).await.refused(409, "order_state_conflict");
    let afresh = guest.preview(&dinner()).await.ok();
    assert_ne!(&afresh["order_id"], order_id);
    app.finish().await;
}

#[tokio::test]
async fn an_order_that_was_never_confirmed_can_be_reset_and_cancelled() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    assert_eq!(guest.reset(&preview["order_id"]).await.ok()["state"], "open");
    assert_eq!(guest.cancel(&preview["order_id"]).await.ok()["state"], "aborted");
    app.finish().await;
}

#[tokio::test]
async fn an_order_that_was_not_confirmed_cannot_be_closed() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let named = json!({"order_id": preview["order_id"]});
    let close = || app.post("/demo/till/close", &named);
    // What was previewed once is in the guest's browser alone; what was previewed again is known here.
    close().await.refused(404, "unknown_order");
    guest.preview_again(&preview["order_id"], &dinner()).await.ok();
    close().await.refused(409, "order_state_conflict");
    app.post("/demo/till/close", &json!({"order_id": "nonsense"})).await.refused(404, "unknown_order");
    app.finish().await;
}

#[tokio::test]
async fn twenty_confirms_at_once_freeze_once() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let attempts = (0..20).map(|_| guest.confirm(&preview, 10_000));
    let answers = futures_util::future::join_all(attempts).await;
    let confirmed = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(confirmed, 1);
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)), "{answers:?}");
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_confirmed_order_survives_a_restart() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = preview["order_id"].clone();
    guest.confirm(&preview, 10_000).await.ok();
    let app = app.restart().await;
    app.pass(120);
    let guest = app.guest(IVAN).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "confirmed");
    assert_eq!(guest.reset(&order_id).await.ok()["state"], "open");
    assert_eq!(guest.balance_minor().await, 10_000);
    app.finish().await;
}

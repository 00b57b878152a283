//! Webhooks: each change is told once, signed, and never to nobody.

use sandbox::{Fault, Kind};
use serde_json::json;

use super::confirmed;
use super::receiver::Receiver;
use crate::test_app::{IVAN, TestApp, cart, dinner, main_dish};

#[tokio::test]
async fn every_change_of_an_order_is_told_and_signed() {
    let mut app = TestApp::spawn().await;
    let receiver = Receiver::start().await;
    receiver.listen_to(&mut app);
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let order = confirmed(&app, &guest, "1", 10_000).await;
    app.running.run_due_work().await;
    app.pass(60);
    let larger = json!({"order_ref": "1", "cart": cart(vec![main_dish()]), "reset": true});
    let token =
        merchant.register_with(&larger).await.ok()["order_token"].as_str().expect("a token").to_owned();
    app.running.run_due_work().await;
    let preview = guest.preview_of(&token).await.ok();
    guest.confirm(&preview, 0).await.ok();
    app.running.run_due_work().await;
    merchant.step_anew("1", "close", &json!({})).await.ok();
    app.running.run_due_work().await;
    let part = json!({"items": [{"code": "hot-pelmeni", "quantity_milli": 500}]});
    merchant.step_anew("1", "refund", &part).await.ok();
    app.running.run_due_work().await;
    merchant.step_anew("1", "refund", &json!({})).await.ok();
    app.running.run_due_work().await;
    confirmed(&app, &guest, "2", 0).await;
    merchant.step_anew("2", "abort", &json!({})).await.ok();
    merchant.register("3", &dinner()).await;
    merchant.step_anew("3", "abort", &json!({})).await.ok();
    merchant.step_anew("3", "abort", &json!({})).await.ok();
    app.running.run_due_work().await;

    let mut kinds = receiver.kinds();
    let refunded = "order.refunded";
    let expected = ["order.confirmed", "order.reset", "order.confirmed", "order.closed", refunded, refunded];
    assert_eq!(kinds[..6], expected);
    kinds[6..].sort();
    assert_eq!(kinds[6..], ["order.aborted", "order.aborted", "order.confirmed"]);
    let heard = receiver.heard();
    assert!(heard.iter().all(super::receiver::Heard::is_signed), "{heard:?}");
    let mut ids: Vec<&str> = heard.iter().map(|one| one.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), heard.len(), "each has an identifier of its own");

    let first = heard[0].json();
    let expected = json!({
        "type": "order.confirmed", "timestamp": "2026-11-23T10:00:00Z", "data": {
            "order_ref": "1", "order_id": order["order_id"], "revision": 1, "state": "confirmed",
            "guest": "+•••••••1122", "currency": "RUB", "items_total_minor": 64_000,
            "discount_total_minor": 16_000, "spend_minor": 10_000, "to_pay_minor": 38_000, "refund": null
        }
    });
    assert_eq!(first, expected);
    assert_eq!(heard[4].json()["data"]["refund"]["items"], part["items"]);
    assert_eq!(
        (&heard[4].json()["data"]["state"], &heard[5].json()["data"]["state"]),
        (&json!("closed"), &json!("refunded"))
    );
    assert!(!heard.iter().any(|one| format!("{one:?}").contains("9990001122")), "nobody's phone is told");
    app.finish().await;
}

#[tokio::test]
async fn what_only_may_have_happened_is_told_when_it_is_known() {
    let mut app = TestApp::spawn().await;
    let receiver = Receiver::start().await;
    receiver.listen_to(&mut app);
    let guest = app.guest(IVAN).await;
    let token = app.merchant().register("1", &dinner()).await;
    let preview = guest.preview_of(&token).await.ok();
    let faults = app.running.sandbox().faults();
    faults.inject("orders/confirm", Fault::DropAfterCommit, 1);
    faults.inject("orders/get", Fault::Status(503), 100);
    assert_eq!(guest.confirm_once("once", &preview, 10_000).await.status, 503);
    app.running.run_due_work().await;
    assert_eq!(receiver.kinds(), Vec::<String>::new());
    app.running.sandbox().faults().clear();
    assert_eq!(app.merchant().order("1").await["state"], "confirmed");
    app.running.run_due_work().await;
    assert_eq!((receiver.kinds(), app.accepted(Kind::Confirmed)), (vec!["order.confirmed".to_owned()], 1));
    app.finish().await;
}

#[tokio::test]
async fn a_cart_of_the_page_is_told_of_without_a_name() {
    let mut app = TestApp::spawn().await;
    let receiver = Receiver::start().await;
    receiver.listen_to(&mut app);
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 0).await.ok();
    app.running.run_due_work().await;
    let data = receiver.heard()[0].json()["data"].clone();
    assert_eq!((&data["order_ref"], &data["order_id"]), (&json!(null), &preview["order_id"]));
    app.finish().await;
}

#[tokio::test]
async fn a_restaurant_without_a_webhook_is_told_nothing_later_either() {
    let mut app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    confirmed(&app, &guest, "1", 10_000).await;
    let token = guest.token.clone();
    let receiver = Receiver::start().await;
    receiver.listen_to(&mut app);
    app.running.run_due_work().await;
    assert_eq!(receiver.kinds(), Vec::<String>::new());
    app.merchant().step_anew("1", "abort", &json!({})).await.ok();
    app.running.run_due_work().await;
    assert_eq!(receiver.kinds(), ["order.aborted"]);
    assert_eq!(crate::test_app::Guest { app: &app, token }.balance_minor().await, 10_000);
    app.finish().await;
}

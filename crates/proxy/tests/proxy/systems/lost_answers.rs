//! What a lost answer means at each system: looked up, undone, repeated, or left alone for good; never done twice.

use sandbox::{Fault, Kind};
use serde_json::json;

use super::{CHASHKA, LAPSHA, PLACES, amount, order};
use crate::test_app::TestApp;

#[tokio::test]
async fn a_lost_confirm_never_freezes_twice() {
    for place in PLACES {
        for fault in [Fault::DropAfterCommit, Fault::TruncatedBody, Fault::EmptyBody] {
            let app = TestApp::spawn().await;
            let guest = place.guest(&app).await;
            let before = place.balance_minor(&guest).await;
            let preview = guest.preview(&place.cart()).await.ok();
            let most = amount(&preview["spend"]["max_minor"]);
            app.running.sandbox().faults().inject(place.confirms_by, fault.clone(), 1);
            for _ in 0..3 {
                guest.confirm_once("once", &preview, most).await;
            }
            let frozen = before - place.balance_minor(&guest).await;
            assert_eq!(frozen, most, "{} {fault:?}", place.restaurant);
            app.finish().await;
        }
    }
}

#[tokio::test]
async fn a_lost_hold_is_undone_and_held_anew() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    let order_id = &preview["order_id"];
    app.running.sandbox().faults().inject("bonuses/hold", Fault::DropAfterCommit, 1);
    guest.confirm_once("once", &preview, 5_000).await.refused(503, "upstream_unavailable");
    app.running.sandbox().faults().inject("bonuses/release", Fault::Status(503), 1);
    assert_eq!(guest.order(order_id).await.ok()["state"], "confirming", "it could not be undone yet");
    assert_eq!(guest.order(order_id).await.ok()["state"], "open");
    assert_eq!((app.accepted(Kind::Held), app.accepted(Kind::HoldReleased)), (1, 1));
    let confirmed = guest.confirm_once("once", &preview, 5_000).await.ok();
    assert_eq!((&confirmed["state"], &confirmed["hold_left_s"]), (&json!("confirmed"), &json!(600)));
    assert_eq!(guest.confirm_once("once", &preview, 5_000).await.ok(), confirmed);
    assert_eq!(app.accepted(Kind::Held), 2);
    app.finish().await;
}

#[tokio::test]
async fn an_order_whose_creation_nobody_answered_is_unknown_for_good() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    let order_id = preview["order_id"].clone();
    app.running.sandbox().faults().inject("v1/orders", Fault::DropAfterCommit, 1);
    guest.confirm_once("once", &preview, 0).await.refused(503, "upstream_unavailable");
    guest.confirm_once("once", &preview, 0).await.refused(409, "order_state_conflict");
    assert_eq!(guest.order(&order_id).await.ok()["state"], "unknown");
    let app = app.restart().await;
    app.pass(120);
    let guest = LAPSHA.guest(&app).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "unknown");
    for answer in [
        guest.confirm(&preview, 0).await,
        guest.reset(&order_id).await,
        guest.cancel(&order_id).await,
        guest.preview_again(&order_id, &LAPSHA.cart()).await,
    ] {
        answer.refused(409, "order_state_conflict");
    }
    assert_eq!(app.accepted(Kind::Confirmed), 1, "it was created once");
    app.finish().await;
}

#[tokio::test]
async fn a_creation_that_never_arrived_is_open_again() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    for status in [400, 401, 404, 429] {
        app.running.sandbox().faults().inject("v1/orders", Fault::Status(status), 2);
        let answer = guest.confirm(&preview, 0).await;
        assert!([502, 503].contains(&answer.status), "{status}: {answer:?}");
        assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open", "{status}");
        app.running.sandbox().faults().clear();
    }
    guest.confirm(&preview, 0).await.ok();
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_change_of_an_order_is_undone_because_the_order_has_a_number() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let before = LAPSHA.balance_minor(&guest).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
    guest.reset(order_id).await.ok();
    let larger = guest.preview_again(order_id, &LAPSHA.larger_cart()).await.ok();
    let most = amount(&larger["spend"]["max_minor"]);
    app.lose_the_next_change();
    guest.confirm_once("change", &larger, most).await.refused(503, "upstream_unavailable");
    assert_eq!(guest.order(order_id).await.ok()["state"], "open");
    assert_eq!(LAPSHA.balance_minor(&guest).await, before, "nothing is frozen");
    let larger = guest.preview_again(order_id, &LAPSHA.larger_cart()).await.ok();
    guest.confirm(&larger, most).await.ok();
    assert_eq!(LAPSHA.balance_minor(&guest).await, before - most);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_reset_is_asked_for_again() {
    for place in [&LAPSHA, &CHASHKA] {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let before = place.balance_minor(&guest).await;
        let preview = guest.preview(&place.cart()).await.ok();
        let order_id = &preview["order_id"];
        guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
        for fault in [Fault::DropAfterCommit, Fault::DropBefore] {
            app.running.sandbox().faults().inject(place.resets_by, fault, 1);
        }
        guest.reset(order_id).await.refused(503, "upstream_unavailable");
        assert_eq!(guest.order(order_id).await.ok()["state"], "confirmed", "nobody knows yet");
        assert_eq!(guest.order(order_id).await.ok()["state"], "open");
        assert_eq!(place.balance_minor(&guest).await, before, "{}", place.restaurant);
        app.finish().await;
    }
}

#[tokio::test]
async fn a_sale_whose_answer_was_lost_is_never_booked_again() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, 5_000).await.ok();
    app.running.sandbox().faults().inject("general/retail", Fault::DropAfterCommit, 1);
    app.post("/demo/till/close", &order(order_id)).await.refused(503, "upstream_unavailable");
    for _ in 0..3 {
        app.post("/demo/till/close", &order(order_id)).await.refused(409, "order_state_conflict");
    }
    assert_eq!(guest.order(order_id).await.ok()["state"], "unknown");
    app.pass(700);
    assert_eq!(guest.order(order_id).await.ok()["state"], "unknown", "no hold's end makes it open");
    assert_eq!(app.accepted(Kind::Closed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_refund_is_asked_for_again_under_its_own_name() {
    let app = TestApp::spawn().await;
    let place = &super::PIROGI;
    let guest = place.guest(&app).await;
    let before = place.balance_minor(&guest).await;
    let preview = guest.preview(&place.cart()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
    app.pay_at_the_till(order_id).await;
    app.running.sandbox().faults().inject("orders/refund", Fault::DropAfterCommit, 1);
    app.post("/demo/till/refund", &order(order_id)).await.refused(503, "upstream_unavailable");
    app.pass(5);
    assert_eq!(app.post("/demo/till/refund", &order(order_id)).await.ok()["state"], "refunded");
    assert_eq!(app.accepted(Kind::Refunded), 1);
    assert_eq!(place.balance_minor(&guest).await, before);
    app.finish().await;
}

//! Preview, spend, confirm, change, confirm again, finish: the same at each restaurant, as far as its system goes.

use serde_json::{Value, json};

use super::{CHASHKA, LAPSHA, PIROGI, PLACES, Place, amount, order};
use crate::test_app::{Guest, TestApp};

#[tokio::test]
async fn each_restaurant_says_what_its_system_can_do() {
    let app = TestApp::spawn().await;
    let mut told = Vec::new();
    for place in PLACES {
        let preview = place.guest(&app).await.preview(&place.cart()).await.ok();
        told.push(preview["capabilities"].clone());
    }
    let expected = [
        json!({
            "spend": "any_amount", "accrual_with_spend": true, "promo_codes": true, "payment_codes": true,
            "cancel": true, "hold_s": null
        }),
        json!({
            "spend": "all_or_nothing", "accrual_with_spend": true, "promo_codes": true,
            "payment_codes": false, "cancel": false, "hold_s": null
        }),
        json!({
            "spend": "any_amount", "accrual_with_spend": false, "promo_codes": false,
            "payment_codes": false, "cancel": true, "hold_s": 600
        }),
    ];
    assert_eq!(told, expected);
    app.finish().await;
}

/// The preview's sums fit one another, and what its capabilities say holds for them.
fn check_preview(preview: &Value) {
    let (spend, capabilities) = (&preview["spend"], &preview["capabilities"]);
    let total = amount(&preview["items_total_minor"]) - amount(&preview["discount_total_minor"]);
    assert_eq!(amount(&preview["total_minor"]), total, "{preview}");
    assert!(amount(&spend["max_minor"]) > 0 && amount(&spend["max_minor"]) <= total, "{preview}");
    assert!(amount(&spend["max_minor"]) <= amount(&preview["guest"]["balance_minor"]), "{preview}");
    assert!(amount(&spend["accrual_without_minor"]) > 0, "{preview}");
    let accrues = amount(&spend["accrual_with_minor"]) > 0;
    assert_eq!(json!(accrues), capabilities["accrual_with_spend"], "{preview}");
    assert_eq!(
        preview["guest"]["rank"]["name"].as_str().expect("a name").trim(),
        preview["guest"]["rank"]["name"]
    );
}

/// A part of the most is taken where any amount is, and refused with the nearest end where it is all or nothing.
async fn spend_a_part(guest: &Guest<'_>, preview: &Value) {
    let most = amount(&preview["spend"]["max_minor"]);
    if preview["capabilities"]["spend"] == "any_amount" {
        let confirmed = guest.confirm(preview, most - 100).await.ok();
        assert_eq!(amount(&confirmed["spend_minor"]), most - 100);
        guest.reset(&preview["order_id"]).await.ok();
        return;
    }
    for (asked, nearest) in [(most - 100, most), (100, 0)] {
        let error = guest.confirm(preview, asked).await.refused(422, "spend_out_of_range");
        assert_eq!(amount(&error["limit_minor"]), nearest);
    }
}

async fn change_and_confirm_again(place: &Place, guest: &Guest<'_>, before: i64) -> Value {
    let preview = guest.preview(&place.cart()).await.ok();
    check_preview(&preview);
    assert_eq!(amount(&preview["guest"]["balance_minor"]), before);
    let order_id = &preview["order_id"];
    spend_a_part(guest, &preview).await;

    let preview = guest.preview_again(order_id, &place.cart()).await.ok();
    let most = amount(&preview["spend"]["max_minor"]);
    let confirmed = guest.confirm(&preview, most).await.ok();
    assert_eq!((&confirmed["state"], amount(&confirmed["spend_minor"])), (&json!("confirmed"), most));
    assert_eq!(amount(&confirmed["to_pay_minor"]), amount(&preview["total_minor"]) - most);
    assert_eq!(confirmed["hold_left_s"], preview["capabilities"]["hold_s"]);
    assert_eq!(place.balance_minor(guest).await, before - most, "what is frozen is set aside");
    guest.preview_again(order_id, &place.cart()).await.refused(409, "order_state_conflict");
    guest.confirm(&preview, most).await.refused(409, "order_state_conflict");

    assert_eq!(guest.reset(order_id).await.ok()["state"], "open");
    assert_eq!(place.balance_minor(guest).await, before, "what was frozen is back");
    let larger = guest.preview_again(order_id, &place.larger_cart()).await.ok();
    guest.confirm(&preview, most).await.refused(409, "preview_outdated");
    let most = amount(&larger["spend"]["max_minor"]);
    let confirmed = guest.confirm(&larger, most).await.ok();
    assert_eq!(amount(&confirmed["to_pay_minor"]), amount(&larger["total_minor"]) - most);
    larger
}

#[tokio::test]
async fn an_order_is_confirmed_changed_confirmed_again_and_finished() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let before = place.balance_minor(&guest).await;
        let preview = change_and_confirm_again(place, &guest, before).await;
        let (order_id, spend) = (&preview["order_id"], &preview["spend"]);
        if preview["capabilities"]["cancel"] == json!(true) {
            let closed = app.post("/demo/till/close", &order(order_id)).await.ok();
            assert_eq!((&closed["state"], &closed["spend_minor"]), (&json!("closed"), &spend["max_minor"]));
            assert_eq!(app.post("/demo/till/close", &order(order_id)).await.ok(), closed, "repeated");
        } else {
            guest.cancel(order_id).await.refused(422, "not_supported");
            app.pay_at_the_till(order_id).await;
        }
        let after = before - amount(&spend["max_minor"]) + amount(&spend["accrual_with_minor"]);
        assert_eq!(place.balance_minor(&guest).await, after, "{}", place.restaurant);
        app.finish().await;
    }
}

#[tokio::test]
async fn nothing_need_be_spent_and_more_is_accrued_then() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let before = place.balance_minor(&guest).await;
        let preview = guest.preview(&place.cart()).await.ok();
        let confirmed = guest.confirm(&preview, 0).await.ok();
        assert_eq!((&confirmed["state"], &confirmed["spend_minor"]), (&json!("confirmed"), &json!(0)));
        assert_eq!(confirmed["hold_left_s"], json!(null), "nothing is held");
        app.pay_at_the_till(&preview["order_id"]).await;
        let after = before + amount(&preview["spend"]["accrual_without_minor"]);
        assert_eq!(place.balance_minor(&guest).await, after, "{}", place.restaurant);
        app.finish().await;
    }
}

#[tokio::test]
async fn a_confirmed_order_is_cancelled_where_a_call_can() {
    for place in [&PIROGI, &CHASHKA] {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let before = place.balance_minor(&guest).await;
        let preview = guest.preview(&place.cart()).await.ok();
        guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
        assert_eq!(guest.cancel(&preview["order_id"]).await.ok()["state"], "aborted");
        assert_eq!(place.balance_minor(&guest).await, before, "{}", place.restaurant);
        guest.confirm(&preview, 0).await.refused(409, "order_state_conflict");
        app.finish().await;
    }
}

#[tokio::test]
async fn a_closed_order_is_taken_back_where_a_call_can() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let before = place.balance_minor(&guest).await;
        let preview = guest.preview(&place.cart()).await.ok();
        let order_id = &preview["order_id"];
        guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
        if place.restaurant != PIROGI.restaurant {
            app.pay_at_the_till(order_id).await;
            app.post("/demo/till/refund", &order(order_id)).await.refused(422, "not_supported");
            app.finish().await;
            continue;
        }
        app.post("/demo/till/refund", &order(order_id)).await.refused(409, "order_state_conflict");
        app.pay_at_the_till(order_id).await;
        let refunded = app.post("/demo/till/refund", &order(order_id)).await.ok();
        assert_eq!((&refunded["state"], &refunded["spend_minor"]), (&json!("refunded"), &json!(0)));
        assert_eq!(app.post("/demo/till/refund", &order(order_id)).await.ok(), refunded, "repeated");
        assert_eq!(
            place.balance_minor(&guest).await,
            before,
            "both the spend and the accrual are taken back"
        );
        app.finish().await;
    }
}

#[tokio::test]
async fn what_a_system_lacks_is_refused_and_nothing_is_sent() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let preview = guest.preview_with_codes(&place.cart(), &["PROMOCODE1", "NOPE"]).await.ok();
        let capabilities = &preview["capabilities"];
        let refusals: Vec<&Value> =
            preview["promo_codes"].as_array().expect("a list").iter().map(|code| &code["refusal"]).collect();
        if capabilities["promo_codes"] == json!(true) {
            assert_eq!(refusals, [&json!(null), &json!("no_effect")], "{}", place.restaurant);
        } else {
            assert_eq!(refusals, [&json!("not_supported"), &json!("not_supported")]);
        }
        let code = guest.post("/api/v1/payment-code", &json!({})).await;
        if capabilities["payment_codes"] == json!(true) {
            assert_eq!(code.ok()["code"], "0000000");
        } else {
            code.refused(422, "not_supported");
        }
        app.finish().await;
    }
}

#[tokio::test]
async fn the_wallet_is_told_where_it_can_be_had_apart_from_an_order() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let wallet = guest.get("/api/v1/wallet").await.ok();
    assert_eq!((&wallet["name"], &wallet["balance_minor"]), (&json!("Ольга"), &json!(87_800)));
    assert_eq!(wallet["rank"]["cashback_bp"], 1_000);
    LAPSHA.guest(&app).await.get("/api/v1/wallet").await.refused(422, "not_supported");
    app.finish().await;
}

#[tokio::test]
async fn an_order_at_the_restaurant_is_known_by_its_number_after_a_restart() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let preview = guest.preview(&LAPSHA.cart()).await.ok();
    let order_id = preview["order_id"].clone();
    guest.confirm(&preview, amount(&preview["spend"]["max_minor"])).await.ok();
    let app = app.restart().await;
    app.pass(120);
    let guest = LAPSHA.guest(&app).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "confirmed");
    assert_eq!(guest.reset(&order_id).await.ok()["state"], "open");
    let larger = guest.preview_again(&order_id, &LAPSHA.larger_cart()).await.ok();
    assert_eq!(guest.confirm(&larger, 0).await.ok()["state"], "confirmed");
    app.finish().await;
}

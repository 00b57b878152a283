//! Registering: what is taken, what is refused, whose the order is, and what becomes of it when it changes.

use futures_util::future::join_all;
use sandbox::Kind;
use serde_json::{Value, json};

use super::confirmed;
use crate::test_app::{IVAN, MARIA, TestApp, cart, dessert, dinner, drink, main_dish};

fn with_dessert() -> Value {
    cart(vec![main_dish(), drink(), dessert()])
}

#[tokio::test]
async fn a_registered_order_is_previewed_confirmed_and_closed() {
    let mut app = TestApp::spawn().await;
    app.trust_no_page();
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let token = merchant.register("table 7 / 42", &dinner()).await;
    assert_eq!(token.len(), 64, "256 bits");
    let path = "table%207%20%2F%2042";
    assert_eq!(merchant.order(path).await["to_pay_minor"], 64_000);

    let preview = guest.preview_of(&token).await.ok();
    assert_eq!(preview["items_total_minor"], 64_000);
    assert_eq!(preview["capabilities"]["cancel"], false, "the restaurant alone cancels it");
    let confirmed = guest.confirm(&preview, 10_000).await.ok();
    assert_eq!((&confirmed["state"], &confirmed["to_pay_minor"]), (&json!("confirmed"), &json!(38_000)));
    let expected = json!({
        "order_ref": "table 7 / 42", "order_id": preview["order_id"], "state": "confirmed", "revision": 1,
        "confirmed_revision": 1, "currency": "RUB", "items_total_minor": 64_000,
        "discount_total_minor": 16_000, "spend_minor": 10_000, "to_pay_minor": 38_000,
        "guest": "+•••••••1122", "refunds": []
    });
    assert_eq!(merchant.order(path).await, expected);

    let closed = merchant.step_anew(path, "close", &json!({})).await.ok();
    assert_eq!((&closed["state"], &closed["spend_minor"]), (&json!("closed"), &json!(10_000)));
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "closed");
    assert_eq!(guest.balance_minor().await, 1_900, "5 % of what was paid in money");
    assert_eq!((app.accepted(Kind::Confirmed), app.accepted(Kind::Closed)), (1, 1));
    app.finish().await;
}

#[tokio::test]
async fn a_page_of_its_own_may_preview_but_not_spend_where_the_restaurant_registers() {
    let mut app = TestApp::spawn().await;
    app.trust_no_page();
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.refused(403, "confirm_not_allowed");
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    app.finish().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_named() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let (good, long) = (dinner(), "r".repeat(65));
    let mut euros = dinner();
    euros["currency"] = json!("EUR");
    for (body, status, code, field) in [
        (json!({"order_ref": "", "cart": good}), 400, "invalid_request", "order_ref"),
        (json!({"order_ref": long, "cart": good}), 400, "invalid_request", "order_ref"),
        (json!({"order_ref": "a\nb", "cart": good}), 400, "invalid_request", "order_ref"),
        (
            json!({"order_ref": "1", "cart": good, "guest_phone": "8 999"}),
            400,
            "invalid_request",
            "guest_phone",
        ),
        (json!({"order_ref": "1", "cart": cart(vec![])}), 422, "empty_cart", "cart.lines"),
        (json!({"order_ref": "1", "cart": euros}), 422, "invalid_cart", "cart.currency"),
    ] {
        let error = merchant.register_with(&body).await.refused(status, code);
        assert_eq!(error["field"], field, "{body}");
    }
    for body in
        [json!({"cart": good}), json!({"order_ref": "1"}), json!({"order_ref": "1", "cart": good, "x": 1})]
    {
        merchant.register_with(&body).await.refused(400, "invalid_request");
    }
    merchant.get("/orders/1").await.refused(404, "unknown_order");
    let mut delivery = dinner();
    delivery["expedition"] = json!("delivery");
    let lapsha = app.merchant_with("demo-merchant-key-of-the-restaurant-lapsha");
    let answer = lapsha.register_with(&json!({"order_ref": "1", "cart": delivery})).await;
    answer.refused(422, "delivery_not_supported");
    app.finish().await;
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_other_contents_are_a_new_revision() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let body = json!({"order_ref": "1", "cart": dinner()});
    let first = merchant.register_with(&body).await;
    assert_eq!(first.status, 201);
    let first = first.json();
    assert_eq!(merchant.register_with(&body).await.ok(), first, "the same token, the same revision");
    let preview = guest.preview_of(first["order_token"].as_str().expect("a token")).await.ok();

    let larger = json!({"order_ref": "1", "cart": with_dessert()});
    let second = merchant.register_with(&larger).await.ok();
    assert_eq!(second["revision"], 2);
    for field in ["order_token", "order_id"] {
        assert_eq!(second[field], first[field]);
    }
    guest.confirm(&preview, 10_000).await.refused(409, "preview_outdated");
    let preview = guest.preview_of(second["order_token"].as_str().expect("a token")).await.ok();
    assert_eq!(preview["items_total_minor"], 93_000);
    guest.confirm(&preview, 10_000).await.ok();
    assert_eq!(merchant.register_with(&larger).await.ok(), second, "also when it is confirmed");
    app.finish().await;
}

#[tokio::test]
async fn at_the_same_time_an_order_is_registered_once() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let body = json!({"order_ref": "1", "cart": dinner()});
    let answers = join_all((0..20).map(|_| merchant.register_with(&body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let first = answers[0].json();
    assert!(answers.iter().all(|answer| answer.json() == first), "{answers:?}");
    app.finish().await;
}

#[tokio::test]
async fn what_is_confirmed_is_replaced_only_after_a_reset() {
    let app = TestApp::spawn().await;
    let (merchant, guest) = (app.merchant(), app.guest(IVAN).await);
    let order = confirmed(&app, &guest, "1", 10_000).await;
    let mut larger = json!({"order_ref": "1", "cart": with_dessert()});
    merchant.register_with(&larger).await.refused(409, "order_state_conflict");
    assert_eq!(merchant.order("1").await["revision"], 1);
    larger["reset"] = json!(true);
    let replaced = merchant.register_with(&larger).await.ok();
    assert_eq!((&replaced["revision"], app.accepted(Kind::Reset)), (&json!(2), 1));
    assert_eq!(guest.balance_minor().await, 10_000, "what was frozen is back");
    assert_eq!(guest.order(&order["order_id"]).await.ok()["state"], "open");

    let preview = guest.preview_of(replaced["order_token"].as_str().expect("a token")).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    merchant.step_anew("1", "close", &json!({})).await.ok();
    larger["cart"] = dinner();
    merchant.register_with(&larger).await.refused(409, "order_state_conflict");
    app.finish().await;
}

#[tokio::test]
async fn an_order_is_the_first_guests_who_previews_it() {
    let app = TestApp::spawn().await;
    let token = app.merchant().register("1", &dinner()).await;
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    let preview = ivan.preview_of(&token).await.ok();
    maria.preview_of(&token).await.refused(404, "unknown_order");
    maria.confirm(&preview, 0).await.refused(404, "unknown_order");
    ivan.preview_of(&token).await.ok();
    ivan.preview_of("not a token").await.refused(404, "unknown_order");
    app.finish().await;
}

#[tokio::test]
async fn at_the_same_time_one_guest_gets_it() {
    let app = TestApp::spawn().await;
    let token = app.merchant().register("1", &dinner()).await;
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    let asked =
        (0..8).map(|turn| if turn % 2 == 0 { ivan.preview_of(&token) } else { maria.preview_of(&token) });
    let answers = join_all(asked).await;
    let got =
        |parity: usize| answers.iter().skip(parity).step_by(2).filter(|answer| answer.status == 200).count();
    assert!((got(0) == 4 && got(1) == 0) || (got(0) == 0 && got(1) == 4), "{answers:?}");
    app.finish().await;
}

#[tokio::test]
async fn an_order_for_one_phone_is_that_guests_alone() {
    let app = TestApp::spawn().await;
    let merchant = app.merchant();
    let body = json!({"order_ref": "1", "cart": dinner(), "guest_phone": MARIA});
    let token =
        merchant.register_with(&body).await.json()["order_token"].as_str().expect("a token").to_owned();
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    ivan.preview_of(&token).await.refused(404, "unknown_order");
    maria.preview_of(&token).await.ok();
    let for_ivan = json!({"order_ref": "1", "cart": dinner(), "guest_phone": IVAN});
    let error = merchant.register_with(&for_ivan).await.refused(409, "order_state_conflict");
    assert_eq!(error["field"], "guest_phone");
    app.finish().await;
}

#[tokio::test]
async fn a_preview_is_of_a_cart_or_of_a_registered_order() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let token = app.merchant().register("1", &dinner()).await;
    for body in
        [json!({"promo_codes": []}), json!({"order_token": token, "cart": dinner(), "promo_codes": []})]
    {
        let error = guest.post("/api/v1/preview", &body).await.refused(400, "invalid_request");
        assert_eq!(error["field"], "cart");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_registered_order_outlives_a_restart() {
    let app = TestApp::spawn().await;
    let token = app.merchant().register("1", &dinner()).await;
    let app = app.restart().await;
    let again = app.merchant().register_with(&json!({"order_ref": "1", "cart": dinner()})).await.ok();
    assert_eq!(again["order_token"], token.as_str());
    app.guest(IVAN).await.preview_of(&token).await.ok();
    app.finish().await;
}

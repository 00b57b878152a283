//! What a guest sees before confirming.

use serde_json::{Value, json};

use crate::test_app::{IVAN, MARIA, TestApp, cart, dessert, dinner, drink, line, main_dish};

#[tokio::test]
async fn the_makers_scenario_is_previewed_whole() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    assert_eq!(preview["currency"], "RUB");
    assert_eq!(preview["guest"]["name"], "Иван");
    assert_eq!(preview["guest"]["balance_minor"], 10_000);
    assert!(preview["guest"]["rank"]["cashback_bp"] == 500, "{preview}");
    assert_eq!(preview["items_total_minor"], 64_000);
    assert_eq!(preview["discount_total_minor"], 16_000, "the drink is a gift: {preview}");
    assert_eq!(preview["total_minor"], 48_000);
    assert_eq!(preview["discounts"].as_array().expect("a list").len(), 1);
    let spend = &preview["spend"];
    assert_eq!((&spend["min_minor"], &spend["max_minor"]), (&json!(0), &json!(10_000)));
    assert_eq!(spend["accrual_without_minor"], 2_400);
    assert_eq!(spend["accrual_with_minor"], 1_900);
    app.finish().await;
}

#[tokio::test]
async fn the_rank_and_its_confirmation_are_told() {
    let app = TestApp::spawn().await;
    let maria = app.guest(MARIA).await.preview(&dinner()).await.ok();
    assert_eq!(maria["guest"]["rank"]["name"], "Платиновый");
    assert_eq!(maria["guest"]["balance_minor"], 123_058);
    let ivan = app.guest(IVAN).await.preview(&dinner()).await.ok();
    let confirmation = &ivan["guest"]["rank"]["confirmation"];
    assert!(confirmation["sum_left_minor"].as_i64().expect("a sum") > 0, "{ivan}");
    assert!(confirmation["hours_left"].as_u64().expect("hours") > 0, "{ivan}");
    app.finish().await;
}

#[tokio::test]
async fn quantities_and_modifiers_count() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let mut soup = line("soup-borsch", "Борщ", "Горячее", 34_000);
    soup["quantity_milli"] = json!(2000);
    soup["modifiers"] = json!([{"code": "mod-sourcream", "name": "Сметана", "quantity_milli": 1000, "unit_price_minor": 4_000}]);
    let preview = guest.preview(&cart(vec![soup])).await.ok();
    assert_eq!(preview["items_total_minor"], 76_000);
    assert_eq!(preview["total_minor"], 76_000);
    // Half of the order: the loyalty system counts the modifiers once, as a part of their line.
    assert_eq!(preview["spend"]["max_minor"], 38_000);
    app.finish().await;
}

#[tokio::test]
async fn a_preview_of_the_same_order_has_its_name_and_a_name_of_its_own() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let first = guest.preview(&dinner()).await.ok();
    let second =
        guest.preview_again(&first["order_id"], &cart(vec![main_dish(), drink(), dessert()])).await.ok();
    assert_eq!(first["order_id"], second["order_id"]);
    assert_ne!(first["preview_id"], second["preview_id"]);
    assert_eq!(second["items_total_minor"], 93_000);
    app.finish().await;
}

#[tokio::test]
async fn a_promo_code_that_works_and_one_that_does_not_are_told_apart() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let cart = cart(vec![main_dish()]);
    let plain = guest.preview(&cart).await.ok();
    let codes = ["UNKNOWN", "PROMOCODE1", "PROMOCODE1"];
    let preview = guest.preview_with_codes(&cart, &codes).await.ok();
    let gain = preview["discount_total_minor"].as_i64().expect("a sum")
        - plain["discount_total_minor"].as_i64().expect("a sum");
    assert_eq!(gain, 10_000);
    let expected = json!([
        {"code": "UNKNOWN", "refusal": "no_effect"},
        {"code": "PROMOCODE1", "refusal": null},
        {"code": "PROMOCODE1", "refusal": "duplicate"}
    ]);
    assert_eq!(preview["promo_codes"], expected);
    app.finish().await;
}

#[tokio::test]
async fn promo_codes_beyond_the_limit_are_refused_and_the_rest_is_calculated() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let codes: Vec<String> = (0..12).map(|number| format!("CODE{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let preview = guest.preview_with_codes(&cart(vec![main_dish()]), &codes).await.ok();
    let refusals: Vec<&Value> =
        preview["promo_codes"].as_array().expect("a list").iter().map(|code| &code["refusal"]).collect();
    assert_eq!(refusals[..10], vec![&json!("no_effect"); 10]);
    assert_eq!(refusals[10..], vec![&json!("too_many"); 2]);
    app.finish().await;
}

#[tokio::test]
async fn carts_that_cannot_be_are_refused_at_their_place() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let error = guest.preview(&cart(Vec::new())).await.refused(422, "empty_cart");
    assert!(error["message"].is_string());
    for quantity in [0, -1000] {
        let mut wrong = main_dish();
        wrong["quantity_milli"] = json!(quantity);
        let error = guest.preview(&cart(vec![drink(), wrong])).await.refused(422, "invalid_cart");
        assert_eq!(error["field"], "cart.lines[1].quantity_milli");
    }
    let mut dollars = dinner();
    dollars["currency"] = json!("USD");
    assert_eq!(guest.preview(&dollars).await.refused(422, "invalid_cart")["field"], "cart.currency");
    let error = guest.preview(&cart(vec![main_dish(); 501])).await.refused(422, "invalid_cart");
    assert_eq!(error["field"], "cart.lines");
    app.finish().await;
}

#[tokio::test]
async fn a_cart_of_five_hundred_lines_is_calculated() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let preview = guest.preview(&cart(vec![drink(); 500])).await.ok();
    assert_eq!(preview["items_total_minor"], 500 * 16_000);
    app.finish().await;
}

#[tokio::test]
async fn names_with_markup_and_emoji_are_only_text() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let strange = line("x", "<script>alert(1)</script> 🥟👨‍👩‍👧 \"' \u{202e}", "<b>", 10_000);
    let preview = guest.preview(&cart(vec![strange])).await.ok();
    assert_eq!(preview["items_total_minor"], 10_000);
    app.finish().await;
}

#[tokio::test]
async fn another_guests_order_is_unknown() {
    let app = TestApp::spawn().await;
    let order_id = app.guest(IVAN).await.preview(&dinner()).await.ok()["order_id"].clone();
    let maria = app.guest(MARIA).await;
    maria.preview_again(&order_id, &dinner()).await.refused(404, "unknown_order");
    maria.order(&order_id).await.refused(404, "unknown_order");
    maria.cancel(&order_id).await.refused(404, "unknown_order");
    maria.reset(&order_id).await.refused(404, "unknown_order");
    for nonsense in ["nonsense", "46b7c469-d99c-4499-acc7-8ca26ea2117d"] {
        maria.preview_again(&json!(nonsense), &dinner()).await.refused(404, "unknown_order");
        maria.order(&json!(nonsense)).await.refused(404, "unknown_order");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_payment_code_keeps_its_leading_zeros() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let code = guest.post("/api/v1/payment-code", &json!({})).await.ok();
    assert_eq!(code, json!({"code": "0000000", "ttl_s": 300}));
    app.finish().await;
}

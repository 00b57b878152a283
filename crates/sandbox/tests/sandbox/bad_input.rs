//! Requests that are wrong, large or strange.

use std::time::Instant;

use serde_json::{Value, json};

use crate::ground::SOON;
use crate::orders::{Cart, close, get, item, plain, roubles};
use crate::stand::{IVAN, MARIA, ORDER, Stand};

/// A calculation of one dish with one modifier, every optional field given.
fn full() -> Value {
    let mut body = Cart::of(IVAN, vec![plain(30_000)]).calculate_body();
    let dish = &mut body["order"]["items"][0];
    dish["discount"] = json!(0);
    dish["extraCharge"] = json!(0);
    dish["product"]["categories"] = json!(["Горячее"]);
    dish["modifiers"] = json!([{
        "modifier": { "code": "mod-honey", "name": "Мёд", "group": null, "categories": [] },
        "price": 50, "cost": 50, "discount": 0, "extraCharge": 0, "quantity": 1,
    }]);
    body["delivery"] = json!({ "expedition": { "type": "delivery" } });
    body["promocodes"] = json!([{ "value": "PROMOCODE1" }]);
    body
}

fn with(pointer: &str, value: Value) -> Value {
    let mut body = full();
    *body.pointer_mut(pointer).expect("a field of the full request") = value;
    body
}

#[tokio::test]
async fn the_full_request_is_taken() {
    let stand = Stand::start().await;
    let loyalty = stand.call("orders/calculate", full()).await.ok();
    assert_eq!(loyalty["loyalty"]["summary"]["discounts"]["total"], json!(100));
}

#[tokio::test]
async fn what_the_description_permits_and_no_till_can_mean_is_refused() {
    let stand = Stand::start().await;
    for (pointer, value) in [
        ("/order/items", json!([])),
        ("/order/items/0/price", json!(0.001)),
        ("/order/items/0/cost", json!(9_999_999_999_999_i64)),
        ("/order/items/0/quantity", json!(0)),
        ("/order/items/0/quantity", json!(0.0001)),
        ("/order/items/0/product/code", json!(" ")),
        ("/order/items/0/modifiers/0/quantity", json!(0)),
    ] {
        stand.call("orders/calculate", with(pointer, value)).await.refused("9004");
    }
    for pointer in ["/promocodes", "/order/items/0/modifiers", "/order/items/0/product/group"] {
        stand.call("orders/calculate", with(pointer, json!(null))).await.ok();
    }
}

#[tokio::test]
async fn a_confirmation_with_loyalty_needs_a_fingerprint_of_the_known_kind() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(30_000)]);
    let fingerprint = cart.fingerprint(&stand).await;
    for loyalty in [
        json!({ "pattern": "fingerprint" }),
        json!({ "pattern": "fingerprint", "fingerprint": null }),
        json!({ "pattern": "simple", "fingerprint": { "value": fingerprint } }),
        json!({ "fingerprint": { "value": fingerprint } }),
        json!({ "pattern": "fingerprint", "fingerprint": {} }),
        json!({ "pattern": "fingerprint", "fingerprint": { "value": fingerprint, "options": { "bonuses": {} } } }),
        json!("fingerprint"),
    ] {
        let mut body = cart.confirm_body(ORDER, &fingerprint, 0);
        body["loyalty"] = loyalty;
        stand.call("orders/confirm", body).await.refused("9004");
    }
    let mut body = cart.confirm_body(ORDER, &fingerprint, 0);
    body["loyalty"] = json!({ "pattern": "fingerprint", "fingerprint": { "value": fingerprint } });
    stand.call("orders/confirm", body).await.ok();
    assert_eq!(stand.balance(IVAN).await, "100", "nothing is spent unless it is asked for");
}

/// The shortest line there is.
fn many(lines: usize) -> Value {
    let line = json!({ "product": { "code": "a", "name": "b" }, "price": 1, "cost": 1, "quantity": 1 });
    let mut body = Cart::of(MARIA, Vec::new()).calculate_body();
    body["order"]["items"] = vec![line; lines].into();
    body
}

#[tokio::test]
async fn a_hundred_thousand_lines_are_refused_at_once_and_what_fits_into_a_body_is_not() {
    let stand = Stand::start().await;
    let body = many(100_000).to_string();
    let start = Instant::now();
    let refusal = stand.call_text("orders/calculate", body).await.refused("9004");
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert!(refusal.contains("length limit"), "{refusal}");

    let loyalty = stand.call("orders/calculate", many(15_000)).await.ok();
    assert_eq!(loyalty["loyalty"]["summary"]["discounts"]["total"], json!(1500));
}

#[tokio::test]
async fn five_hundred_lines_add_up() {
    let stand = Stand::start().await;
    let dishes = (0..500).map(|n| item(&format!("dish-{n}"), "Блюдо", None, 1 + n * 7 % 997)).collect();
    let cart = Cart::of(MARIA, dishes);
    let loyalty = cart.calculate(&stand).await;
    let cents = |value: &Value| (value.as_f64().expect("a number") * 100.0).round();
    let sums = &loyalty["summary"]["discounts"];
    let parts: f64 =
        sums["totalByCode"].as_array().expect("a list").iter().map(|part| cents(&part["total"])).sum();
    assert!(cents(&sums["total"]) > 0.0);
    assert_eq!(parts.to_string(), cents(&sums["total"]).to_string());

    cart.confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["products"].as_array().map(Vec::len), Some(500));
}

#[tokio::test]
async fn names_with_markup_and_emoji_come_back_as_they_were() {
    let stand = Stand::start().await;
    let name = "<script>alert('🥧')</script> \"'; DROP TABLE guest; -- \u{202e}";
    let cart = Cart::of(IVAN, vec![item("'; --", name, Some("🍒"), 12_050)]);
    cart.confirm(&stand, ORDER, 6_025).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["products"][0]["name"], name);
    assert_eq!(order["order"]["products"][0]["group"], "🍒");
    assert_eq!(order["order"]["sumToPay"], roubles(6_025));
}

#[tokio::test]
async fn a_discount_from_outside_is_in_the_cost_already() {
    let stand = Stand::start().await;
    let mut discounted = plain(40_000);
    discounted["cost"] = json!(360);
    let mut charged = plain(10_000);
    charged["cost"] = json!(110);
    let cart = Cart::of(IVAN, vec![discounted, charged]);
    let loyalty = cart.calculate(&stand).await;
    // 5 % of 470.
    assert_eq!(loyalty["summary"]["bonuses"]["min"]["accruals"]["total"], json!(23.5));
    cart.confirm(&stand, ORDER, 0).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["fullSum"], json!(500));
    assert_eq!(order["order"]["sumToPay"], json!(470));
}

//! Requests that are wrong, large or strange.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::orders::{Cart, close, get, item, plain, roubles};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request};

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

fn without(object: &str, field: &str) -> Value {
    let mut body = full();
    let object = body.pointer_mut(object).and_then(Value::as_object_mut).expect("an object");
    object.remove(field).expect("a field of the full request");
    body
}

#[tokio::test]
async fn the_full_request_is_taken() {
    let stand = Stand::start().await;
    let loyalty = stand.call("orders/calculate", full()).await.ok();
    assert_eq!(loyalty["loyalty"]["summary"]["discounts"]["total"], json!(100));
}

#[tokio::test]
async fn a_missing_field_is_named() {
    let stand = Stand::start().await;
    for (object, field) in [
        ("", "order"),
        ("", "organization"),
        ("/organization", "id"),
        ("/organization", "type"),
        ("/guest", "type"),
        ("/order", "openedAt"),
        ("/order", "items"),
        ("/order/items/0", "product"),
        ("/order/items/0", "price"),
        ("/order/items/0", "cost"),
        ("/order/items/0", "quantity"),
        ("/order/items/0/product", "code"),
        ("/order/items/0/product", "name"),
        ("/order/items/0/modifiers/0", "discount"),
        ("/delivery", "expedition"),
        ("/promocodes/0", "value"),
    ] {
        let message = stand.call("orders/calculate", without(object, field)).await.refused("9004");
        assert!(message.contains(field), "{object}/{field}: {message}");
    }
}

#[tokio::test]
async fn an_unknown_field_is_named_wherever_it_is() {
    let stand = Stand::start().await;
    for object in
        ["", "/order", "/organization", "/guest", "/order/items/0", "/order/items/0/product", "/promocodes/0"]
    {
        let mut body = full();
        body.pointer_mut(object).expect("an object")["surprise"] = json!(1);
        let message = stand.call("orders/calculate", body).await.refused("9004");
        assert!(message.contains("surprise"), "{object}: {message}");
    }
}

#[tokio::test]
async fn wrong_values_are_refused() {
    let stand = Stand::start().await;
    let item = "/order/items/0";
    for (pointer, value) in [
        ("/order", json!(null)),
        ("/order", json!([])),
        ("/guest", json!(null)),
        ("/delivery", json!(null)),
        ("/delivery/expedition/type", json!("drone")),
        ("/guest/type", json!("card")),
        ("/guest/phone", json!(79_990_001_122_i64)),
        ("/guest/phone", json!("")),
        ("/organization/type", json!("uuid")),
        ("/organization/id", json!(4_174_244)),
        ("/order/openedAt", json!("01.03.2026")),
        ("/order/items", json!([])),
        ("/order/items", json!({})),
        (&format!("{item}/price"), json!("300")),
        (&format!("{item}/price"), json!(null)),
        (&format!("{item}/price"), json!(-1)),
        (&format!("{item}/price"), json!(0.001)),
        (&format!("{item}/price"), json!(1e300)),
        (&format!("{item}/cost"), json!(-0.01)),
        (&format!("{item}/cost"), json!(9_999_999_999_999_i64)),
        (&format!("{item}/discount"), json!(-1)),
        (&format!("{item}/discount"), json!(null)),
        (&format!("{item}/quantity"), json!(0)),
        (&format!("{item}/quantity"), json!(-2)),
        (&format!("{item}/quantity"), json!(0.0001)),
        (&format!("{item}/product/code"), json!(" ")),
        (&format!("{item}/product/categories"), json!("Горячее")),
        (&format!("{item}/modifiers/0/quantity"), json!(0)),
        ("/promocodes", json!(["PROMOCODE1"])),
    ] {
        let shown = format!("{pointer} = {value}");
        let answer = stand.call("orders/calculate", with(pointer, value)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{shown}: {}", answer.text);
        answer.refused("9004");
    }
    stand.call("orders/calculate", with("/promocodes", json!(null))).await.ok();
    stand.call("orders/calculate", with("/order/items/0/modifiers", json!(null))).await.ok();
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let stand = Stand::start().await;
    let valid = guest_request(IVAN).to_string();
    for text in ["", "null", "[]", "{", "{}", "\u{0}", &valid[..valid.len() / 2], &format!("{valid} {valid}")]
    {
        stand.call_text("guests/get", text.to_owned()).await.refused("9004");
    }
    let deep = "[".repeat(100_000);
    stand.call_text("guests/get", deep).await.refused("9004");
    let huge = format!("{{\"guest\":\"{}\"}}", "x".repeat(2 << 20));
    stand.call_text("guests/get", huge).await.refused("9004");
}

#[tokio::test]
async fn a_wrong_order_id_is_refused() {
    let stand = Stand::start().await;
    for id in [
        json!("1"),
        json!(1),
        json!(null),
        json!(""),
        json!("46b7c469d99c4499acc78ca26ea2117d"),
        json!("{46b7c469-d99c-4499-acc7-8ca26ea2117d}"),
    ] {
        stand.call("orders/get", json!({ "id": id })).await.refused("9004");
    }
    let no_time = json!({ "id": ORDER, "closedAt": null });
    stand.call("orders/close", no_time).await.refused("9004");
    stand.call("orders/reset", json!({ "id": ORDER })).await.refused("9004");
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

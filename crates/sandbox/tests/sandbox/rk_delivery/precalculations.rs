//! The precalculation: what it answers, and that it changes nothing.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{ANNA, Basket, DENIS, STRANGER, Site, burger, salads};
use crate::books::Books;
use crate::stand::Stand;

/// A pizza with cheese twice, each with a spoon and a half of sauce.
fn pizza(portions: Value) -> Value {
    json!({
        "id": "B5A5E2E8-958E-765C-2822-D5CF7C60DF01", "name": "Пицца", "price": 450.5, "quantity": portions,
        "measure": { "value": 0.35, "unit": "кг" },
        "ingredients": [{
            "id": "b5a5e2e8-958e-765c-2822-d5cf7c60df02", "name": "Сыр", "price": 40.25, "quantity": 2,
            "ingredients": [{
                "id": "b5a5e2e8-958e-765c-2822-d5cf7c60df03", "name": "Соус", "price": 0.33, "quantity": 1.5,
            }],
        }],
    })
}

#[tokio::test]
async fn ingredients_count_by_the_portion_and_the_dishes_are_answered_as_they_were_asked() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let amount = site.precalculate(&Basket::of(ANNA, vec![pizza(json!(1.5))])).await;
    // 450.50 × 1.5 = 675.75; 40.25 × 2 × 1.5 = 120.75; 0.33 × 1.5 × 2 × 1.5 = 1.485, half up 1.49.
    assert_eq!(amount["orderAmount"], json!(797.99));
    let mut echoed = pizza(json!(1.5));
    echoed["discount"] = json!(0);
    assert_eq!(amount["dishList"], json!([echoed]));
}

#[tokio::test]
async fn it_changes_nothing() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(ANNA, vec![burger()]).with_bonuses()).await;
    site.reset(&number).await.ok();
    let books = Books::of(&stand);
    let before = books.snapshot();
    for phone in [DENIS, ANNA, STRANGER] {
        site.precalculate(&Basket::of(phone, vec![salads(2)]).with_bonuses()).await;
    }
    site.precalculate(&Basket { number, ..Basket::of(ANNA, vec![salads(1)]) }).await;
    assert_eq!(books.snapshot(), before);
}

#[tokio::test]
async fn without_loyalty_there_is_no_block() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let mut body = Basket::of(DENIS, vec![salads(7)]).precalculation();
    body["useLoyalty"] = json!(false);
    let amount = site.call(Method::POST, "orders/delivery", &body).await.ok()["result"]["amount"].take();
    assert_eq!(amount.get("loyaltyAmount"), None);
    assert_eq!((&amount["totalAmount"], &amount["orderAmount"]), (&json!(1400), &json!(1400)));
    assert_eq!(amount["discounts"]["total"], json!(1400));
}

#[tokio::test]
async fn a_phone_is_the_same_with_a_plus_and_without() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let without = site.precalculate(&Basket::of(DENIS, vec![salads(1)])).await;
    assert_eq!(site.precalculate(&Basket::of("+79990003344", vec![salads(1)])).await, without);
}

#[tokio::test]
async fn only_promo_codes_that_do_something_are_told() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let mut basket = Basket::of(DENIS, vec![salads(1)]);
    let without = site.block(&basket).await;
    basket.promo_codes = vec!["НЕТ-ТАКОГО"];
    assert_eq!(site.block(&basket).await, without);
    basket.promo_codes = vec!["НЕТ-ТАКОГО", " promocode1", "PROMOCODE1"];
    let block = site.block(&basket).await;
    assert_eq!(block["loyaltyPromo"], json!([" promocode1"]));
    assert_eq!(block["loyaltyDiscountAmount"], json!(100));
}

#[tokio::test]
async fn an_order_that_is_brought_has_an_address_and_one_for_later_a_time() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let mut body = Basket::of(DENIS, vec![salads(1)]).precalculation();
    body["expeditionType"] = json!("delivery");
    body["address"] = json!({ "city": "Москва", "street": "Мира", "house": "1", "flat": 2 });
    body["soonest"] = json!(false);
    body["expectedAt"] = json!("2026-03-01T15:00:00.000+03:00");
    let amount = site.call(Method::POST, "orders/delivery", &body).await.ok()["result"]["amount"].take();
    assert_eq!(amount["deliveryAmount"], json!(0));
    assert_eq!(amount["discountDeliveryAmount"], json!(null));
}

#[tokio::test]
async fn the_fingerprint_has_the_makers_fields_and_does_not_depend_on_the_bonuses() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(7)]);
    let block = site.block(&basket).await;
    let text = block["fingerPrint"].as_str().expect("a text");
    let parts: Value = serde_json::from_slice(&STANDARD.decode(text).expect("Base64")).expect("JSON");
    assert_eq!((&parts["Pattern"], &parts["DiscountSum"]), (&json!(0), &json!(140)));
    assert!(i32::try_from(parts["OrderHash"].as_i64().expect("an integer")).is_ok(), "{parts}");
    assert_eq!(site.block(&basket.clone().with_bonuses()).await["fingerPrint"], block["fingerPrint"]);
    let other = Basket { dishes: vec![salads(8)], ..basket };
    assert_ne!(site.block(&other).await["fingerPrint"], block["fingerPrint"]);
}

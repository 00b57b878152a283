//! An order is held to its precalculation: whatever of it was changed since, or made up, is refused.

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{ANNA, Basket, DENIS, Site, burger, refused, salads};
use crate::books::Books;
use crate::stand::Stand;

#[tokio::test]
async fn each_sum_is_held_against_the_precalculation() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    for uses_bonuses in [false, true] {
        let basket = Basket { uses_bonuses, ..Basket::of(DENIS, vec![salads(2)]) };
        let block = site.block(&basket).await;
        let books = Books::of(&stand);
        let before = books.snapshot();
        for pointer in [
            "/totalAmount",
            "/loyaltyDiscountAmount",
            "/bonuses/guestBalance",
            "/bonuses/maxBonusesForPayment",
            "/bonuses/accrualWithPayment",
            "/bonuses/accrualWithoutPayment",
        ] {
            for by in [-1, 1] {
                let mut forged = block.clone();
                let sum = forged.pointer_mut(pointer).expect("a sum");
                let hundredths = (sum.as_f64().expect("a number") * 100.0).round();
                let text = format!("{:.2}", (hundredths + f64::from(by)) / 100.0);
                *sum = serde_json::from_str(&text).expect("a number");
                let answer = site.call(Method::POST, "orders", &basket.creation(&forged)).await;
                refused(&answer, 409);
            }
        }
        let mut turned = block.clone();
        turned["useLoyaltyBonusPayments"] = json!(!uses_bonuses);
        refused(&site.call(Method::POST, "orders", &basket.creation(&turned)).await, 409);
        let mut body = basket.creation(&block);
        body["discounts"] =
            json!({ "discount": 0, "total": 1, "discountList": [], "useRk7Discounts": false });
        assert_eq!(refused(&site.call(Method::POST, "orders", &body).await, 400).0, "discounts.total");
        assert_eq!(books.snapshot(), before);
    }
}

#[tokio::test]
async fn a_fingerprint_is_of_no_use_for_another_order() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    let block = site.block(&basket).await;
    let mut brought = basket.creation(&block);
    brought["expeditionType"] = json!("delivery");
    brought["address"] = json!({ "street": "Мира" });
    let mut renamed = basket.clone();
    renamed.dishes[0]["name"] = json!("Салат");
    let mut cheaper = basket.clone();
    cheaper.dishes[0]["price"] = json!(100);
    let books = Books::of(&stand);
    let before = books.snapshot();
    for body in [
        Basket { phone: ANNA, ..basket.clone() }.creation(&block),
        Basket { restaurant: super::SADOVAYA, ..basket.clone() }.creation(&block),
        Basket { dishes: vec![salads(1), burger()], ..basket.clone() }.creation(&block),
        renamed.creation(&block),
        cheaper.creation(&block),
        brought,
    ] {
        refused(&site.call(Method::POST, "orders", &body).await, 409);
    }
    assert_eq!(books.snapshot(), before);
    let answer = site.call(Method::POST, "orders", &basket.creation(&block)).await;
    answer.status_is(StatusCode::CREATED);
}

#[tokio::test]
async fn each_part_of_a_fingerprint_binds() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(7)]);
    let mut block = site.block(&basket).await;
    let text = block["fingerPrint"].as_str().expect("a text").to_owned();
    let parts: Value = serde_json::from_slice(&STANDARD.decode(&text).expect("Base64")).expect("JSON");
    for (part, value) in [
        ("Pattern", json!(1)),
        ("OrderHash", json!(7)),
        ("DiscountSum", json!(141)),
        ("Digest", json!("")),
        ("Promocodes", json!(["PROMOCODE1"])),
    ] {
        let mut forged = parts.clone();
        forged[part] = value;
        block["fingerPrint"] = json!(STANDARD.encode(forged.to_string()));
        refused(&site.call(Method::POST, "orders", &basket.creation(&block)).await, 409);
    }
    for nonsense in
        ["", "?", "e30=", "eyJQYXR0ZXJuIjowLCJPcmRlckhhc2giOjI1NzQ0ODc3OSwiRGlzY291bnRTdW0iOjE2MC4wMH0="]
    {
        block["fingerPrint"] = json!(nonsense);
        let answer = site.call(Method::POST, "orders", &basket.creation(&block)).await;
        assert_eq!(refused(&answer, 400).0, "loyaltyCalculation.fingerPrint", "{nonsense}");
    }
    assert_eq!(stand.done(), []);
}

#[tokio::test]
async fn a_precalculation_that_time_or_another_order_has_overtaken_is_refused() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(ANNA, vec![burger()]).with_bonuses();
    let body = basket.creation(&site.block(&basket).await);
    site.number(&basket).await;
    // The 3.21 are frozen for the first order.
    refused(&site.call(Method::POST, "orders", &body).await, 409);
    assert_eq!(site.balance(ANNA).await, "0");
}

//! The makers' examples: asked as they ask, answered as they answer, to the hundredth and to the letter.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{ANNA, Basket, DENIS, MIRA, Site, burger, salads};
use crate::stand::Stand;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../../upstream/tests/upstream/fixtures/rk_delivery/", $name, ".json"))
    };
}

/// The JSON with every number written in one way, so that 100.00 is 100, and without the fingerprint, whose hash is
/// nobody's to know.
fn plain(mut value: Value) -> Value {
    fn tidy(value: &mut Value) {
        match value {
            Value::Number(number) => {
                let hundredths = number.as_f64().expect("a number") * 100.0;
                assert!((hundredths - hundredths.round()).abs() < 1e-6, "{number}");
                *value = json!(format!("{:.0}", hundredths.round()));
            }
            Value::Array(items) => items.iter_mut().for_each(tidy),
            Value::Object(fields) => fields.values_mut().for_each(tidy),
            _ => {}
        }
    }
    if let Some(fingerprint) = value.pointer_mut("/result/amount/loyaltyAmount/fingerPrint") {
        fingerprint.take();
    }
    tidy(&mut value);
    value
}

async fn answer(site: &Site<'_>, basket: &Basket) -> Value {
    plain(site.call(Method::POST, "orders/delivery", &basket.precalculation()).await.ok())
}

fn documented(text: &str) -> Value {
    plain(serde_json::from_str(text).expect("a fixture"))
}

#[tokio::test]
async fn half_of_200_is_payable_and_5_per_cent_come_back() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    assert_eq!(answer(&site, &basket).await, documented(fixture!("precalculated_bonuses")));
    let without = site.precalculate(&Basket { uses_bonuses: false, ..basket }).await;
    assert_eq!(without["totalAmount"], json!(200));
    assert_eq!(without["loyaltyAmount"]["loyaltyDiscountAmount"], json!(0));
    assert_eq!(without["loyaltyAmount"]["bonuses"]["maxBonusesForPayment"], json!(100));
    assert_eq!(without["discounts"]["total"], json!(200));
}

#[tokio::test]
async fn ten_per_cent_from_1000_leave_1260_of_1400_and_no_bonuses() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(7)]).with_bonuses();
    assert_eq!(answer(&site, &basket).await, documented(fixture!("precalculated_discount")));
}

#[tokio::test]
async fn a_promo_code_of_100_leaves_1300_of_1400() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let mut basket = Basket::of(DENIS, vec![salads(7)]).with_bonuses();
    basket.promo_codes.push("PROMOCODE1");
    // The makers' campaign begins with a Latin letter, which nobody would type on purpose.
    let expected = fixture!("precalculated_promo_code").replace("\"C\u{43a}идка", "\"\u{421}кидка");
    assert_eq!(answer(&site, &basket).await, documented(&expected));
}

#[tokio::test]
async fn of_100_a_balance_of_3_21_may_be_spent_and_2_per_cent_come_back() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let block = site.block(&Basket::of(ANNA, vec![burger()])).await;
    assert_eq!(
        block["bonuses"],
        json!({
            "guestBalance": 3.21, "rankName": "Бронзовый", "maxBonusesForPayment": 3.21,
            "accrualWithPayment": 1.94, "accrualWithoutPayment": 2,
        })
    );
}

#[tokio::test]
async fn the_precalculation_of_the_example_is_taken_as_it_is() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let body = serde_json::from_str(fixture!("precalculate.request")).expect("a fixture");
    let answer = site.call(Method::POST, "orders/delivery", &body).await.ok();
    let amount = &answer["result"]["amount"];
    // The example's guest is nobody's here: one who joins has the lowest rank and nothing.
    assert_eq!(amount["loyaltyAmount"]["bonuses"]["rankName"], "Бронзовый");
    assert_eq!(amount["loyaltyAmount"]["bonuses"]["guestBalance"], json!(0));
    assert_eq!(amount["loyaltyAmount"]["loyaltyPromo"], json!(["PROMOCODE1"]));
    assert_eq!(amount["totalAmount"], json!(100));
}

/// The example with this sandbox's guest and fingerprint in it.
fn with_own(text: &str, phone: Option<&str>, fingerprint: &Value) -> Value {
    let mut body: Value = serde_json::from_str(text).expect("a fixture");
    body["loyaltyCalculation"]["fingerPrint"] = fingerprint.clone();
    if let Some(phone) = phone {
        body["guest"]["phone"] = json!(phone);
    }
    body
}

#[tokio::test]
async fn the_order_of_the_example_is_made() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(7), salads(1)]).with_bonuses();
    let block = site.block(&basket).await;
    let body = with_own(fixture!("create.request"), Some(DENIS), &block["fingerPrint"]);
    assert_eq!(body["restaurantId"], MIRA);
    let answer = site.call(Method::POST, "orders", &body).await;
    answer.status_is(StatusCode::CREATED);
    assert_eq!(answer.json(), json!({ "result": { "orderId": "1" } }));
}

#[tokio::test]
async fn the_change_of_the_example_is_made() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(ANNA, vec![salads(1)])).await;
    site.reset(&number).await.ok();
    let block = site.block(&Basket { number: number.clone(), ..Basket::of(ANNA, vec![burger()]) }).await;
    let body = with_own(fixture!("change.request"), None, &block["fingerPrint"]);
    let answer = site.change(&number, &body).await.ok();
    assert_eq!(answer, json!({ "result": { "orderId": number } }));
}

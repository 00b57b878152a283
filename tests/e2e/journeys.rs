//! What a guest does from the phone to the confirmed bonuses, in each place where a widget can stand.

use sandbox::ledger::Kind;
use serde_json::{Value, json};

use crate::browser::Part;
use crate::embedding::Embedding;
use crate::pages::PHONE;
use crate::stage::{IVAN, Stage};

/// A cart of one dish at 480, and so many of it.
fn cart(portions: u32) -> Value {
    json!({
        "currency": "RUB",
        "expedition": "pickup",
        "lines": [{
            "code": "pelmeni",
            "name": "Пельмени",
            "quantity_milli": 1000 * portions,
            "unit_price_minor": 48_000,
            "modifiers": [],
        }],
    })
}

/// A widget that stands so and has a cart.
async fn with_cart(embedding: Embedding) -> Stage {
    let stage = Stage::embedded(embedding).await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.restaurant().hand_over(cart(1)).await;
    stage
}

async fn bonuses_are_spent_and_spent_anew_on_a_changed_cart(embedding: Embedding) {
    let stage = with_cart(embedding).await;
    stage.log_in(IVAN).await;
    stage.browser.widget().line_is("На счёте", "100 бонусов").await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("70,50").await;
    stage.preview().asks_for("409,50 ₽").await;
    stage.preview().confirm_spend("70,50 бонуса").await;
    stage.confirmed().shows("70,50 бонуса", "409,50 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!((&told["state"], &told["to_pay_minor"]), (&json!("confirmed"), &json!(40_950)));

    stage.restaurant().hand_over(cart(2)).await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.preview().asks_for("889,50 ₽").await;
    stage.preview().confirm_spend("70,50 бонуса").await;
    stage.confirmed().shows("70,50 бонуса", "889,50 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bonuses_are_spent_in_the_restaurants_page() {
    bonuses_are_spent_and_spent_anew_on_a_changed_cart(Embedding::Element).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bonuses_are_spent_in_a_frame_of_another_site() {
    bonuses_are_spent_and_spent_anew_on_a_changed_cart(Embedding::Frame).await;
}

async fn a_lost_network_takes_nothing_away(embedding: Embedding) {
    let stage = with_cart(embedding).await;
    stage.login().type_phone(IVAN).await;
    stage.browser.set_offline(true).await;
    stage.login().submit_phone().await;
    stage.browser.widget().shows("Нет связи.").await;
    stage.browser.widget().field_is(PHONE, IVAN).await;
    stage.browser.set_offline(false).await;
    stage.preview().retry().await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_takes_nothing_away_in_the_restaurants_page() {
    a_lost_network_takes_nothing_away(Embedding::Element).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_takes_nothing_away_in_a_frame_of_another_site() {
    a_lost_network_takes_nothing_away(Embedding::Frame).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_frame_of_another_site_nothing_of_a_login_is_kept_where_its_cookies_are_blocked() {
    let stage = with_cart(Embedding::Frame).await;
    let origins = stage.browser.run_in(Part::Widget, "return location.hostname", Vec::new()).await;
    assert_eq!((stage.address.contains("//127.0.0.1:"), origins), (true, json!("localhost")), "two sites");
    stage.log_in(IVAN).await;
    stage.browser.open(&stage.address).await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.finish().await;
}

//! What a guest does from the phone to the confirmed bonuses and the payment code, in each place where a widget can stand,
//! by what a restaurant's developer has there.

use sandbox::ledger::Kind;
use serde_json::json;

use crate::browser::Part;
use crate::embedding::Embedding;
use crate::host::portions;
use crate::pages::{CODE, PHONE, another_code};
use crate::stage::{IVAN, Setting, Stage};
use crate::symbols::eight_digits;

/// The journeys in each place: one test for each of both.
macro_rules! in_each_place {
    ($($journey:ident),+ $(,)?) => {
        mod in_the_restaurants_page {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() {
                super::$journey(super::Embedding::Element).await;
            })+
        }

        mod in_a_frame_of_another_site {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() {
                super::$journey(super::Embedding::Frame).await;
            })+
        }

        mod at_a_kiosk {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() {
                super::$journey(super::Embedding::Kiosk).await;
            })+
        }
    };
}

in_each_place!(
    bonuses_are_spent_and_spent_anew_on_a_changed_order,
    a_wrong_code_is_told_and_the_right_one_lets_the_guest_in,
    a_promo_code_counts_until_it_is_removed,
    a_payment_code_is_shown_for_what_is_confirmed,
    what_is_confirmed_can_be_given_up,
    a_network_lost_at_the_phone_takes_nothing_away,
    a_network_lost_at_the_confirm_spends_once,
);

/// A widget that stands so and has an order of one dish for 480.
async fn with_order(embedding: Embedding) -> Stage {
    let stage = Stage::embedded(embedding).await;
    begin(&stage).await;
    stage
}

async fn begin(stage: &Stage) {
    stage.browser.hears("loyalty-ready", 1).await;
    stage.hand_over(portions(1)).await;
}

async fn bonuses_are_spent_and_spent_anew_on_a_changed_order(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.log_in(IVAN).await;
    assert_eq!(stage.browser.heard("loyalty-login").await, [json!({})]);
    stage.browser.widget().line_is("На счёте", "100 бонусов").await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("70").await;
    stage.preview().asks_for("410 ₽").await;
    stage.preview().confirm_spend("70 бонусов").await;
    stage.confirmed().shows("70 бонусов", "410 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!((&told["state"], &told["to_pay_minor"]), (&json!("confirmed"), &json!(41_000)));

    stage.hand_over(portions(2)).await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.browser.widget().shows("Заказ изменился, бонусы вернулись на счёт.").await;
    stage.preview().asks_for("890 ₽").await;
    stage.preview().confirm_spend("70 бонусов").await;
    stage.confirmed().shows("70 бонусов", "890 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed]);
    stage.finish().await;
}

async fn a_wrong_code_is_told_and_the_right_one_lets_the_guest_in(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&another_code(&code)).await;
    stage.browser.widget().shows("Код не подошёл").await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

async fn a_promo_code_counts_until_it_is_removed(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().add_promo("PROMOCODE1").await;
    stage.browser.widget().shows("применён").await;
    stage.preview().asks_for("380 ₽").await;
    let is_told = async |_| {
        let told = stage.browser.heard("loyalty-preview").await;
        told.last().is_some_and(|told| told["to_pay_minor"] == json!(38_000))
    };
    stage.browser.page().until("is told what is to be paid", is_told).await;
    stage.preview().remove_promo("PROMOCODE1").await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

async fn a_payment_code_is_shown_for_what_is_confirmed(embedding: Embedding) {
    const GIVEN: u32 = 12_345;
    let payment_codes = sandbox::PaymentCodes::listed([GIVEN]);
    let setting = Setting { page: embedding.page(), embedding, payment_codes, ..Setting::default() };
    let stage = Stage::with(setting).await;
    begin(&stage).await;
    stage.log_in(IVAN).await;
    stage.preview().slide_to_most().await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.confirmed().show_payment_code().await;
    stage.payment_code().scans_as(&eight_digits(GIVEN)).await;
    let told = stage.browser.hears("loyalty-payment-code", 1).await;
    assert_eq!(told, json!({ "ttl_s": 300 }), "and never the code");
    stage.payment_code().leave().await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.finish().await;
}

async fn what_is_confirmed_can_be_given_up(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.log_in(IVAN).await;
    stage.preview().slide_to_most().await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.confirmed().cancel().await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.browser.widget().shows("Списание отменено, бонусы вернулись на счёт.").await;
    stage.browser.widget().line_is("На счёте", "100 бонусов").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Aborted]);
    stage.finish().await;
}

async fn a_network_lost_at_the_phone_takes_nothing_away(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.login().type_phone(IVAN).await;
    stage.browser.set_offline(true).await;
    stage.login().submit_phone().await;
    stage.browser.widget().shows("Нет связи.").await;
    stage.browser.widget().field_is(PHONE, IVAN).await;
    stage.browser.set_offline(false).await;
    stage.preview().retry().await;
    stage.browser.widget().has("textbox", CODE).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

async fn a_network_lost_at_the_confirm_spends_once(embedding: Embedding) {
    let stage = with_order(embedding).await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("70").await;
    stage.preview().asks_for("410 ₽").await;
    stage.browser.set_offline(true).await;
    stage.preview().confirm_spend("70 бонусов").await;
    stage.browser.widget().shows("Нет связи.").await;
    stage.browser.set_offline(false).await;
    stage.preview().retry().await;
    stage.confirmed().shows("70 бонусов", "410 ₽").await;
    stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_frame_of_another_site_nothing_of_a_login_is_kept_where_its_cookies_are_blocked() {
    let stage = with_order(Embedding::Frame).await;
    let origins = stage.browser.run_in(Part::Widget, "return location.hostname", Vec::new()).await;
    assert_eq!((stage.address.contains("//127.0.0.1:"), origins), (true, json!("localhost")), "two sites");
    stage.log_in(IVAN).await;
    stage.browser.open(&stage.address).await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.finish().await;
}

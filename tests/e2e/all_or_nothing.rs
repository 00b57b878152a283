//! «Лапша»: all or nothing is spent, the confirm gives the order to the restaurant, orders are fetched.

use sandbox::ledger::Kind;
use serde_json::json;

use crate::pages::PHONE;
use crate::stage::{DENIS, LAPSHA, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_spends_all_changes_the_order_and_confirms_again() {
    let stage = Stage::at(LAPSHA).await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    restaurant.fill_contacts().await;
    // A salad of 200, noodles of 390.
    restaurant.cart_is("590 ₽").await;
    stage.log_in(DENIS).await;
    widget.line_is("На счёте", "1 230,58 бонуса").await;
    widget.shows("Уровень «Платиновый»").await;
    preview.offers_all_or_nothing("295 бонусов").await;
    widget.shows("К оплате 295 ₽ вместо 590 ₽").await;
    widget.shows("После подтверждения заказ уйдёт в ресторан.").await;
    preview.asks_for("590 ₽").await;

    preview.switch("295 бонусов").await;
    preview.asks_for("295 ₽").await;
    restaurant.asks_for("295 ₽").await;
    preview.confirm_spend("295 бонусов").await;
    stage.confirmed().is_sent("295 бонусов", "295 ₽").await;
    assert_eq!(stage.confirmed().offers().await, ["Изменить"], "no cancel and no payment code");
    assert!(stage.hold().is_absent().await);
    assert_eq!(stage.browser.hears("loyalty-confirm", 1).await["spend_minor"], json!(29_500));

    restaurant.add("Чай улун").await;
    widget.shows("Заказ изменился, бонусы вернулись на счёт.").await;
    widget.shows("Заказ изменился: теперь спишется 370 бонусов.").await;
    preview.offers_all_or_nothing("370 бонусов").await;
    preview.asks_for("370 ₽").await;
    preview.confirm_spend("370 бонусов").await;
    stage.confirmed().is_sent("370 бонусов", "370 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed]);

    restaurant.place().await;
    restaurant.says("Заказ оформлен. К оплате 370 ₽").await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;
    assert_eq!(stage.orders_done().last(), Some(&Kind::Closed), "at the restaurant's own till");

    stage.browser.page().press("Собрать новый заказ").await;
    restaurant.cart_is("590 ₽").await;
    widget.has("textbox", PHONE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_amount_between_nothing_and_all_is_ever_offered_or_told() {
    let stage = Stage::at(LAPSHA).await;
    let (restaurant, preview) = (stage.restaurant(), stage.preview());
    stage.log_in(DENIS).await;
    preview.switch("295 бонусов").await;
    for (more, all) in [("Чай улун", "370 бонусов"), ("Салат Мимоза", "470 бонусов")]
    {
        restaurant.add(more).await;
        preview.offers_all_or_nothing(all).await;
    }
    preview.switch("470 бонусов").await;
    preview.asks_for("940 ₽").await;
    let told = stage.browser.heard("loyalty-preview").await;
    for preview in &told {
        let spend = &preview["spend_minor"];
        let all = &preview["spend"]["max_minor"];
        assert!(*spend == json!(0) || spend == all, "{preview}");
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_shown_of_what_this_restaurant_cannot_do() {
    let stage = Stage::at(LAPSHA).await;
    stage.log_in(DENIS).await;
    let widget = stage.browser.widget();
    assert!(!widget.has_now("button", "Код для кассы").await, "no payment code");
    assert!(!stage.restaurant().offers_delivery().await, "no delivery");
    // Where a promo code works no bonuses may be spent: there is no switch then either.
    stage.preview().add_promo("PROMOCODE1").await;
    widget.shows("На этот заказ бонусы списать нельзя").await;
    stage.preview().asks_for("490 ₽").await;
    assert!(widget.names("switch").await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_to_be_brought_says_why_it_has_no_bonuses() {
    let stage = Stage::at(LAPSHA).await;
    stage.log_in(DENIS).await;
    let line = json!({ "code": "b5a5e2e8-958e-765c-2822-d5cf7c60df7d", "name": "Салат Мимоза", "category": null,
        "quantity_milli": 1000, "unit_price_minor": 20_000, "modifiers": [] });
    let cart = json!({ "currency": "RUB", "expedition": "delivery", "lines": [line] });
    stage.hand_over(cart).await;
    stage.browser.widget().alerts("Бонусы действуют, если забрать заказ самому.").await;
    stage.finish().await;
}

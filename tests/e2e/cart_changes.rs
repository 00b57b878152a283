//! The cart changes while the guest is in the widget: what the guest does is not interrupted, and no sum of a former cart
//! is shown as if it were of this one.

use std::time::Duration;

use sandbox::faults::Fault;
use sandbox::ledger::Kind;
use serde_json::{Value, json};

use crate::pages::{PROMO, SPEND};
use crate::stage::{IVAN, MARIA, Stage};

/// Longer than everything else a page waits for.
const SLOW: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn focus_and_what_is_typed_survive_a_recalculation() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("70").await;
    widget.type_over(PROMO, "PROMO").await;
    assert_eq!(widget.focused().await, PROMO);

    // The host's page changes the cart on its own: no press takes the focus away.
    stage.restaurant().hand_over(cart(&[("Пельмени домашние", 48_000, 2000)])).await;
    preview.asks_for("890 ₽").await;
    assert_eq!(widget.focused().await, PROMO);
    widget.field_is(PROMO, "PROMO").await;
    preview.spend_is("70", "−70 ₽").await;
    widget.type_into(PROMO, "CODE1").await;
    widget.field_is(PROMO, "PROMOCODE1").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_typed_sum_survives_a_recalculation() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("7").await;
    stage.restaurant().hand_over(cart(&[("Пельмени домашние", 48_000, 2000)])).await;
    preview.asks_for("953 ₽").await;
    assert_eq!(widget.focused().await, SPEND);
    widget.type_into(SPEND, "5").await;
    widget.field_is(SPEND, "75").await;
    preview.asks_for("885 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_an_outdated_cart_is_never_shown() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(MARIA).await;
    let previews = stage.browser.heard("loyalty-preview").await.len();
    stage.demo.sandbox().faults().inject("orders/calculate", Fault::Delay(SLOW), 1);

    restaurant.add("Медовик").await;
    widget.shows("Пересчитываем…").await;
    restaurant.add("Борщ").await;
    widget.line_is("Заказ", "1 270 ₽").await;
    tokio::time::sleep(SLOW + Duration::from_millis(500)).await;
    widget.line_is("Заказ", "1 270 ₽").await;
    let told = stage.browser.heard("loyalty-preview").await;
    let totals: Vec<&Value> = told.iter().skip(previews).map(|detail| &detail["items_total_minor"]).collect();
    assert!(!totals.is_empty() && totals.iter().all(|total| **total == json!(127_000)), "{totals:?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_recalculated_cannot_be_confirmed() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    stage.demo.sandbox().faults().inject("orders/calculate", Fault::Delay(SLOW), 1);
    restaurant.add("Медовик").await;
    widget.press("Пересчитываем…").await;
    widget.line_is("Заказ", "930 ₽").await;
    assert!(stage.browser.heard("loyalty-confirm").await.is_empty(), "nothing was confirmed");
    assert!(stage.orders_done().is_empty(), "nothing was frozen");
    preview.confirm().await;
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_limit_lowers_the_spend_and_says_why() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("100").await;
    restaurant.add("Чай").await;
    preview.spend_is("100", "−100 ₽").await;
    widget.is_calm().await;
    // Without the pelmeni and the gift, tea for 190 is left: at most half of it.
    restaurant.remove("Пельмени домашние").await;
    restaurant.remove("Морс клюквенный 0,4 л").await;
    widget.line_is("Заказ", "190 ₽").await;
    let limit = widget.until_limit().await;
    widget.alerts(&format!("Заказ изменился: теперь можно списать не больше {limit}.")).await;
    preview.confirm_spend(&limit).await;
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_cart_asks_for_a_dish_and_keeps_the_choice() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("50").await;
    restaurant.remove("Пельмени домашние").await;
    restaurant.remove("Морс клюквенный 0,4 л").await;
    widget.shows("Добавьте что-нибудь в заказ, и мы посчитаем бонусы и скидки.").await;
    restaurant.says("Пока пусто.").await;
    assert!(!widget.has_now("button", "Применить к заказу").await, "there is nothing to confirm");

    restaurant.add("Пирог с говядиной").await;
    preview.spend_is("50", "−50 ₽").await;
    preview.asks_for("510 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_changed_while_it_is_being_confirmed_is_confirmed_again() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    stage.demo.sandbox().faults().inject("orders/confirm", Fault::Delay(SLOW), 1);
    preview.confirm().await;
    restaurant.add("Медовик").await;
    widget.shows("Проверьте суммы и подтвердите ещё раз.").await;
    widget.line_is("Заказ", "930 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);
    assert!(stage.browser.heard("loyalty-confirm").await.is_empty(), "the host never hears of the former cart");
    preview.confirm().await;
    restaurant.asks_for("770 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quantities_and_modifiers_change_the_sums() {
    let stage = Stage::open().await;
    let (restaurant, preview) = (stage.restaurant(), stage.preview());
    stage.log_in(MARIA).await;
    preview.asks_for("640 ₽").await;
    restaurant.more("Пельмени домашние").await;
    restaurant.cart_is("1 120 ₽").await;
    // 10 % from 1000 on.
    preview.asks_for("1 008 ₽").await;
    restaurant.less("Пельмени домашние").await;
    restaurant.tick("Сметана, +40 ₽").await;
    restaurant.cart_is("680 ₽").await;
    preview.asks_for("680 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_with_markup_and_emoji_are_shown_as_they_are() {
    let stage = Stage::open().await;
    let name = "<img src=x onerror=\"document.title='взлом'\"> 🥟 & «Ёж» \u{202e}кот";
    stage.log_in(IVAN).await;
    stage.restaurant().hand_over(cart(&[(name, 70_000, 1000)])).await;
    stage.preview().asks_for("700 ₽").await;
    stage.preview().confirm().await;
    stage.browser.hears("loyalty-confirm", 1).await;
    let title = stage.browser.run("return document.title", Vec::new()).await;
    assert_eq!(title, "Оформление заказа · Пироги да Фрукты");
    stage.finish().await;
}

/// A cart of dishes by name, price in kopecks and quantity in thousandths.
fn cart(dishes: &[(&str, i64, i64)]) -> Value {
    let line = |(index, (name, price, quantity)): (usize, &(&str, i64, i64))| {
        json!({
            "code": format!("dish-{index}"),
            "name": name,
            "category": "Горячее",
            "quantity_milli": quantity,
            "unit_price_minor": price,
            "modifiers": [],
        })
    };
    let lines: Vec<Value> = dishes.iter().enumerate().map(line).collect();
    json!({ "currency": "RUB", "expedition": "pickup", "lines": lines })
}

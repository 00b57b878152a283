//! What can be in a cart, as the preview shows it: quantities, modifiers, and names a program could take for markup.

use std::time::Duration;

use sandbox::Fault;
use serde_json::json;

use crate::stage::{IVAN, MARIA, Stage};

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
async fn names_with_markup_and_emoji_do_no_harm() {
    let stage = Stage::open().await;
    let name = "<img src=x onerror=\"document.title='взлом'\"> 🥟 & «Ёж» \u{202e}кот";
    let line = json!({
        "code": "dish", "name": name, "category": null,
        "quantity_milli": 1000, "unit_price_minor": 70_000, "modifiers": [],
    });
    stage.log_in(IVAN).await;
    stage.hand_over(json!({ "currency": "RUB", "expedition": "pickup", "lines": [line] })).await;
    stage.preview().asks_for("700 ₽").await;
    stage.preview().confirm().await;
    stage.browser.hears("loyalty-confirm", 1).await;
    let title = stage.browser.run("return document.title", Vec::new()).await;
    assert_eq!(title, "Оформление заказа · Пироги да Фрукты");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_cannot_be_is_told_and_mended_by_the_next_cart() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(MARIA).await;
    preview.type_spend("70").await;
    for (round, quantity_milli) in [0, -1000].into_iter().enumerate() {
        let line = json!({
            "code": "pie", "name": "Пирог", "category": null,
            "quantity_milli": quantity_milli, "unit_price_minor": 42_000, "modifiers": [],
        });
        let cart = json!({ "currency": "RUB", "expedition": "pickup", "lines": [line] });
        stage.hand_over(cart).await;
        widget
            .alerts("В заказе есть позиция, которую нельзя посчитать. Проверьте количество и состав.")
            .await;
        let told = stage.browser.hears("loyalty-error", round + 1).await;
        assert_eq!(told, json!({ "code": "invalid_cart" }));

        stage.restaurant().tick("Сметана, +40 ₽").await;
        preview.asks_for(if round == 0 { "610 ₽" } else { "570 ₽" }).await;
        preview.spend_is("70", "−70 ₽").await;
        widget.is_calm().await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_recalculated_cannot_be_confirmed() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    stage.demo.sandbox().faults().inject("orders/calculate", Fault::Delay(Duration::from_secs(3)), 1);
    restaurant.add("Медовик").await;
    widget.press("Пересчитываем…").await;
    widget.line_is("Заказ", "930 ₽").await;
    assert!(stage.browser.heard("loyalty-confirm").await.is_empty(), "nothing was confirmed");
    assert!(stage.orders_done().is_empty(), "nothing was frozen");
    preview.confirm().await;
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.finish().await;
}

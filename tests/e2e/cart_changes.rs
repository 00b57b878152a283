//! The host changes the cart under the guest's hands: the preview follows in place, and nothing outdated is ever shown.

use std::time::Duration;

use fantoccini::key::Key;
use sandbox::Fault;
use sandbox::ledger::Kind;
use serde_json::{Value, json};

use crate::pages::{PROMO, SPEND};
use crate::stage::{IVAN, MARIA, Stage};

/// Presses a button of the restaurant's page without taking the focus, as a page does that changes the cart by itself.
async fn page_does(stage: &Stage, button: &str) {
    const PRESS: &str = "
        const name = (button) => (button.ariaLabel ?? button.textContent).replaceAll('\u{a0}', ' ');
        [...document.querySelectorAll('button')].find((button) => name(button) === arguments[0]).click();
    ";
    stage.browser.run(PRESS, vec![json!(button)]).await;
}

fn items_total(preview: &Value) -> i64 {
    preview["items_total_minor"].as_i64().expect("a preview has a sum")
}

#[tokio::test(flavor = "multi_thread")]
async fn focus_typed_text_and_the_chosen_spend_survive_a_change_of_the_cart() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, preview) = (stage.browser.widget(), stage.preview());
    preview.type_spend("70,5").await;
    widget.type_over(PROMO, "PROMO").await;
    widget.slide_caret(PROMO, Key::Left).await;
    page_does(&stage, "Добавить Медовик, 290 ₽").await;
    preview.asks_for("699,50 ₽").await;
    assert_eq!(widget.focused().await, PROMO, "the guest goes on typing where they were");
    widget.type_where_focused("X").await;
    widget.field_is(PROMO, "PROMXO").await;
    preview.spend_is("70,50", "−70,50 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spend_being_typed_is_not_rewritten_by_a_change_of_the_cart() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, preview) = (stage.browser.widget(), stage.preview());
    preview.type_spend("7,").await;
    page_does(&stage, "Добавить Медовик, 290 ₽").await;
    preview.asks_for("763 ₽").await;
    assert_eq!(widget.holds(SPEND).await, "7,");
    assert_eq!(widget.focused().await, SPEND);
    widget.type_where_focused("25").await;
    preview.asks_for("762,75 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spend_above_the_new_limit_is_lowered_and_the_reason_is_told() {
    let stage = Stage::open().await;
    stage.log_in(MARIA).await;
    let (widget, preview) = (stage.browser.widget(), stage.preview());
    widget.shows("Можно списать до 320 бонусов").await;
    preview.slide_to_most().await;
    preview.asks_for("320 ₽").await;
    page_does(&stage, "Убрать Морс клюквенный 0,4 л").await;
    widget.shows("Заказ изменился: теперь можно списать не больше 240 бонусов.").await;
    preview.spend_is("240", "−240 ₽").await;
    preview.asks_for("240 ₽").await;

    // The limit rises again, the choice does not rise by itself.
    page_does(&stage, "Добавить Морс клюквенный 0,4 л, 160 ₽").await;
    preview.asks_for("400 ₽").await;
    preview.spend_is("240", "−240 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_on_which_bonuses_are_forbidden_says_so() {
    let stage = Stage::open().await;
    stage.log_in(MARIA).await;
    stage.preview().slide_to_most().await;
    page_does(&stage, "Больше: Пельмени домашние").await;
    stage.browser.widget().shows("На этот заказ бонусы списать нельзя").await;
    stage.preview().asks_for("1 008 ₽").await;
    stage.preview().confirm().await;
    stage.browser.widget().shows("Скидки учтены в сумме.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_answer_to_an_outdated_cart_is_never_shown() {
    let stage = Stage::open().await;
    stage.log_in(MARIA).await;
    stage.preview().asks_for("640 ₽").await;
    let slow = Fault::Delay(Duration::from_millis(2500));
    stage.demo.sandbox().faults().inject("orders/calculate", slow, 1);
    stage.restaurant().add("Медовик").await;
    stage.browser.widget().has("button", "Пересчитываем…").await;
    // The slow request is on its way by now; the next one overtakes it.
    tokio::time::sleep(Duration::from_millis(400)).await;
    stage.restaurant().remove("Медовик").await;
    stage.restaurant().tick("Сметана, +40 ₽").await;
    stage.preview().asks_for("680 ₽").await;

    tokio::time::sleep(Duration::from_secs(3)).await;
    stage.preview().asks_for("680 ₽").await;
    let heard = stage.browser.heard("loyalty-preview").await;
    assert!(
        heard.iter().all(|preview| items_total(preview) != 93_000),
        "the host never hears of it: {heard:?}"
    );
    assert_eq!(heard.last().map(items_total), Some(68_000));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_changes_while_it_is_confirmed_is_confirmed_again() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, preview) = (stage.browser.widget(), stage.preview());
    preview.type_spend("70").await;
    let slow = Fault::Delay(Duration::from_millis(1500));
    stage.demo.sandbox().faults().inject("orders/confirm", slow, 1);
    preview.confirm_spend("70 бонусов").await;
    page_does(&stage, "Добавить Медовик, 290 ₽").await;

    widget.shows("Заказ изменился, бонусы вернулись на счёт. Проверьте суммы и подтвердите ещё раз.").await;
    preview.asks_for("700 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);
    assert!(stage.browser.heard("loyalty-confirm").await.is_empty(), "the host hears of no outdated sum");
    preview.confirm_spend("70 бонусов").await;
    stage.confirmed().shows("70 бонусов", "700 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_cart_asks_for_dishes_and_comes_back_with_the_spend() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let widget = stage.browser.widget();
    stage.preview().type_spend("70").await;
    stage.restaurant().remove("Морс клюквенный 0,4 л").await;
    stage.restaurant().remove("Пельмени домашние").await;
    widget.shows("Добавьте что-нибудь в заказ, и мы посчитаем бонусы и скидки.").await;
    assert!(widget.line("К оплате").await.is_none(), "there is nothing to pay");
    stage.restaurant().add("Борщ").await;
    widget.hides("Добавьте что-нибудь в заказ").await;
    stage.preview().spend_is("70", "−70 ₽").await;
    stage.preview().asks_for("270 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_page_may_hand_a_cart_over_while_it_is_told() {
    let stage = Stage::open().await;
    let listen = "const element = document.querySelector('loyalty-checkout');
        const cart = (price) => ({ currency: 'RUB', expedition: 'pickup', lines: [{ code: 'dish', name: 'Блюдо',
            category: null, quantity_milli: 1000, unit_price_minor: price, modifiers: [] }] });
        element.addEventListener('loyalty-login', () => element.updateCart(cart(50000)), { once: true });
        element.addEventListener('loyalty-preview', () => element.updateCart(cart(70000)), { once: true });";
    stage.browser.run(listen, Vec::new()).await;
    stage.log_in(MARIA).await;
    stage.preview().asks_for("700 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_page_may_take_the_widget_away_while_it_is_told() {
    let stage = Stage::open().await;
    let listen = "const element = document.querySelector('loyalty-checkout');
        element.addEventListener('loyalty-preview', () => element.remove(), { once: true });";
    stage.browser.run(listen, Vec::new()).await;
    stage.log_in(MARIA).await;
    stage.finish().await;
}

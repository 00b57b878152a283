//! Orders that the restaurant's server has registered: the page has a token and decides nothing.

use sandbox::ledger::Kind;
use serde_json::{Value, json};

use crate::host::{Host, cart};
use crate::stage::{IVAN, MARIA, Stage};

/// A page that has no cart, at a restaurant where nothing can be spent on a page's cart; logged in, with the token of an
/// order of so many portions.
async fn with_order(portions: u32) -> Stage {
    let mut stage = Host::plain().open().await;
    let reloaded = stage.demo.reload(|config| config.restaurants[0].spend_on_page_cart = false);
    reloaded.expect("this takes no restart");
    stage.browser.hears("loyalty-ready", 1).await;
    let token = stage.merchant().register(portions, false).await;
    hand_over(&stage, &token).await;
    stage.log_in(IVAN).await;
    stage
}

async fn hand_over(stage: &Stage, token: &str) {
    let set = "document.querySelector('loyalty-checkout').orderToken = arguments[0]";
    stage.browser.run(set, vec![json!(token)]).await;
}

/// What the proxy has of the order: its state, what is spent, what is to be paid.
async fn kept(stage: &Stage) -> Value {
    let order = stage.merchant().order().await;
    json!([order["state"], order["spend_minor"], order["to_pay_minor"]])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_order_is_calculated_confirmed_and_closed() {
    let stage = with_order(1).await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.browser.widget().shows("Заказ передан в ресторан.").await;
    assert!(!stage.confirmed().offers().await.contains(&"Отменить".to_owned()), "that is the restaurant's");
    assert_eq!(kept(&stage).await, json!(["confirmed", 10_000, 38_000]));
    stage.merchant().close().await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Closed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_the_page_is_calculated_as_soon_as_the_guest_is_there() {
    let stage = Host::plain().open().await;
    let token = stage.merchant().register(1, false).await;
    let anew = "
        const element = document.createElement('loyalty-checkout');
        element.setAttribute('restaurant', 'pirogi');
        element.setAttribute('order-token', arguments[0]);
        document.querySelector('loyalty-checkout').replaceWith(element);
        return element.orderToken.length";
    assert_eq!(stage.browser.run(anew, vec![json!(token)]).await, json!(64));
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_cart_changes_nothing_of_a_registered_order() {
    let stage = with_order(1).await;
    let mut dear = cart();
    dear["lines"][0]["unit_price_minor"] = json!(9_000_000);
    stage.hand_over(dear.clone()).await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "cart_and_token" }));
    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.hand_over(dear).await;
    stage.browser.hears("loyalty-error", 2).await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    assert_eq!(kept(&stage).await, json!(["confirmed", 10_000, 38_000]));
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_takes_the_place_of_a_cart_and_that_is_told() {
    let stage = Host::plain().open_with_cart().await;
    let token = stage.merchant().register(2, false).await;
    hand_over(&stage, &token).await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "cart_and_token" }));
    assert_eq!(stage.with_widget("return widget.cart ?? null").await, Value::Null);
    stage.log_in(IVAN).await;
    stage.preview().asks_for("960 ₽").await;
    // Without its token the order is the page's to say again.
    stage.with_widget("widget.orderToken = null").await;
    stage.hand_over(cart()).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replaced_contents_are_calculated_again_and_asked_for_anew() {
    let stage = with_order(1).await;
    stage.preview().type_spend("100").await;
    stage.merchant().register(2, false).await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.browser.widget().shows("Суммы изменились. Проверьте их и подтвердите ещё раз.").await;
    stage.browser.widget().line_is("Заказ", "960 ₽").await;
    assert_eq!(stage.orders_done(), [], "what was not seen is not confirmed");
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "860 ₽").await;
    assert_eq!(kept(&stage).await, json!(["confirmed", 10_000, 86_000]));
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_has_the_widget_look_at_replaced_contents() {
    let stage = with_order(1).await;
    stage.preview().type_spend("100").await;
    stage.merchant().register(2, false).await;
    stage.with_widget("widget.updateCart()").await;
    stage.preview().asks_for("860 ₽").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "860 ₽").await;

    // The order has not changed: what is confirmed stays.
    stage.with_widget("widget.updateCart()").await;
    stage.merchant().register(1, true).await;
    stage.with_widget("widget.updateCart()").await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.preview().asks_for("380 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);
    assert_eq!(stage.browser.heard("loyalty-error").await, [] as [Value; 0]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_unknown_or_anothers_is_told_and_a_good_one_taken_afterwards() {
    let stage = with_order(1).await;
    stage.preview().asks_for("480 ₽").await;
    hand_over(&stage, &"0".repeat(64)).await;
    stage.browser.widget().alerts("Этот заказ не найден или уже оформлен. Спросите в ресторане.").await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "unknown_order" }));
    let token = stage.merchant().register(1, false).await;
    hand_over(&stage, &token).await;
    stage.preview().asks_for("480 ₽").await;
    stage.browser.widget().is_calm().await;

    stage.browser.widget().press("Выйти").await;
    stage.login().ask_for_code(MARIA).await;
    let code = stage.inbox().code_for(MARIA).await;
    stage.login().enter_code(&code).await;
    assert_eq!(stage.browser.hears("loyalty-error", 2).await, json!({ "code": "unknown_order" }));
    stage.finish().await;
}

//! The guest's network is lost at every step: one sentence, a retry, and nothing typed or chosen is lost.

use sandbox::ledger::Kind;

use crate::pages::{CODE, PHONE};
use crate::stage::{IVAN, Stage};

const OFFLINE: &str = "Нет связи. Проверьте интернет и повторите: всё, что вы ввели, сохранилось.";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_with_the_network_at_any_step() {
    let stage = Stage::open().await;
    let (browser, widget) = (&stage.browser, stage.browser.widget());
    let (restaurant, preview) = (stage.restaurant(), stage.preview());

    stage.login().type_phone(IVAN).await;
    browser.set_offline(true).await;
    stage.login().submit_phone().await;
    widget.alerts(OFFLINE).await;
    widget.field_is(PHONE, IVAN).await;
    browser.set_offline(false).await;
    preview.retry().await;
    widget.has("textbox", CODE).await;

    let code = stage.inbox().code_for(IVAN).await;
    browser.set_offline(true).await;
    stage.login().enter_code(&code).await;
    widget.alerts(OFFLINE).await;
    widget.field_is(CODE, &code).await;
    browser.set_offline(false).await;
    preview.retry().await;
    preview.asks_for("480 ₽").await;

    preview.type_spend("40").await;
    browser.set_offline(true).await;
    restaurant.add("Медовик").await;
    widget.alerts(OFFLINE).await;
    restaurant.cart_is("930 ₽").await;
    browser.set_offline(false).await;
    preview.retry().await;
    preview.spend_is("40", "−40 ₽").await;
    preview.asks_for("730 ₽").await;

    browser.set_offline(true).await;
    preview.confirm_spend("40 бонусов").await;
    widget.alerts(OFFLINE).await;
    preview.spend_is("40", "−40 ₽").await;
    browser.set_offline(false).await;
    preview.retry().await;
    stage.confirmed().shows("40 бонусов", "730 ₽").await;

    browser.set_offline(true).await;
    stage.confirmed().show_payment_code().await;
    widget.alerts(OFFLINE).await;
    stage.confirmed().shows("40 бонусов", "730 ₽").await;
    browser.set_offline(false).await;
    preview.retry().await;
    widget.shows("Действует ещё").await;
    stage.payment_code().leave().await;

    browser.set_offline(true).await;
    stage.confirmed().change().await;
    widget.alerts(OFFLINE).await;
    browser.set_offline(false).await;
    preview.retry().await;
    preview.spend_is("40", "−40 ₽").await;
    preview.asks_for("730 ₽").await;

    preview.confirm_spend("40 бонусов").await;
    stage.confirmed().shows("40 бонусов", "730 ₽").await;
    browser.set_offline(true).await;
    stage.confirmed().cancel().await;
    widget.alerts(OFFLINE).await;
    browser.set_offline(false).await;
    preview.retry().await;
    widget.shows("Списание отменено, бонусы вернулись на счёт.").await;

    let done = [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Aborted];
    assert_eq!(stage.orders_done(), done, "each step was done once");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_till_can_be_paid_after_the_network_is_back() {
    let stage = Stage::open().await;
    let restaurant = stage.restaurant();
    restaurant.choose_pickup().await;
    restaurant.fill_contacts().await;
    stage.log_in(IVAN).await;
    stage.preview().confirm().await;
    stage.browser.hears("loyalty-confirm", 1).await;
    restaurant.place().await;
    stage.browser.set_offline(true).await;
    restaurant.pay().await;
    restaurant.says("Касса не ответила. Повторите оплату: дважды она не спишется.").await;
    stage.browser.set_offline(false).await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Closed]);
    stage.finish().await;
}

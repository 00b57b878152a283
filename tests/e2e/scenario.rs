//! The documented scenario: the guest changes the order after bonuses were applied to it.

use sandbox::ledger::Kind;
use serde_json::json;

use crate::stage::{IVAN, Setting, Stage};
use crate::symbols::eight_digits;

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_spends_bonuses_adds_a_dessert_confirms_again_and_pays() {
    const CODE: u32 = 12_345;
    let codes = sandbox::PaymentCodes::listed([CODE]);
    let stage = Stage::with(Setting { payment_codes: codes, ..Setting::default() }).await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());

    restaurant.choose_pickup().await;
    restaurant.fill_contacts().await;
    // Pelmeni 480, mors 160, which is the gift.
    restaurant.cart_is("640 ₽").await;
    stage.log_in(IVAN).await;
    widget.shows("Иван, ваши бонусы").await;
    widget.line_is("На счёте", "100 бонусов").await;
    widget.line_is("Заказ", "640 ₽").await;
    widget.shows("−160 ₽").await;
    widget.shows("Можно списать до 100 бонусов").await;
    preview.asks_for("480 ₽").await;

    // 5 % of 480, and of the 380 left when 100 are spent.
    widget.shows("+24").await;
    widget.shows("+19").await;
    preview.slide_to_most().await;
    preview.spend_is("100", "−100 ₽").await;
    preview.asks_for("380 ₽").await;
    let told = stage.browser.hears("loyalty-preview", 2).await;
    assert_eq!((&told["spend_minor"], &told["to_pay_minor"]), (&json!(10_000), &json!(38_000)));

    preview.confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!((&told["state"], &told["to_pay_minor"]), (&json!("confirmed"), &json!(38_000)));
    restaurant.asks_for("380 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);

    restaurant.add("Медовик").await;
    stage.browser.hears("loyalty-reset", 1).await;
    widget.shows("Заказ изменился, бонусы вернулись на счёт.").await;
    widget.line_is("Заказ", "930 ₽").await;
    preview.spend_is("100", "−100 ₽").await;
    preview.asks_for("670 ₽").await;
    restaurant.asks_for("670 ₽").await;

    preview.confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "670 ₽").await;
    restaurant.asks_for("670 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed]);

    stage.confirmed().show_payment_code().await;
    stage.payment_code().scans_as(&eight_digits(CODE)).await;
    stage.payment_code().leave().await;

    restaurant.place().await;
    restaurant.says("Заказ оформлен. К оплате 670 ₽").await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;

    let done = [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Closed];
    assert_eq!(stage.orders_done(), done);
    let books = stage.demo.sandbox().ledger().expect("the books open");
    let closed = books.last().expect("the close is in the books");
    assert_eq!(
        (closed.kind, closed.payment.minor(), closed.accrual.minor(), closed.discount.minor()),
        (Kind::Closed, 10_000, 3350, 16_000),
        "100 are written off, 5 % of the 670 paid are accrued"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_paying_the_next_order_begins_anew() {
    let stage = Stage::open().await;
    let (restaurant, preview) = (stage.restaurant(), stage.preview());
    restaurant.choose_pickup().await;
    restaurant.fill_contacts().await;
    stage.log_in(IVAN).await;
    preview.type_spend("100").await;
    preview.confirm_spend("100 бонусов").await;
    stage.browser.hears("loyalty-confirm", 1).await;
    restaurant.place().await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;

    stage.browser.page().press("Собрать новый заказ").await;
    restaurant.cart_is("640 ₽").await;
    // The gift is used up, the hundred are spent; 5 % of 380 have come.
    stage.browser.widget().line_is("На счёте", "19 бонусов").await;
    preview.asks_for("640 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_spend_is_back_on_the_account() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("70,50").await;
    preview.confirm_spend("70,50 бонуса").await;
    stage.confirmed().shows("70,50 бонуса", "409,50 ₽").await;

    stage.confirmed().cancel().await;
    widget.shows("Списание отменено, бонусы вернулись на счёт.").await;
    widget.line_is("На счёте", "100 бонусов").await;
    stage.restaurant().asks_for("480 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Aborted]);

    preview.confirm().await;
    stage.browser.hears("loyalty-confirm", 2).await;
    stage.finish().await;
}

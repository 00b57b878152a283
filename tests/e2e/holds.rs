//! «Чашка»: what is spent is held for ten minutes; nothing is accrued where bonuses are spent; a level with a discount.

use sandbox::ledger::Kind;

use crate::pages::PROMO;
use crate::stage::{CHASHKA, OLGA, PYOTR, Setting, Stage, movable_clock};

const OVER: &str = "Время вышло, бонусы вернулись на счёт. Проверьте суммы и подтвердите ещё раз.";

/// A stage at «Чашка» with a clock that moves, whose guest has confirmed 100 bonuses.
async fn holding() -> (Stage, clock::Clock) {
    let clock = movable_clock();
    let setting = Setting { page: CHASHKA, clock: clock.clone(), ..Setting::default() };
    let stage = Stage::with(setting).await;
    stage.restaurant().choose_pickup().await;
    stage.log_in(OLGA).await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "480 ₽").await;
    (stage, clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_spends_some_changes_the_order_confirms_again_and_pays() {
    let stage = Stage::at(CHASHKA).await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    restaurant.choose_pickup().await;
    restaurant.fill_contacts().await;
    // A latte of 260, a cheesecake of 320.
    restaurant.cart_is("580 ₽").await;
    stage.log_in(OLGA).await;
    widget.line_is("На счёте", "878 бонусов").await;
    widget.shows("+58").await;
    widget.shows("Если списать бонусы, за этот заказ новые не начислятся.").await;
    widget.hides("при полном списании").await;
    assert!(!widget.has_now("textbox", PROMO).await, "no promo codes here");
    assert!(!widget.has_now("button", "Код для кассы").await, "no payment codes here");
    preview.slide_to_most().await;
    preview.spend_is("580", "−580 ₽").await;
    preview.type_spend("80,50").await;
    preview.asks_for("499,50 ₽").await;
    preview.confirm_spend("80,50 бонуса").await;
    stage.confirmed().shows("80,50 бонуса", "499,50 ₽").await;
    stage.hold().is_between(580, 600).await;

    restaurant.add("Круассан").await;
    widget.shows("Заказ изменился, бонусы вернулись на счёт.").await;
    preview.asks_for("679,50 ₽").await;
    preview.confirm_spend("80,50 бонуса").await;
    stage.confirmed().shows("80,50 бонуса", "679,50 ₽").await;
    restaurant.place().await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;
    assert_eq!(stage.orders_done().last(), Some(&Kind::Closed));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_hold_is_announced_and_leads_back_to_the_choice() {
    let (stage, clock) = holding().await;
    stage.hold().is_between(580, 600).await;
    assert!(!stage.browser.widget().has_now("button", "Продлить").await, "there is time");
    stage.pass_time(&clock, 545).await;
    stage.hold().warns("минуты").await;
    stage.pass_time(&clock, 30).await;
    stage.hold().warns("30 секунд").await;
    stage.pass_time(&clock, 60).await;
    stage.browser.widget().shows(OVER).await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.preview().spend_is("100", "−100 ₽").await;

    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "480 ₽").await;
    stage.hold().is_between(580, 600).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_slept_past_the_end_finds_the_hold_over() {
    let (stage, clock) = holding().await;
    stage.pass_time(&clock, 30 * 60).await;
    stage.browser.widget().shows(OVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_begun_anew_before_its_end() {
    let (stage, clock) = holding().await;
    stage.pass_time(&clock, 560).await;
    stage.hold().extend().await;
    stage.browser.widget().shows("Подтвердите ещё раз, и время начнётся заново.").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.hold().is_between(580, 600).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_spend_can_be_cancelled() {
    let (stage, _clock) = holding().await;
    stage.confirmed().cancel().await;
    stage.browser.widget().shows("Списание отменено, бонусы вернулись на счёт.").await;
    stage.browser.widget().line_is("На счёте", "878 бонусов").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_with_a_discount_shows_it_and_no_bonuses() {
    let stage = Stage::at(CHASHKA).await;
    let widget = stage.browser.widget();
    stage.log_in(PYOTR).await;
    widget.shows("Пётр, ваши скидки").await;
    widget.shows("скидка 7 %").await;
    stage.preview().asks_for("539,40 ₽").await;
    assert!(widget.line("На счёте").await.is_none(), "there is no balance to show");
    widget.hides("Начислим за заказ").await;
    widget.hides("бонусы списать нельзя").await;
    assert!(widget.names("slider").await.is_empty());
    stage.finish().await;
}

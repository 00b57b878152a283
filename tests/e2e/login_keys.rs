//! Logging in by a card or an application's code where the restaurant allows it, and guests the programme does not know.

use crate::pages::{APP_CODE, CARD, PHONE};
use crate::stage::{CHASHKA, LAPSHA, OLGA_CARD, OLGA_CODE, Stage};

const NO_MEMBER: &str = "Этот номер не участвует в программе лояльности ресторана. Введите другой или оформите заказ без бонусов.";

#[tokio::test(flavor = "multi_thread")]
async fn a_card_read_by_a_scanner_logs_in_by_itself() {
    let stage = Stage::at(CHASHKA).await;
    stage.login().choose_way("Войти по карте", CARD).await;
    stage
        .browser
        .widget()
        .until("has the focus in the field", async |area| area.focused().await == CARD)
        .await;
    stage.login().scan(CARD, OLGA_CARD).await;
    stage.browser.hears("loyalty-preview", 1).await;
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    assert!(stage.inbox().messages().await.is_empty(), "no code was sent");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_application_logs_in_by_itself() {
    let stage = Stage::at(CHASHKA).await;
    stage.login().choose_way("По коду из приложения", APP_CODE).await;
    stage.login().scan(APP_CODE, OLGA_CODE).await;
    stage.browser.hears("loyalty-preview", 1).await;
    stage.browser.widget().line_is("На счёте", "878 бонусов").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_nobody_has_is_told_and_stays_to_be_mended() {
    let stage = Stage::at(CHASHKA).await;
    let widget = stage.browser.widget();
    stage.login().choose_way("Войти по карте", CARD).await;
    stage.login().scan(CARD, "2200770012345679").await;
    widget.alerts("Карта не найдена. Проверьте номер или войдите по телефону.").await;
    widget.field_is(CARD, "2200770012345679").await;
    stage.login().scan(CARD, OLGA_CARD).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_field_sends_nothing() {
    let stage = Stage::at(CHASHKA).await;
    stage.login().choose_way("Войти по карте", CARD).await;
    stage.login().scan(CARD, "").await;
    stage.browser.widget().alerts("Заполните это поле.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phone_typed_before_is_there_when_the_guest_comes_back_to_it() {
    let stage = Stage::at(CHASHKA).await;
    stage.login().type_phone("9990005566").await;
    stage.login().choose_way("Войти по карте", CARD).await;
    stage.login().choose_way("Войти по телефону", PHONE).await;
    stage.browser.widget().field_is(PHONE, "+7 999 000-55-66").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_ways_the_restaurant_allows_are_offered() {
    let stage = Stage::at(LAPSHA).await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.login().other_ways().await.is_empty());
    stage.restaurant().leave_for("Чашка").await;
    stage.browser.widget().has("button", "Войти по карте").await;
    assert_eq!(stage.login().other_ways().await, ["Войти по карте", "По коду из приложения"]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widgets_own_page_is_of_the_restaurant_its_address_names() {
    let stage = Stage::at("/embed?restaurant=chashka").await;
    stage.browser.widget().has("button", "Войти по карте").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_member_is_led_back_to_the_phone_and_may_order_all_the_same() {
    let stage = Stage::at(CHASHKA).await;
    let stranger = "+7 999 123-45-67";
    stage.login().ask_for_code(stranger).await;
    let code = stage.inbox().code_for(stranger).await;
    stage.login().enter_code(&code).await;
    stage.browser.widget().alerts(NO_MEMBER).await;
    stage.browser.widget().field_is(PHONE, stranger).await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());

    stage.restaurant().choose_pickup().await;
    stage.restaurant().fill_contacts().await;
    stage.restaurant().place().await;
    stage.restaurant().says("Заказ оформлен.").await;
    stage.finish().await;
}

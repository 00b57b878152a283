//! A barcode scanner that types like a keyboard.

use std::time::Duration;

use serde_json::{Value, json};

use crate::host::cart;
use crate::pages::{KIOSK, PHONE};
use crate::stage::{OLGA_CARD, OLGA_CODE, Stage};

const CHASHKA_KIOSK: &str = "/kiosk?restaurant=chashka&language=ru";

/// Keeps whatever any field has ever held.
const WATCH_FIELDS: &str = "window.fields = []; document.querySelector('loyalty-checkout').shadowRoot
    .addEventListener('input', (event) => fields.push(event.target.value), true)";

async fn at_chashka() -> Stage {
    let stage = super::at(CHASHKA_KIOSK).await;
    stage.kiosk().is_fresh().await;
    stage.kiosk().says("можно поднести к сканеру").await;
    stage.hand_over(cart()).await;
    stage.browser.run(WATCH_FIELDS, Vec::new()).await;
    stage
}

async fn fields(stage: &Stage) -> Value {
    stage.browser.run("return fields", Vec::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_held_to_the_scanner_logs_in_wherever_the_focus_is_and_is_in_no_field() {
    let stage = at_chashka().await;
    stage.kiosk().press_keys("999").await;
    stage.kiosk().scan(OLGA_CARD).await;
    stage.browser.hears("loyalty-preview", 1).await;
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    assert!(stage.inbox().messages().await.is_empty(), "no code was sent");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_as_fast_as_they_come_puts_nothing_into_any_field() {
    let stage = at_chashka().await;
    stage.kiosk().press_keys("999").await;
    // Without a turn of the page's loop between two keys. What a key would have done itself is what it is kept from doing.
    let scan = "return [...arguments[0], 'Enter'].filter((key) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true })))";
    let let_through = stage.browser.run(scan, vec![json!(OLGA_CARD)]).await;
    assert_eq!(let_through, json!([]));
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    assert_eq!(
        fields(&stage).await,
        json!(["9", "+7 99", "+7 999"]),
        "what was pressed, and nothing of the card"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_application_logs_in_while_an_sms_is_awaited() {
    let stage = at_chashka().await;
    stage.kiosk().ask_for_code("9990005566").await;
    stage.kiosk().scan(OLGA_CODE).await;
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    stage.kiosk().scan(OLGA_CARD).await;
    stage.kiosk().says("Вы уже вошли.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_types_a_number_and_presses_enter_is_no_scanner() {
    let stage = at_chashka().await;
    stage.browser.type_every(Duration::from_millis(60), OLGA_CARD).await;
    stage.browser.widget().field_is(PHONE, "+220077001234567").await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_code_and_what_nobody_has_is_refused_in_a_sentence() {
    let stage = at_chashka().await;
    for (scanned, said) in [
        ("2200770012345679", "Такой карты или кода нет."),
        ("AP_4711%OLGA", "Код не прочитался."),
        ("--------", "Код не прочитался."),
        (&"7".repeat(65), "Код не прочитался."),
        ("https://pirogi.example/menu", "Код не прочитался."),
    ] {
        stage.kiosk().scan(scanned).await;
        stage.kiosk().says(said).await;
        stage.kiosk().press_keys("9").await;
        stage.kiosk().page().hides(said).await;
        stage.kiosk().page().press("Очистить").await;
    }
    stage.browser.widget().field_is(PHONE, "").await;
    stage.kiosk().scan(OLGA_CARD).await;
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_cards_are_not_used_the_scanner_says_so() {
    let stage = super::at(KIOSK).await;
    stage.kiosk().is_fresh().await;
    assert!(!stage.kiosk().page().text().await.contains("сканеру"), "nothing is promised");
    stage.kiosk().scan(OLGA_CARD).await;
    stage.kiosk().says("По карте и коду здесь не входят.").await;
    stage.browser.widget().field_is(PHONE, "").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_scanner_says_that_it_cannot_check() {
    let stage = at_chashka().await;
    stage.browser.set_offline(true).await;
    stage.kiosk().scan(OLGA_CARD).await;
    stage.kiosk().says("Сейчас проверить код не получается.").await;
    stage.browser.set_offline(false).await;
    stage.kiosk().scan(OLGA_CARD).await;
    stage.browser.widget().shows("Ольга, ваши бонусы").await;
    stage.finish().await;
}

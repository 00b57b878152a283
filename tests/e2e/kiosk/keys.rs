//! The keys on the screen: by touch alone, by keyboard alone, and before the program is there.

use fantoccini::key::Key;
use serde_json::json;

use super::{MARIA_KEYS, Step, lead_to, with_order};
use crate::embedding::Embedding;
use crate::pages::{CODE, PHONE};
use crate::stage::{MARIA, Stage};

/// What the device's own keyboard and the browser's memory are told of the field.
const FIELD: &str =
    "const field = document.querySelector('loyalty-checkout').shadowRoot.querySelector('input');
    return [field.inputMode, field.autocomplete]";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_gets_to_the_payment_code_by_touching_the_screen_alone() {
    let stage = with_order().await;
    lead_to(&stage, Step::PaymentCode).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_enter_erase_and_clear_as_typing_does() {
    let stage = with_order().await;
    let (kiosk, widget) = (stage.kiosk(), stage.browser.widget());
    kiosk.press_keys(MARIA_KEYS).await;
    widget.field_is(PHONE, MARIA).await;
    kiosk.page().press("Стереть последний знак").await;
    kiosk.page().press("Стереть последний знак").await;
    widget.field_is(PHONE, "+7 999 000-22").await;
    kiosk.press_keys("4").await;
    widget.field_is(PHONE, "+7 999 000-22-4").await;
    widget.slide_caret(PHONE, Key::Home).await;
    widget.slide_caret(PHONE, Key::Right).await;
    widget.slide_caret(PHONE, Key::Right).await;
    kiosk.page().press("Очистить").await;
    widget.field_is(PHONE, "").await;
    assert_eq!(stage.browser.run(FIELD, Vec::new()).await, json!(["none", "off"]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_are_reached_and_moved_among_by_keyboard_alone() {
    let stage = with_order().await;
    let (widget, page) = (stage.browser.widget(), stage.kiosk().page());
    page.until("has the focus in the field", async |area| area.focused().await == PHONE).await;
    // From the field past the button that asks for the code to the keys.
    for _ in 0..4 {
        if page.focused().await == "1" {
            break;
        }
        page.type_where_focused(&char::from(Key::Tab).to_string()).await;
    }
    assert_eq!(page.focused().await, "1");
    for (key, reached) in [
        (Key::Right, "2"),
        (Key::Down, "5"),
        (Key::Down, "8"),
        (Key::Down, "0"),
        (Key::Right, "Стереть последний знак"),
        (Key::Up, "9"),
    ] {
        page.type_where_focused(&char::from(key).to_string()).await;
        assert_eq!(page.focused().await, reached);
    }
    for _ in 0..3 {
        page.type_where_focused(&char::from(Key::Enter).to_string()).await;
    }
    widget.field_is(PHONE, "+7 999").await;
    assert_eq!(page.focused().await, "9", "the focus stays among the keys");
    // Digits of a real keyboard go to the field from anywhere.
    page.type_where_focused("0002233").await;
    widget.field_is(PHONE, MARIA).await;
    widget.press("Получить код").await;
    widget.has("textbox", CODE).await;
    assert!(stage.inbox().code_for(MARIA).await.len() == 6);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_work_before_the_program_is_there_and_nothing_is_lost() {
    let stage = Stage::embedded(Embedding::Kiosk).await;
    let hold_back = "const send = window.fetch;
        window.fetch = (url, options) => String(url).endsWith('.wasm')
            ? new Promise((go) => { window.release = () => go(send(url, options)); })
            : send(url, options);";
    stage.browser.run_first(hold_back).await;
    stage.browser.open(&stage.address).await;
    let (kiosk, widget) = (stage.kiosk(), stage.browser.widget());
    kiosk.press_keys(MARIA_KEYS).await;
    widget.field_is(PHONE, MARIA).await;
    assert!(stage.browser.heard("loyalty-ready").await.is_empty(), "the program is not there yet");
    widget.press("Получить код").await;
    stage.browser.run("release()", Vec::new()).await;
    widget.has("textbox", CODE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promo_code_has_keys_with_letters() {
    let stage = with_order().await;
    let (kiosk, widget) = (stage.kiosk(), stage.browser.widget());
    lead_to(&stage, Step::Preview).await;
    assert!(!kiosk.page().has_now("button", "5").await, "nothing is to be entered");
    widget.type_over(crate::pages::PROMO, "").await;
    kiosk.press_keys("PROMO").await;
    kiosk.page().press("АБВ: Другие буквы").await;
    kiosk.press_keys("КОД").await;
    kiosk.page().press("Очистить").await;
    kiosk.page().press("ABC: Другие буквы").await;
    kiosk.press_keys("PROMOCODE1").await;
    widget.press("Применить").await;
    widget.shows("применён").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_was_sent_is_shown_with_its_end_only() {
    let stage = with_order().await;
    lead_to(&stage, Step::Code).await;
    let widget = stage.browser.widget();
    widget.shows("Отправили код на +7 ••• •••-22-33").await;
    widget.press("Изменить номер").await;
    widget.field_is(PHONE, MARIA).await;
    let is_veiled = "return document.querySelector('loyalty-checkout').hasAttribute('veiled')";
    assert_eq!(stage.browser.run(is_veiled, Vec::new()).await, json!(false), "what is edited is seen");
    stage.browser.pass_time(11).await;
    widget
        .until("hides what nobody types", async |_| stage.browser.run(is_veiled, Vec::new()).await == true)
        .await;
    stage.finish().await;
}

//! The keyboard's focus: its order, that it is always somewhere, and where it is after a screen has gone.

use fantoccini::key::Key;

use crate::pages::{CODE, PHONE, PROMO, SPEND};
use crate::stage::{IVAN, Stage};

/// What has the focus after each of so many presses of the tabulator.
async fn tabbed(stage: &Stage, presses: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..presses {
        stage.browser.widget().press_key(Key::Tab).await;
        names.push(stage.browser.widget().focused().await);
    }
    names
}

/// Waits until this has the focus.
async fn comes_to(stage: &Stage, name: &str) {
    let what = format!("has the focus on “{name}”");
    stage.browser.widget().until(&what, async |area| area.focused().await == name).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_goes_through_each_screen_in_the_order_in_which_it_is_read() {
    let stage = Stage::open().await;
    stage.login().type_phone(IVAN).await;
    assert_eq!(tabbed(&stage, 1).await, ["Получить код"]);
    stage.browser.widget().press_key(Key::Enter).await;
    comes_to(&stage, CODE).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;

    stage.preview().asks_for("480 ₽").await;
    comes_to(&stage, "Иван, ваши бонусы").await;
    // What cannot be pressed yet, as the button for a promo code that is not typed, is passed over.
    let order = ["Выйти", SPEND, "Сколько бонусов списать", PROMO, "Применить к заказу", "Код для кассы"];
    assert_eq!(tabbed(&stage, order.len()).await, order);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_order_is_made_by_the_keyboard_and_the_focus_is_never_lost() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.login().type_phone(IVAN).await;
    widget.press_key(Key::Enter).await;
    comes_to(&stage, CODE).await;
    let code = stage.inbox().code_for(IVAN).await;
    widget.type_where_focused(&code).await;
    comes_to(&stage, "Иван, ваши бонусы").await;

    // A promo code is added and taken away.
    stage.preview().type_promo("PROMOCODE1").await;
    widget.press_key(Key::Enter).await;
    stage.preview().asks_for("380 ₽").await;
    assert_eq!(widget.focused().await, PROMO);
    stage.preview().remove_promo("PROMOCODE1").await;
    stage.preview().asks_for("480 ₽").await;
    // What had the focus is gone.
    comes_to(&stage, "Иван, ваши бонусы").await;

    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    comes_to(&stage, "Применили к заказу").await;
    stage.confirmed().show_payment_code().await;
    comes_to(&stage, "Код для кассы").await;
    stage.payment_code().leave().await;
    comes_to(&stage, "Применили к заказу").await;
    stage.confirmed().cancel().await;
    comes_to(&stage, "Иван, ваши бонусы").await;
    widget.press("Выйти").await;
    comes_to(&stage, PHONE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_that_has_done_its_work_leaves_the_focus_in_the_widget() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.browser.set_offline(true).await;
    stage.preview().confirm().await;
    stage.browser.widget().has("button", "Повторить").await;
    stage.browser.set_offline(false).await;
    stage.preview().retry().await;
    comes_to(&stage, "Применили к заказу").await;
    stage.browser.set_offline(true).await;
    stage.confirmed().show_payment_code().await;
    stage.browser.widget().has("button", "Повторить").await;
    stage.preview().retry().await;
    // It has failed again: the button is there anew, and the guest is where the screen begins.
    stage.browser.widget().has("button", "Повторить").await;
    comes_to(&stage, "Применили к заказу").await;
    stage.browser.set_offline(false).await;
    stage.finish().await;
}

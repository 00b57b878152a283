//! The restaurant's page where the widget cannot be had: the order is placed and paid all the same.

use serde_json::json;
use tempfile::TempDir;

use crate::browser::Theme;
use crate::stage::{MARIA, Setting, Stage, copy_widget};

/// What a guest reads where the widget with its own texts cannot be had.
const SENTENCE: &str = "Программа лояльности сейчас недоступна. Заказ можно оформить без неё.";

/// A demo whose widget has only its own page, which the proxy asks for, and those files whose names are wanted.
async fn stage_with(folder: &TempDir, is_wanted: impl Fn(&str) -> bool) -> Stage {
    copy_widget(folder.path(), |name| name == "index.html" || is_wanted(name));
    Stage::with(Setting { widget_dir: folder.path().to_owned(), ..Setting::default() }).await
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for what is left of the widget")
}

fn is_no_wasm(name: &str) -> bool {
    !name.contains(".wasm")
}

/// Changes the cart, fetches the order instead of having it brought, places it, and pays.
async fn order_and_pay(stage: &Stage) {
    let restaurant = stage.restaurant();
    restaurant.add("Пирог с вишней").await;
    restaurant.cart_is("1 060 ₽").await;
    restaurant.choose_pickup().await;
    restaurant.fill_contacts().await;
    restaurant.place().await;
    restaurant.says("Заказ оформлен. К оплате 1 060 ₽").await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_paid_where_the_widgets_script_is_missing() {
    let nothing = folder();
    let stage = stage_with(&nothing, |_| false).await;
    stage.restaurant().says("Бонусы и скидки сейчас недоступны. Заказ можно оформить без них.").await;
    order_and_pay(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_paid_where_the_widgets_wasm_is_missing() {
    let without_wasm = folder();
    let stage = stage_with(&without_wasm, is_no_wasm).await;
    stage.browser.widget().alerts(SENTENCE).await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    order_and_pay(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sentence_is_in_the_language_of_the_page() {
    for (page, sentence, retry) in [
        (
            "/?language=en",
            "The loyalty programme is unavailable right now. You can place your order without it.",
            "Try again",
        ),
        (
            "/?language=kk",
            "Адалдық бағдарламасы қазір қолжетімсіз. Тапсырысты онсыз рәсімдеуге болады.",
            "Қайталау",
        ),
        ("/?language=ar", "برنامج الولاء غير متاح حاليًا. يمكنك إتمام الطلب بدونه.", "إعادة المحاولة"),
    ] {
        let without_wasm = folder();
        copy_widget(without_wasm.path(), is_no_wasm);
        let stage =
            Stage::with(Setting { page, widget_dir: without_wasm.path().to_owned(), ..Setting::default() })
                .await;
        stage.browser.widget().alerts(sentence).await;
        stage.browser.widget().has("button", retry).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            stage.examine(page).await;
        }
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_texts_the_widget_is_not_there_and_the_order_is_paid() {
    let without_texts = folder();
    let stage = stage_with(&without_texts, |name| name != "ru.json").await;
    stage.browser.widget().alerts(SENTENCE).await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    order_and_pay(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_comes_with_the_cart_once_its_wasm_can_be_had() {
    let late = folder();
    let mut stage = stage_with(&late, is_no_wasm).await;
    stage.browser.widget().alerts(SENTENCE).await;
    stage.restaurant().add("Медовик").await;
    copy_widget(late.path(), |_| true);
    stage.demo.reload(|_| {}).expect("the widget is read anew");
    stage.browser.widget().press("Повторить").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.log_in(MARIA).await;
    stage.browser.widget().line_is("Заказ", "930 ₽").await;
    stage.finish().await;
}

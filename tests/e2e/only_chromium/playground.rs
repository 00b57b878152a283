//! The playground: what is set there is what the widget has, what it says is to be read, and what is copied is what is set.

use serde_json::{Value, json};

use crate::browser::Theme;
use crate::pages::PHONE;
use crate::screens::{look_at_page, overhang_of_page};
use crate::stage::{IVAN, Stage};

async fn open() -> Stage {
    let stage = Stage::at("/playground").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage
}

/// Sets a field or a select as a person's choice does.
async fn set(stage: &Stage, id: &str, value: &str) {
    let script = "
        const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    stage.browser.run(script, vec![json!(id), json!(value)]).await;
}

async fn text_of(stage: &Stage, id: &str) -> String {
    let text =
        stage.browser.run("return document.getElementById(arguments[0]).textContent", vec![json!(id)]).await;
    text.as_str().expect("a text").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_is_what_the_widget_has() {
    let stage = open().await;
    let widget = stage.browser.widget();
    // The page is English.
    widget.has("textbox", "Phone number").await;
    set(&stage, "language", "ar").await;
    widget.has("heading", "النقاط والخصومات").await;
    set(&stage, "language", "ru").await;
    widget.has("textbox", PHONE).await;

    set(&stage, "theme-accent", "#0b6b5e").await;
    let colour = "return getComputedStyle(widget.shadowRoot.querySelector('.primary')).backgroundColor";
    assert_eq!(stage.with_widget(colour).await, json!("rgb(11, 107, 94)"));
    stage.browser.page().choose("radio", "Dark").await;
    let surface = "return getComputedStyle(widget.shadowRoot.querySelector('.stage')).backgroundColor";
    assert_eq!(
        stage.with_widget(surface).await,
        json!("rgb(29, 26, 27)"),
        "dark, whatever the browser prefers"
    );

    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    stage.browser.page().press("More: Пельмени домашние").await;
    stage.preview().asks_for("960 ₽").await;
    stage.browser.page().shows("loyalty-preview").await;
    stage.browser.page().press("confirm()").await;
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.browser.page().shows("loyalty-confirm").await;
    stage.browser.page().press("Examine").await;
    stage.browser.page().shows("--loyalty-accent on --loyalty-surface has a contrast of").await;
    stage.browser.page().press("Reset").await;
    stage.browser.page().press("Examine").await;
    stage.browser.page().shows("Nothing is wrong on this page.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_registered_and_changed_as_a_restaurants_server_does_it() {
    let stage = open().await;
    set(&stage, "language", "ru").await;
    stage.browser.page().choose("radio", "Registered").await;
    stage.browser.hears("loyalty-ready", 2).await;
    let token = stage.with_widget("return widget.orderToken").await;
    assert_eq!(token.as_str().map(str::len), Some(64), "{token}");
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    stage.browser.page().press("More: Пельмени домашние").await;
    stage.preview().asks_for("960 ₽").await;
    assert_eq!(stage.with_widget("return widget.orderToken").await, token);
    let snippet = text_of(&stage, "snippet").await;
    assert!(snippet.contains("order-token=\"ORDER_TOKEN\"") && !snippet.contains("cart"), "{snippet}");
    stage.browser.page().choose("radio", "Cart of the page").await;
    stage.browser.hears("loyalty-ready", 3).await;
    assert_eq!(stage.with_widget("return widget.orderToken").await, "");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_goes_wrong_by_a_switch_and_comes_back() {
    let stage = open().await;
    set(&stage, "language", "ru").await;
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    let faults = [
        ("Offline", "offline", "960 ₽"),
        ("HTTP 500", "internal", "1 440 ₽"),
        ("Answer lost", "offline", "1 920 ₽"),
    ];
    for (name, code, sum) in faults {
        let before = stage.browser.heard("loyalty-error").await.len();
        stage.browser.page().choose("radio", name).await;
        stage.browser.page().press("More: Пельмени домашние").await;
        let told = stage.browser.hears("loyalty-error", before + 1).await;
        assert_eq!(told, json!({ "code": code }), "{name}");
        stage.browser.page().shows("loyalty-error").await;
        stage.browser.page().choose("radio", "Works").await;
        stage.browser.widget().press("Повторить").await;
        // What failed is gone at once; the sum is there only when the answer is, and the next fault must not meet that.
        stage.browser.widget().line_is("Заказ", sum).await;
        stage.browser.widget().is_calm().await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_snippet_follows_what_is_set_and_is_copied_whole() {
    let stage = open().await;
    let allowed = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    stage.devtools().call("Browser.grantPermissions", allowed).await;
    set(&stage, "language", "kk").await;
    set(&stage, "theme-radius", "20px").await;
    set(&stage, "texts", r#"{ "PhoneTitle": "Жидектер" }"#).await;
    stage.browser.widget().has("heading", "Жидектер").await;
    for (kind, parts) in [
        ("HTML", ["--loyalty-radius: 20px;", "language=\"kk\"", "loyalty.texts = {"]),
        ("React", ["from \"@loyalty-checkout/react\"", "language=\"kk\"", "texts={texts}"]),
        ("Vue", ["from \"@loyalty-checkout/vue\"", "language=\"kk\"", ":texts=\"texts\""]),
    ] {
        stage.browser.page().choose("radio", kind).await;
        stage.browser.page().press("Copy").await;
        stage.browser.page().shows("Copied").await;
        let copied = stage.browser.run("return navigator.clipboard.readText()", Vec::new()).await;
        let copied = copied.as_str().expect("a text");
        assert_eq!(copied, text_of(&stage, "snippet").await);
        for part in parts {
            assert!(copied.contains(part), "{kind} has {part}: {copied}");
        }
    }
    stage.browser.page().choose("radio", "HTML").await;
    stage.browser.page().choose("checkbox", "Pin the version").await;
    let snippet = text_of(&stage, "snippet").await;
    assert!(snippet.contains("integrity=\"sha384-") && snippet.contains("/widget/v/"), "{snippet}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_that_was_copied_works_on_a_page() {
    let stage = open().await;
    set(&stage, "texts", r#"{ "PhoneTitle": "Berries </script> & discounts" }"#).await;
    stage.browser.page().choose("checkbox", "Pin the version").await;
    let snippet = text_of(&stage, "snippet").await;
    let page = format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{snippet}");
    // On a page of the same server, which may ask the proxy; its policy would forbid the snippet's own script.
    stage.devtools().call("Page.setBypassCSP", json!({ "enabled": true })).await;
    stage.browser.open(&format!("{}demo/sms", stage.demo.base_url())).await;
    stage
        .browser
        .run("document.open(); document.write(arguments[0]); document.close()", vec![json!(page)])
        .await;
    stage.browser.widget().has("heading", "Berries </script> & discounts").await;
    let cart = stage.with_widget("return widget.cart.lines[0].code").await;
    assert_eq!(cart, Value::from("hot-pelmeni"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_playground_runs_off_the_side() {
    let stage = open().await;
    for theme in [Theme::Light, Theme::Dark] {
        stage.browser.prefer(theme).await;
        for width_px in [320, 768, 1024, 1440] {
            stage.browser.resize(width_px).await;
            assert_eq!(overhang_of_page(&stage).await, json!([]), "{width_px} px in {theme:?}");
            look_at_page(&stage, &format!("playground-{width_px}-{theme:?}")).await;
        }
    }
    stage.finish().await;
}

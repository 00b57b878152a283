//! The playground: what is set there is what the widget has, what it says is to be read, and what is copied is what is set.

use serde_json::{Value, json};

use crate::browser::Part;
use crate::pages::PHONE;
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

/// Waits until the page's log has so many lines of this name.
async fn logs(stage: &Stage, name: &str, times: usize) {
    let names = "return [...document.querySelectorAll('#log .name')].map(({ textContent }) => textContent)";
    let has_them = async |_| {
        let names = stage.browser.run(names, Vec::new()).await;
        let names = names.as_array().expect("a list");
        names.iter().filter(|logged| logged.as_str() == Some(name)).count() >= times
    };
    stage.browser.page().until(&format!("logs {name} {times} times"), has_them).await;
}

/// Waits until the page's log has a line of this name.
async fn logged(stage: &Stage, name: &str) {
    logs(stage, name, 1).await;
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
    logged(&stage, "loyalty-preview").await;
    stage.browser.page().press("confirm()").await;
    stage.browser.hears("loyalty-confirm", 1).await;
    logged(&stage, "loyalty-confirm").await;
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
        logs(&stage, "loyalty-error", before + 1).await;
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

/// Opens a page of the playground's own site that is this snippet.
async fn open_page_of(stage: &Stage, snippet: &str) {
    let page = format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">{snippet}");
    // The server's policy would forbid the snippet's own script.
    stage.devtools().call("Page.setBypassCSP", json!({ "enabled": true })).await;
    let site = stage.demo.base_url().replace("127.0.0.1", "localhost");
    stage.browser.open(&format!("{site}demo/sms")).await;
    stage
        .browser
        .run("document.open(); document.write(arguments[0]); document.close()", vec![json!(page)])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_that_was_copied_works_on_a_page() {
    let stage = open().await;
    set(&stage, "texts", r#"{ "PhoneTitle": "Berries </script> & discounts" }"#).await;
    stage.browser.page().choose("checkbox", "Pin the version").await;
    let snippet = text_of(&stage, "snippet").await;
    open_page_of(&stage, &snippet).await;
    stage.browser.widget().has("heading", "Berries </script> & discounts").await;
    let cart = stage.with_widget("return widget.cart.lines[0].code").await;
    assert_eq!(cart, Value::from("hot-pelmeni"));
    stage.finish().await;
}

/// The frame that is shown, whichever it is.
const FRAME: &str = "return document.querySelector('iframe.device')
    ?? document.querySelector('loyalty-checkout-frame')?.shadowRoot?.querySelector('iframe')";

/// Chooses an embedding, and waits until it is there.
async fn embed(stage: &Stage, name: &str) {
    stage.browser.page().press("Clear").await;
    stage.browser.page().choose("radio", name).await;
    logged(stage, "loyalty-ready").await;
}

/// Logs a guest in, in the frame that is shown, up to this sum.
async fn log_in_there(stage: &Stage, sum: &str) {
    let is_there = async |_| !stage.browser.run(FRAME, Vec::new()).await.is_null();
    stage.browser.page().until("has a frame", is_there).await;
    stage.browser.look_into(FRAME).await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.preview().asks_for(sum).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_another_site_is_set_and_called_and_heard_as_the_element_is() {
    let stage = open().await;
    embed(&stage, "Frame").await;
    let sites = "return [location.hostname, new URL((() => { ARGUMENT })().src).hostname]";
    let sites = stage.browser.run(&sites.replace("ARGUMENT", FRAME), Vec::new()).await;
    assert_eq!(sites, json!(["localhost", "127.0.0.1"]));
    set(&stage, "language", "ru").await;
    set(&stage, "texts", r#"{ "PhoneTitle": "Ягоды" }"#).await;
    set(&stage, "theme-accent", "#0b6b5e").await;
    stage.browser.look_into(FRAME).await;
    stage.browser.widget().has("heading", "Ягоды").await;
    let colour = "const { shadowRoot } = document.querySelector('loyalty-checkout');
        return getComputedStyle(shadowRoot.querySelector('.primary')).backgroundColor";
    let is_green =
        async |_| stage.browser.run_in(Part::Widget, colour, Vec::new()).await == json!("rgb(11, 107, 94)");
    stage.browser.widget().until("is green", is_green).await;

    log_in_there(&stage, "480 ₽").await;
    stage.browser.page().press("More: Пельмени домашние").await;
    stage.preview().asks_for("960 ₽").await;
    for event in ["loyalty-login", "loyalty-preview"] {
        logged(&stage, event).await;
    }
    stage.browser.page().press("confirm()").await;
    // As long as it is under way, there is nothing to be taken back.
    logged(&stage, "loyalty-confirm").await;
    stage.browser.page().shows("confirm()\ntrue").await;
    stage.browser.page().press("reset()").await;
    logged(&stage, "loyalty-reset").await;
    stage.browser.page().press("Reset").await;
    stage.browser.page().press("Examine").await;
    stage.browser.page().shows("Nothing is wrong on this page.").await;
    stage.browser.page().press("destroy()").await;
    stage.browser.page().press("Mount anew").await;
    stage.browser.widget().has("heading", "Ягоды").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_takes_a_registered_order_and_its_snippet_works_on_a_page() {
    let stage = open().await;
    embed(&stage, "Frame").await;
    set(&stage, "language", "ru").await;
    stage.browser.page().choose("radio", "Registered").await;
    stage.browser.hears("loyalty-ready", 3).await;
    log_in_there(&stage, "480 ₽").await;
    stage.browser.page().press("More: Пельмени домашние").await;
    stage.preview().asks_for("960 ₽").await;
    assert!(text_of(&stage, "snippet").await.contains("order-token=\"ORDER_TOKEN\""));
    stage.browser.page().choose("radio", "Cart of the page").await;
    stage.browser.page().choose("checkbox", "Pin the version").await;
    let snippet = text_of(&stage, "snippet").await;
    assert!(!stage.browser.page().has_now("radio", "React").await, "there is no component for a frame");
    assert!(
        snippet.contains("integrity=\"sha384-") && snippet.contains("src=\"http://127.0.0.1:"),
        "{snippet}"
    );
    open_page_of(&stage, &snippet).await;
    log_in_there(&stage, "960 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_takes_the_order_tells_what_happens_and_is_told_the_end() {
    let stage = open().await;
    set(&stage, "language", "ru").await;
    embed(&stage, "Kiosk").await;
    assert!(!stage.browser.page().has_now("button", "Forest").await, "a kiosk has its restaurant's looks");
    log_in_there(&stage, "480 ₽").await;
    stage.browser.page().press("More: Пельмени домашние").await;
    stage.preview().asks_for("960 ₽").await;
    logged(&stage, "loyalty-preview").await;
    stage.browser.page().press("{ end: true }").await;
    logged(&stage, "loyalty-kiosk-end").await;
    stage.browser.page().shows("\"reason\":\"program\"").await;
    // The next visit, whose beginning must not be taken for that of another frame.
    logs(&stage, "loyalty-ready", 2).await;

    stage.browser.page().press("Clear").await;
    set(&stage, "idle", "600").await;
    logged(&stage, "loyalty-ready").await;
    let address = "return document.querySelector('iframe.device').contentWindow.location.search";
    let asked = json!("?restaurant=pirogi&language=ru&idle=600");
    let is_asked = async |_| stage.browser.run(address, Vec::new()).await == asked;
    stage.browser.page().until("has the kiosk at the address that is set", is_asked).await;
    stage.browser.page().press("Clear").await;
    stage.browser.page().choose("radio", "Registered").await;
    // Begun anew with the token, as whoever opens the address with an order.
    logged(&stage, "loyalty-ready").await;
    log_in_there(&stage, "960 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosks_snippet_works_on_a_page() {
    let stage = open().await;
    set(&stage, "language", "ru").await;
    embed(&stage, "Kiosk").await;
    let snippet = text_of(&stage, "snippet").await;
    assert!(snippet.contains("/kiosk?restaurant=pirogi&amp;language=ru\""), "{snippet}");
    let as_the_playgrounds =
        snippet.replace("<iframe ", "<iframe class=\"device\" width=\"600\" height=\"900\" ");
    open_page_of(&stage, &as_the_playgrounds).await;
    log_in_there(&stage, "480 ₽").await;
    stage.finish().await;
}

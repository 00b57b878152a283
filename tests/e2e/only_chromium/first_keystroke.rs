//! The phone can be typed before the widget's program has arrived, and nothing of it is lost when it arrives.

use fantoccini::key::Key;
use serde_json::json;

use crate::host::{ELEMENT, HELD_BACK, Host};
use crate::pages::{CODE, PHONE};
use crate::stage::{IVAN, Stage};

/// Remembers the field and whatever moves from now on.
const WATCH: &str = "
    window.field = widget.shadowRoot.activeElement;
    window.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({ type: 'layout-shift' });
";

/// Two frames, after which whatever was changed has been drawn.
const DRAWN: &str = "return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))";

/// The same for everything on the page. What has not changed Chromium keeps as it was drawn, and what is drawn beside it
/// alone comes out a shade of 255 lighter where a corner is round.
const DRAWN_ANEW: &str = "
    const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const { style } = document.documentElement;
    style.visibility = 'hidden';
    return drawn().then(() => { style.visibility = ''; return drawn(); })";

/// A page on which the program is kept back, and on which something stands below the element.
async fn early() -> Stage {
    let stage = Host::new(HELD_BACK, &format!("{ELEMENT}<p>Ниже</p>")).open().await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-ready").await.is_empty(), "the program is not there yet");
    stage
}

async fn let_program_come(stage: &Stage) {
    stage.browser.run("release()", Vec::new()).await;
    stage.browser.hears("loyalty-ready", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_before_the_program_is_there_stays_with_caret_and_focus() {
    let stage = early().await;
    let widget = stage.browser.widget();
    widget.type_over(PHONE, "9990001122").await;
    assert_eq!(widget.holds(PHONE).await, IVAN);
    for _ in 0..4 {
        widget.type_where_focused(&char::from(Key::Left).to_string()).await;
    }
    stage.with_widget(WATCH).await;

    let_program_come(&stage).await;
    stage.browser.run(DRAWN, Vec::new()).await;
    let now = stage
        .with_widget(
            "return [widget.shadowRoot.activeElement === field, field.selectionStart, field.value, moved]",
        )
        .await;
    assert_eq!(now, json!([true, 12, IVAN, 0]), "the same field, caret, text, and nothing has moved");

    // The widget's own field now: a digit goes where the caret is.
    widget.type_where_focused(&char::from(Key::Backspace).to_string()).await;
    widget.type_where_focused("5").await;
    widget.field_is(PHONE, "+7 999 000-51-22").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_looks_the_same_before_and_after_in_every_language() {
    for tag in ["ru", "en", "kk", "ar"] {
        let stage = early().await;
        // The second picture must be of the same window as the first, which a photograph leaves in this width.
        stage.browser.resize(800).await;
        stage.speak(tag).await;
        stage.browser.run(DRAWN_ANEW, Vec::new()).await;
        let before = (stage.browser.widget().text().await, stage.devtools().photograph().await);
        let_program_come(&stage).await;
        stage.browser.run(DRAWN_ANEW, Vec::new()).await;
        let after = (stage.browser.widget().text().await, stage.devtools().photograph().await);
        assert_eq!(before.0, after.0, "{tag}");
        assert!(before.1 == after.1, "the pictures differ: {tag}");
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_screen_follows_the_page_and_keeps_what_is_typed_in_any_digits() {
    let stage = early().await;
    let widget = stage.browser.widget();
    widget.type_over(PHONE, "999").await;
    stage.speak("ar").await;
    assert_eq!(widget.focused().await, "رقم الهاتف");
    widget.type_where_focused("٠٠٠۱۱").await;
    assert_eq!(widget.holds("رقم الهاتف").await, "+7 999 000-11");
    stage.with_widget("widget.texts = { PhoneLabel: 'جوالك' }; widget.language = 'ar-EG'").await;
    assert_eq!(widget.focused().await, "جوالك", "the page's own word at once");
    let_program_come(&stage).await;
    widget.has("textbox", "جوالك").await;
    widget.type_where_focused("٢٢").await;
    widget.field_is("جوالك", IVAN).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_moved_into_another_language_speaks_it() {
    let body =
        format!("{ELEMENT}<div lang=\"en\" id=\"english\"></div><div lang=\"kk\" id=\"kazakh\"></div>");
    let stage = Host::new(HELD_BACK, &body).open().await;
    let widget = stage.browser.widget();
    widget.has("textbox", PHONE).await;
    stage.with_widget("document.querySelector('#english').append(widget)").await;
    widget.has("heading", "Points and discounts").await;
    let_program_come(&stage).await;
    widget.has("heading", "Points and discounts").await;
    stage.with_widget("document.querySelector('#kazakh').append(widget)").await;
    widget.has("textbox", "Телефон нөмірі").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_sent_before_the_program_is_there_is_sent_when_it_is() {
    let stage = early().await;
    let enter = char::from(Key::Enter);
    stage.browser.widget().type_over(PHONE, &format!("{IVAN}{enter}")).await;
    assert!(stage.inbox().messages().await.is_empty());
    let_program_come(&stage).await;
    stage.browser.widget().has("textbox", CODE).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_changed_after_it_was_sent_is_not_sent_by_itself() {
    let stage = early().await;
    stage.login().type_phone("999000112").await;
    stage.login().submit_phone().await;
    stage.browser.widget().type_where_focused("").await;
    stage.login().type_phone(IVAN).await;
    let_program_come(&stage).await;
    stage.browser.widget().has("button", "Получить код").await;
    assert!(stage.inbox().messages().await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_phone_sent_early_is_told_when_the_program_is_there() {
    let stage = early().await;
    stage.login().type_phone("99900").await;
    stage.login().submit_phone().await;
    let_program_come(&stage).await;
    stage.browser.widget().alerts("Введите номер полностью, например +7 999 000-11-22.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_widgets_own_page_moves_while_it_loads() {
    let stage = Stage::at("/embed").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.run(DRAWN, Vec::new()).await;
    assert_eq!(stage.browser.run(ALL_MOVED, Vec::new()).await, json!(0));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_restaurants_page_moves_while_the_widget_loads() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.run(DRAWN, Vec::new()).await;
    assert_eq!(stage.browser.run(ALL_MOVED, Vec::new()).await, json!(0));
    stage.finish().await;
}

/// How much has moved since the page was opened.
const ALL_MOVED: &str = "return new Promise((go) => {
    new PerformanceObserver((list) => go(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
        .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => go(0)));
})";

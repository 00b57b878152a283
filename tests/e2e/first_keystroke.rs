//! The phone can be typed before the widget's program has arrived, and nothing of it is lost when it arrives.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::Kind;
use crate::host::{ELEMENT, HELD_BACK, Host};
use crate::pages::{CODE, PHONE};
use crate::stage::{IVAN, Stage, built_widget};

/// Remembers the field, and where it and what is below the element stand.
const WATCH: &str = "
    window.field = widget.shadowRoot.activeElement;
    window.places = () => [field, document.querySelector('p')].map((one) => one.getBoundingClientRect().top);
    window.before = String(places());
";

/// Draws everything on the page anew. What has not changed Chromium keeps as it was drawn, and what is drawn beside it
/// alone comes out a shade of 255 lighter where a corner is round.
const DRAWN_ANEW: &str = "
    const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const { style } = document.documentElement;
    style.visibility = 'hidden';
    return drawn().then(() => { style.visibility = ''; return drawn(); })";

/// The most by which two pictures differ in a point and a colour, of 255 shades.
const SHADES_BETWEEN: &str = "
    const points = async (picture) => {
        const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
        await image.decode();
        const { width, height } = image;
        const canvas = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, width, height).data;
    };
    const [one, other] = await Promise.all(pictures.map(points));
    if (one.length !== other.length) return 255;
    return one.reduce((most, shade, at) => Math.max(most, Math.abs(shade - other[at])), 0)";

async fn shades_between(stage: &Stage, one: &[u8], other: &[u8]) -> u64 {
    let pictures = [one, other].map(|picture| json!(STANDARD.encode(picture)));
    let script = format!("return (async (...pictures) => {{ {SHADES_BETWEEN} }})(...arguments)");
    stage.browser.run(&script, pictures.to_vec()).await.as_u64().expect("a number of shades")
}

/// A page on which the program is kept back, and on which something stands below the element.
async fn early() -> Stage {
    let stage = Host::new(HELD_BACK, &format!("{ELEMENT}<p>Ниже</p>")).open().await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-ready").await.is_empty(), "the program is not there yet");
    stage
}

async fn let_program_come(stage: &Stage) {
    let is_asked_for =
        async |_| stage.browser.run("return !!window.release", Vec::new()).await == json!(true);
    stage.browser.page().until("asks for the program", is_asked_for).await;
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
    stage.browser.is_drawn().await;
    let now = stage
        .with_widget(
            "return [widget.shadowRoot.activeElement === field, field.selectionStart, field.value, String(places()) === before]",
        )
        .await;
    assert_eq!(now, json!([true, 12, IVAN, true]), "the same field, caret, text, and nothing has moved");

    // The widget's own field now: a digit goes where the caret is.
    widget.type_where_focused(&char::from(Key::Backspace).to_string()).await;
    widget.type_where_focused("5").await;
    widget.field_is(PHONE, "+7 999 000-51-22").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_looks_the_same_before_and_after_in_every_language() {
    // WebKit draws what begins between two pixels otherwise each time, which nobody sees. A line that is gone differs by more
    // than 100.
    let unseen = if Kind::chosen() == Kind::Webkit { 50 } else { 0 };
    for tag in ["ru", "en", "kk", "ar"] {
        let stage = early().await;
        stage.browser.resize(800).await;
        stage.speak(tag).await;
        stage.browser.run(DRAWN_ANEW, Vec::new()).await;
        let before = (stage.browser.widget().text().await, stage.browser.photograph_window().await);
        let_program_come(&stage).await;
        stage.browser.run(DRAWN_ANEW, Vec::new()).await;
        let after = (stage.browser.widget().text().await, stage.browser.photograph_window().await);
        assert_eq!(before.0, after.0, "{tag}");
        let differ_by = shades_between(&stage, &before.1, &after.1).await;
        assert!(differ_by <= unseen, "the pictures differ: {tag}, by {differ_by} shades");
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

/// The first screen as markup, as the build has it.
fn screen_in(tag: &str) -> String {
    std::fs::read_to_string(built_widget().join(format!("first-{tag}.html"))).expect("the build has it")
}

/// A page with the first screen in its markup and without the element's script, which `load()` brings.
async fn in_markup(head: &str) -> Stage {
    let element = ELEMENT.replace("></", &format!(">{}</", screen_in("ru")));
    let load = "<script>window.load = () => import('/widget/element.js')</script>";
    Host::without_script(&format!("{head}{HELD_BACK}{load}"), &format!("{element}<p>Ниже</p>")).open().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_markup_of_the_first_screen_is_what_the_script_makes() {
    for tag in ["ru", "en", "kk", "ar"] {
        let stage = early().await;
        stage.speak(tag).await;
        let made = stage.with_widget("return widget.shadowRoot.innerHTML").await;
        let markup = screen_in(tag);
        let (_, markup) = markup.split_once("</style>").expect("its style");
        assert_eq!(made.as_str(), Some(markup.trim_end_matches("</template>")), "{tag}");
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_into_the_markup_of_a_page_stays_with_caret_and_focus() {
    let stage = in_markup("").await;
    let widget = stage.browser.widget();
    let enter = char::from(Key::Enter);
    // Without the script nobody hears it, and the page stays.
    widget.type_over(PHONE, &format!("9990001122{enter}")).await;
    assert_eq!(widget.holds(PHONE).await, "9990001122");
    for _ in 0..4 {
        widget.type_where_focused(&char::from(Key::Left).to_string()).await;
    }
    stage.with_widget(WATCH).await;
    stage.browser.run("return load().then(() => null)", Vec::new()).await;
    stage.browser.is_drawn().await;
    // Behind the same digits, which the script has grouped.
    let now = "return [widget.shadowRoot.activeElement === field, field.selectionStart, field.value, String(places()) === before]";
    assert_eq!(stage.with_widget(now).await, json!([true, 10, IVAN, true]), "by the element's script");
    let_program_come(&stage).await;
    stage.browser.is_drawn().await;
    assert_eq!(stage.with_widget(now).await, json!([true, 10, IVAN, true]), "by the program");
    widget.press("Получить код").await;
    widget.has("textbox", CODE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_markup_looks_as_the_element_does() {
    let stage = in_markup("").await;
    stage.browser.resize(800).await;
    stage.browser.run(DRAWN_ANEW, Vec::new()).await;
    let before = stage.browser.photograph_window().await;
    stage.browser.run("return load().then(() => null)", Vec::new()).await;
    stage.browser.run(DRAWN_ANEW, Vec::new()).await;
    assert!(before == stage.browser.photograph_window().await, "the pictures differ");
    let_program_come(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_forbids_the_style_of_the_markup_leaves_a_field_that_the_script_dresses() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"style-src 'self'\">";
    let stage = in_markup(policy).await;
    let widget = stage.browser.widget();
    let height = "return widget.shadowRoot.querySelector('#phone').offsetHeight";
    let bare = stage.with_widget(height).await.as_u64().expect("a height");
    widget.type_over(PHONE, "999").await;
    stage.browser.run("return load().then(() => null)", Vec::new()).await;
    widget.field_is(PHONE, "+7 999").await;
    let dressed = stage.with_widget(height).await.as_u64().expect("a height");
    assert!(bare < 48 && dressed >= 48, "{bare} and then {dressed}");
    let_program_come(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_of_another_version_is_made_anew_with_what_is_typed_in_it() {
    let element = "<loyalty-checkout restaurant=\"pirogi\"><template shadowrootmode=\"open\"><div class=\"stage\">\
        <div class=\"place\"><form><input></form></div></div></template></loyalty-checkout>";
    let load = "<script>window.load = () => import('/widget/element.js')</script>";
    let stage = Host::without_script(load, element).open().await;
    stage.with_widget("widget.shadowRoot.querySelector('input').value = '9990001122'").await;
    stage.browser.run("return load().then(() => null)", Vec::new()).await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.widget().field_is(PHONE, IVAN).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxys_own_pages_have_the_phone_without_any_script() {
    for (page, label) in [
        ("/embed?restaurant=pirogi", PHONE),
        ("/embed?restaurant=pirogi&lang=en-GB", "Phone number"),
        ("/embed?restaurant=pirogi&language=kk&lang=en", "Телефон нөмірі"),
        ("/kiosk?restaurant=pirogi&language=ar", "رقم الهاتف"),
        ("/kiosk?restaurant=pirogi", PHONE),
    ] {
        let stage = Stage::at("/demo/sms").await;
        stage.browser.lose_file(Some(".js")).await;
        stage.browser.open(&format!("{}{}", stage.demo.base_url().trim_end_matches('/'), page)).await;
        let field = "
            const { shadowRoot } = widget;
            const field = shadowRoot.querySelector('input');
            return [customElements.get('loyalty-checkout') === undefined, field.labels[0].textContent, field.offsetHeight >= 48];
        ";
        assert_eq!(stage.with_widget(field).await, json!([true, label, true]), "{page}");
        stage.browser.lose_file(None).await;
        stage.finish().await;
    }
}

//! The widget in each of its languages: which one it speaks, a whole order in each, a switch in the middle of typing, and a
//! page with texts of its own.

use serde_json::{Map, Value, json};

use crate::stage::{IVAN, Setting, Stage, copy_widget};

/// The words of a language, by the names of the texts.
struct Words(Map<String, Value>);

impl Words {
    fn of(tag: &str) -> Self {
        let json = match tag {
            "ru" => include_str!("../../src/i18n/texts/ru.json"),
            "en" => include_str!("../../src/i18n/texts/en.json"),
            "kk" => include_str!("../../src/i18n/texts/kk.json"),
            _ => include_str!("../../src/i18n/texts/ar.json"),
        };
        Self(serde_json::from_str(json).expect("the texts are an object"))
    }

    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().expect("a text without plurals")
    }

    /// The label of the code field for the six digits of the demo's codes.
    fn six_digits(&self) -> String {
        let forms = &self.0["CodeLabel"];
        // Six are few in Arabic, which has a form for two, and many in Russian.
        let form = match forms {
            forms if forms["two"].is_string() => "few",
            forms if forms["many"].is_string() => "many",
            _ => "other",
        };
        forms[form].as_str().expect("a form").replace("{0}", "6")
    }
}

/// Types a phone, types the code that is sent to it, and waits for the preview.
async fn log_in(stage: &Stage, words: &Words) {
    let widget = stage.browser.widget();
    widget.has("heading", words.text("PhoneTitle")).await;
    widget.type_over(words.text("PhoneLabel"), "+79990001122").await;
    widget.press(words.text("PhoneSubmit")).await;
    // What the phone fills is in the midst of the sentence in some languages.
    let [before, after] = words.text("CodeLead").split("{0}").collect::<Vec<_>>()[..] else {
        panic!("one gap for the phone");
    };
    widget.shows(format!("{before}{IVAN}{after}").trim()).await;
    let code = stage.inbox().code_for(IVAN).await;
    widget.type_over(&words.six_digits(), &code).await;
    stage.browser.hears("loyalty-preview", 1).await;
}

/// An order from the phone to the confirmed bonuses. `all` are the hundred bonuses in words, `spend` what the button says,
/// `money` the sum to pay before and after.
async fn order_in(tag: &'static str, page: &'static str, all: &str, spend: &str, money: [&str; 2]) {
    let stage = Stage::at(page).await;
    let (words, widget) = (Words::of(tag), stage.browser.widget());
    log_in(&stage, &words).await;
    widget.line_is(words.text("Balance"), all).await;
    widget.line_is(words.text("ToPay"), money[0]).await;
    widget.type_over(words.text("SpendLabel"), "100").await;
    widget.line_is(words.text("ToPay"), money[1]).await;
    widget.press(spend).await;
    widget.has("heading", words.text("ConfirmedTitle")).await;
    widget.line_is(words.text("Frozen"), all).await;
    widget.line_is(words.text("ToPay"), money[1]).await;
    stage.browser.hears("loyalty-confirm", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_confirmed_in_russian() {
    order_in("ru", "/?language=ru", "100 бонусов", "Списать 100 бонусов", ["480 ₽", "380 ₽"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_confirmed_in_english() {
    order_in("en", "/?language=en", "100 points", "Spend 100 points", ["₽480", "₽380"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_confirmed_in_kazakh() {
    order_in("kk", "/?language=kk", "100 бонус", "100 бонус жұмсау", ["480 ₽", "380 ₽"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_confirmed_in_arabic() {
    order_in("ar", "/?language=ar", "100 نقطة", "استخدام 100 نقطة", ["480 ₽", "380 ₽"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_of_an_arabic_keyboard_log_in_and_spend() {
    let stage = Stage::at("/?language=ar").await;
    let (words, widget) = (Words::of("ar"), stage.browser.widget());
    widget.type_over(words.text("PhoneLabel"), "٩٩٩٠٠٠١١٢٢").await;
    widget.field_is(words.text("PhoneLabel"), IVAN).await;
    widget.press(words.text("PhoneSubmit")).await;
    let code = stage.inbox().code_for(IVAN).await;
    let arabic = |digit| char::from_u32(0x660 + u32::from(digit) - u32::from('0')).expect("a digit");
    widget.type_over(&words.six_digits(), &code.chars().map(arabic).collect::<String>()).await;
    stage.browser.hears("loyalty-preview", 1).await;
    widget.type_over(words.text("SpendLabel"), "٧٠٫٥").await;
    widget.line_is(words.text("ToPay"), "409.50 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_in_the_middle_of_typing_keeps_what_is_typed_the_caret_and_the_focus() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    widget.type_over(Words::of("ru").text("PhoneLabel"), "999000").await;
    for tag in ["ar", "kk", "en", "ru"] {
        stage.speak(tag).await;
        let words = Words::of(tag);
        widget.has("heading", words.text("PhoneTitle")).await;
        assert_eq!(widget.focused().await, words.text("PhoneLabel"), "{tag}");
        assert_eq!(widget.holds(words.text("PhoneLabel")).await, "+7 999 000", "{tag}");
    }
    widget.type_where_focused("1122").await;
    widget.field_is(Words::of("ru").text("PhoneLabel"), IVAN).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_keeps_the_preview_the_chosen_spend_and_asks_for_nothing_again() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.log_in(IVAN).await;
    stage.preview().type_spend("70,5").await;
    stage.preview().asks_for("409,50 ₽").await;
    let told = stage.browser.heard("loyalty-preview").await.len();
    stage.speak("en").await;
    widget.line_is("To pay", "₽409.50").await;
    widget.has("button", "Spend 70.50 points").await;
    widget.has("slider", "How many points to spend").await;
    stage.speak("ru").await;
    stage.preview().asks_for("409,50 ₽").await;
    assert_eq!(stage.browser.heard("loyalty-preview").await.len(), told);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_elements_own_else_the_nearest_else_the_browsers() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    let set = async |script: &str| stage.browser.run(script, Vec::new()).await;
    set("document.querySelector('loyalty-checkout').parentElement.lang = 'kk-KZ'").await;
    widget.has("heading", Words::of("kk").text("PhoneTitle")).await;
    set("document.querySelector('loyalty-checkout').setAttribute('language', 'en_GB')").await;
    widget.has("heading", "Points and discounts").await;
    // Neither is one the widget has: what counts is the next that is.
    set("document.querySelector('loyalty-checkout').setAttribute('language', '!')").await;
    widget.has("heading", Words::of("kk").text("PhoneTitle")).await;
    set("document.querySelector('loyalty-checkout').parentElement.lang = 'de'").await;
    widget.has("heading", Words::of("ru").text("PhoneTitle")).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_widgets_of_a_page_speak_their_own_languages() {
    let stage = Stage::open().await;
    stage.browser.widget().has("heading", Words::of("ru").text("PhoneTitle")).await;
    let second = "
        const second = document.createElement('loyalty-checkout');
        second.setAttribute('restaurant', 'chashka');
        second.setAttribute('language', 'en');
        second.id = 'second';
        document.querySelector('main').append(second)";
    stage.browser.run(second, Vec::new()).await;
    let title = "return document.getElementById('second').shadowRoot.querySelector('h2')?.textContent";
    let speaks_english = async |_| stage.browser.run(title, Vec::new()).await == "Points and discounts";
    stage.browser.widget().until("is joined by an English one", speaks_english).await;
    stage.browser.widget().type_over(Words::of("ru").text("PhoneLabel"), "1").await;
    stage.browser.widget().press(Words::of("ru").text("PhoneSubmit")).await;
    stage.browser.widget().alerts("Введите номер полностью, например +7 999 000-11-22.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_cannot_be_had_leaves_the_one_that_is_spoken() {
    let folder = tempfile::tempdir().expect("a folder for what is left of the widget");
    copy_widget(folder.path(), |name| name != "ar.json");
    let stage = Stage::with(Setting { widget_dir: folder.path().to_owned(), ..Setting::default() }).await;
    let widget = stage.browser.widget();
    stage.browser.hears("loyalty-ready", 1).await;
    widget.has("heading", Words::of("ru").text("PhoneTitle")).await;
    stage
        .browser
        .run("window.warned = []; console.warn = (...words) => warned.push(String(words[0]))", Vec::new())
        .await;
    stage.browser.run("document.documentElement.lang = 'ar'", Vec::new()).await;
    let is_warned = async |_| stage.browser.run("return warned.length", Vec::new()).await == 1;
    widget.until("warns the page", is_warned).await;
    widget.has("heading", Words::of("ru").text("PhoneTitle")).await;
    stage.speak("en").await;
    widget.has("heading", "Points and discounts").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_some_things_in_its_own_words() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.browser.hears("loyalty-ready", 1).await;
    let own = json!({
        "PhoneTitle": "Ягоды за заказ",
        "Bonuses": { "one": "{0} ягода", "few": "{0} ягоды", "many": "{0} ягод", "other": "{0} ягоды" },
        "CodeLead": "Код уже в пути",
        "PhoneSubmit": 7,
        "Nonsense": "что угодно",
    });
    let set = "
        window.warned = [];
        console.warn = (...words) => warned.push(words[0]);
        document.querySelector('loyalty-checkout').texts = arguments[0]";
    stage.browser.run(set, vec![own]).await;
    widget.has("heading", "Ягоды за заказ").await;
    // A gap is missing, it is no text, there is none of this name: ours stay, and the page is told.
    let is_warned = async |_| stage.browser.run("return warned.length", Vec::new()).await == json!(3);
    widget.until("warns the page of three", is_warned).await;
    let warned = stage.browser.run("return warned", Vec::new()).await;
    let warned: Vec<String> = serde_json::from_value(warned).expect("a list of warnings");
    for name in ["CodeLead", "PhoneSubmit", "Nonsense"] {
        assert!(warned.iter().any(|warning| warning.contains(name)), "{name}: {warned:?}");
    }
    stage.log_in(IVAN).await;
    widget.line_is("На счёте", "100 ягод").await;
    stage.finish().await;
}

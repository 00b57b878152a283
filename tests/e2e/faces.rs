//! The pages around the widget, each in both themes at three widths: the demo's, the frame's with its host's, and the
//! playground. Nothing runs off the side, and axe-core finds nothing in them, nor at any step in the frame.

use serde_json::json;

use crate::browser::{Part, Theme};
use crate::embedding::FIRST_FRAME;
use crate::pages::CODE;
use crate::pictures::Shown;
use crate::stage::{IVAN, Stage};

const WIDTHS_PX: [u32; 3] = [320, 768, 1280];

const LANGUAGES: [&str; 4] = ["en", "kk", "ar", "ru"];

/// The language in which the frame's element says that there is no frame; empty where it says nothing.
const SAID_IN: &str = "
    const said = document.querySelector('loyalty-checkout-frame').shadowRoot.querySelector('[role=alert]');
    return said?.textContent ? said.closest('[lang]').lang : ''";

/// Looks at a page of ours at each width in both themes, and examines it. Of a whole page not every one is kept.
async fn look_at(stage: &Stage, shown: Shown, page: &str) {
    for theme in [Theme::Light, Theme::Dark] {
        stage.browser.prefer(theme).await;
        for width_px in WIDTHS_PX {
            stage.browser.resize(width_px).await;
            let overhang_px = stage.browser.overhang_px(Part::Page).await;
            assert_eq!(overhang_px, 0, "{page} at {width_px} px in {theme} runs off the side");
            stage.examine_page(&format!("{page} at {width_px} px in {theme}")).await;
            if shown == Shown::Widget || theme == Theme::Light || width_px == 1280 {
                stage.keep_picture(shown, &format!("{page}-{width_px}-{theme}")).await;
            }
        }
    }
}

/// Examines what is in the frame in each language and theme, at the width that is narrowest.
async fn look_into(stage: &Stage, step: &str) {
    stage.browser.resize(WIDTHS_PX[0]).await;
    for language in LANGUAGES {
        stage.browser.run("document.documentElement.lang = arguments[0]", vec![json!(language)]).await;
        for theme in [Theme::Dark, Theme::Light] {
            stage.browser.prefer(theme).await;
            let spoken =
                "return document.querySelector('loyalty-checkout').shadowRoot.querySelector('[lang]')?.lang";
            let is_spoken =
                async |_| stage.browser.run_in(Part::Widget, spoken, Vec::new()).await == json!(language);
            stage.browser.widget().until(&format!("speaks {language}"), is_spoken).await;
            let overhang_px = stage.browser.overhang_px(Part::Widget).await;
            assert_eq!(overhang_px, 0, "{step} in {language}");
            stage.examine(&format!("{step} in the frame in {language} in {theme}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_the_demos_pages() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    look_at(&stage, Shown::Page, "demo/pirogi").await;
    for (path, name) in [("?restaurant=lapsha", "lapsha"), ("?restaurant=chashka", "chashka")] {
        stage.browser.open(&format!("{}{path}", stage.demo.base_url())).await;
        stage.browser.hears("loyalty-ready", 1).await;
        look_at(&stage, Shown::Page, &format!("demo/{name}")).await;
    }
    stage.browser.open(&format!("{}demo/kiosk?restaurant=chashka", stage.demo.base_url())).await;
    stage.browser.page().shows("loyalty-ready").await;
    stage.browser.page().press("Капучино220 ₽").await;
    look_at(&stage, Shown::Page, "demo/kiosk").await;
    stage.browser.open(&format!("{}demo/sms", stage.demo.base_url())).await;
    stage.browser.page().shows("Здесь появится SMS").await;
    look_at(&stage, Shown::Page, "demo/sms").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_at_any_step_in_the_frame_nor_on_the_page_around_it() {
    let stage = Stage::at("/demo/frame").await;
    stage.browser.look_into(FIRST_FRAME).await;
    stage.browser.hears("loyalty-ready", 1).await;
    look_at(&stage, Shown::Widget, "frame/1-phone").await;
    look_into(&stage, "phone").await;
    stage.login().ask_for_code(IVAN).await;
    stage.browser.widget().has("textbox", CODE).await;
    let code = stage.inbox().code_for(IVAN).await;
    look_into(&stage, "code").await;
    stage.login().enter_code(&code).await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("70").await;
    look_at(&stage, Shown::Page, "frame/2-preview").await;
    look_into(&stage, "preview").await;
    stage.preview().confirm_spend("70 бонусов").await;
    stage.confirmed().shows("70 бонусов", "410 ₽").await;
    look_at(&stage, Shown::Widget, "frame/3-confirmed").await;
    look_into(&stage, "confirmed").await;
    stage.confirmed().show_payment_code().await;
    stage.payment_code().eight_digits().await;
    look_into(&stage, "payment code").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_where_the_frame_cannot_be_had() {
    let stage = Stage::at("/demo/frame").await;
    stage.browser.hears("loyalty-ready", 1).await;
    let lead_astray = "document.querySelector('loyalty-checkout-frame').proxy = 'http://127.0.0.1:9/'";
    stage.browser.run(lead_astray, Vec::new()).await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    for language in LANGUAGES {
        let speak = "document.querySelector('loyalty-checkout-frame').language = arguments[0]";
        stage.browser.run(speak, vec![json!(language)]).await;
        let is_said = async |_| stage.browser.run(SAID_IN, Vec::new()).await == json!(language);
        stage.browser.page().until(&format!("says in {language} that there is no frame"), is_said).await;
        for theme in [Theme::Dark, Theme::Light] {
            stage.browser.prefer(theme).await;
            stage.examine_page(&format!("without a frame in {language} in {theme}")).await;
        }
    }
    look_at(&stage, Shown::Widget, "frame/4-not-to-be-had").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_playground_whatever_is_embedded() {
    let stage = Stage::at("/playground").await;
    for (embedding, is_there) in [("Element", 1), ("Frame", 2), ("Kiosk", 3)] {
        stage.browser.page().choose("radio", embedding).await;
        let ready = "return [...document.querySelectorAll('#log .name')]
            .filter(({ textContent }) => textContent === 'loyalty-ready').length";
        let has_come = async |_| stage.browser.run(ready, Vec::new()).await.as_u64() >= Some(is_there);
        stage.browser.page().until(&format!("has the {embedding}"), has_come).await;
        look_at(&stage, Shown::Page, &format!("playground/{embedding}")).await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_runs_off_the_side_is_seen() {
    let stage = Stage::at("/demo/sms").await;
    let widen = "document.querySelector('main').style.minWidth = '2000px'";
    stage.browser.run(widen, Vec::new()).await;
    let overhang_px = stage.browser.overhang_px(Part::Page).await;
    assert!(overhang_px > 0, "{overhang_px}");
    stage.finish().await;
}

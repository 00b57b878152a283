//! Across the frame's edge: the focus by keyboard and by the page, and the first keystroke.

use fantoccini::key::Key;
use serde_json::json;

use super::Framed;
use crate::browser::Kind;
use crate::embedding::FRAME;
use crate::host::HELD_BACK;
use crate::pages::PHONE;
use crate::stage::{IVAN, Setting, copy_widget};

/// What has the focus in the page.
const FOCUSED: &str = "return document.activeElement.id || document.activeElement.localName";

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_goes_into_the_frame_through_it_and_out_again() {
    let body = format!("<button id=\"before\">До</button>{FRAME}<button id=\"after\">После</button>");
    let framed = Framed::with("", &body).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    assert_eq!(framed.with_widget(FOCUSED).await, json!("body"), "the frame takes no focus by itself");
    framed.with_widget("document.querySelector('#before').focus()").await;
    framed.stage.browser.page().press_key(Key::Tab).await;
    framed.until(FOCUSED, json!("loyalty-checkout-frame")).await;
    let is_focused = async |_| framed.stage.browser.widget().focused().await == PHONE;
    framed.stage.browser.widget().until("focuses the phone", is_focused).await;
    // Escape is no trap, nor does it do anything.
    for key in [Key::Escape, Key::Tab, Key::Tab] {
        framed.stage.browser.widget().press_key(key).await;
    }
    framed.until(FOCUSED, json!("after")).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_focuses_the_element_focuses_the_phone() {
    let framed = Framed::with("", &format!("<button>До</button>{FRAME}")).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    if Kind::chosen() == Kind::Webkit {
        // It lets no frame of another site take the keyboard that the guest has not touched yet.
        framed.with_widget("widget.focus()").await;
        let frame = "return widget.shadowRoot.activeElement?.localName ?? ''";
        framed.until(frame, json!("iframe")).await;
        framed.stage.browser.widget().type_over(PHONE, "").await;
        framed.stage.browser.page().press("До").await;
    }
    framed.with_widget("widget.focus()").await;
    let is_focused = async |_| framed.stage.browser.widget().focused().await == PHONE;
    framed.stage.browser.widget().until("focuses the phone", is_focused).await;
    framed.stage.browser.widget().type_where_focused("9990001122").await;
    framed.stage.browser.widget().field_is(PHONE, IVAN).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phone_can_be_typed_in_a_frame_before_the_program_is_there() {
    let pages = tempfile::tempdir().expect("a folder");
    copy_widget(pages.path(), |_| true);
    let index = pages.path().join("index.html");
    let page = std::fs::read_to_string(&index).expect("the page is there");
    std::fs::write(&index, page.replacen("<script", &format!("{HELD_BACK}<script"), 1)).expect("written");
    let setting = Setting { widget_dir: pages.path().to_owned(), ..Setting::default() };
    let framed = Framed::start(setting, &["pirogi"]).await;
    framed.show("", "", FRAME).await;
    framed.until("return !!widget.shadowRoot.querySelector('iframe')", json!(true)).await;
    framed.stage.browser.widget().type_over(PHONE, "9990001122").await;
    framed.stage.browser.widget().field_is(PHONE, IVAN).await;
    assert!(framed.stage.browser.heard("loyalty-ready").await.is_empty(), "the program is not there yet");
    framed.inside("release()").await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.browser.widget().field_is(PHONE, IVAN).await;
    framed.finish().await;
}

#[test]
fn every_custom_property_of_the_styles_can_be_handed_into_the_frame() {
    let known = include_str!("../../../src/embed/frame/framed.js");
    let list = known.lines().find(|line| line.contains("accent on-accent")).expect("the list is one line");
    let known: Vec<&str> = list.split(['"', ' ']).collect();
    let tokens = include_str!("../../../style/tokens.css").split("var(--loyalty-").skip(1);
    let names: Vec<&str> = tokens.filter_map(|rest| rest.split([',', ')']).next()).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert!(known.contains(&name), "framed.js does not know --loyalty-{name}");
    }
}

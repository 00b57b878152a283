//! Boxes, headings, lines and messages.

use leptos::prelude::*;

use super::element::Element;
use super::follow::{Handler, Words};

/// A box with a class and whatever is in it.
#[must_use]
pub fn stack(class: &'static str, children: Vec<AnyView>) -> AnyView {
    Element::new("div", class).children(children).into_any()
}

/// A box that gives way to one of another key instead of becoming it.
#[must_use]
pub fn keyed(key: u32, view: AnyView) -> AnyView {
    Element::new("div", "keyed").keyed(key).children(vec![view]).into_any()
}

/// A box whose button submits it, by a press or by the enter key.
#[must_use]
pub fn form(class: &'static str, on_submit: Handler, children: Vec<AnyView>) -> AnyView {
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        on_submit(String::new());
    };
    Element::new("form", class)
        .fixed("novalidate", "")
        .on("submit", Box::new(submit))
        .children(children)
        .into_any()
}

/// Where a screen begins: its heading, which takes the focus when the screen appears.
#[must_use]
pub fn heading(words: Words) -> AnyView {
    Element::new("h2", "heading").fixed("tabindex", "-1").fixed("data-start", "").text(words).into_any()
}

/// A paragraph that follows its source.
#[must_use]
pub fn paragraph(class: &'static str, words: Words) -> AnyView {
    Element::new("p", class).text(words).into_any()
}

/// A piece of text that follows its source.
#[must_use]
pub fn text(class: &'static str, words: Words) -> AnyView {
    Element::new("span", class).text(words).into_any()
}

/// A piece of text.
#[must_use]
pub fn static_text(class: &str, words: &str) -> AnyView {
    Element::new("span", class).fixed_text(words).into_any()
}

/// A short text set apart.
#[must_use]
pub fn badge(words: &str) -> AnyView {
    static_text("badge", words)
}

/// A label and a value at the two ends of a line; the value follows its source.
#[must_use]
pub fn line(class: &'static str, label: Words, value: Words) -> AnyView {
    stack(class, vec![text("line-label", label), text("line-value", value)])
}

/// A label and a value at the two ends of a line.
#[must_use]
pub fn static_line(class: &'static str, label: &str, value: &str) -> AnyView {
    stack(class, vec![static_text("line-label", label), static_text("line-value", value)])
}

/// A message that is announced when it changes, without interrupting; takes no room while empty.
#[must_use]
pub fn status(class: &'static str, words: Words) -> AnyView {
    Element::new("p", class).fixed("role", "status").text(words).into_any()
}

/// A message that is announced at once; takes no room while empty.
#[must_use]
pub fn alert(words: Words) -> AnyView {
    Element::new("p", "alert").fixed("role", "alert").text(words).into_any()
}

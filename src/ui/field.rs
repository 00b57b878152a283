//! A text field with its label, its hint and its error.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::element::Element;
use super::follow::{Flag, Handler, Words};
use super::layout::stack;
use crate::digits::digit;

/// A text field.
pub struct Field {
    /// Its id within the widget's shadow root.
    pub id: &'static str,
    /// Its label, always visible.
    pub label: Words,
    /// The HTML `type`: `text` or `tel`.
    pub kind: &'static str,
    /// The HTML `inputmode`.
    pub input_mode: &'static str,
    /// Whether what it holds is written from left to right in every language: digits, codes.
    pub left_to_right: bool,
    /// The HTML `autocomplete`.
    pub autocomplete: &'static str,
    /// Grey text in the empty field.
    pub placeholder: &'static str,
    /// Whether the screen begins here, so that it takes the focus.
    pub starts_screen: bool,
    /// What it holds.
    pub value: Words,
    /// What is wrong with it; empty where nothing is.
    pub error: Words,
    /// Whether it cannot be changed now. It keeps the focus.
    pub read_only: Flag,
    /// What happens when the guest types.
    pub on_input: Handler,
    /// What happens when the guest has finished: left the field or pressed the enter key.
    pub on_change: Option<Handler>,
    /// For a field whose text is regrouped while it is typed: where the caret belongs in the new text so that it stands
    /// behind as many digits as before.
    pub caret: Option<fn(&str, usize) -> usize>,
}

/// Shows a field.
#[must_use]
pub fn field(field: Field) -> AnyView {
    let Field { id, label, kind, value, error, read_only, on_input, on_change, caret, .. } = field;
    let error_id = [id, "-error"].concat();
    let shown = Words::clone(&value);
    let input = move |event: Event| {
        if let Some(input) = input_of(&event) {
            typed(&input, &shown, &on_input, caret);
        }
    };
    let change = move |_| {
        if let Some(on_change) = &on_change {
            on_change(String::new());
        }
    };
    let wrong = Words::clone(&error);
    let mut entry = Element::new("input", "field-input")
        .fixed("id", id)
        .fixed("type", kind)
        .fixed("inputmode", field.input_mode)
        .fixed("autocomplete", field.autocomplete)
        .fixed("placeholder", field.placeholder)
        .fixed("autocapitalize", "off")
        .fixed("spellcheck", "false")
        .fixed("aria-describedby", &error_id)
        .flag("aria-invalid", Arc::new(move || !wrong().is_empty()))
        .flag("readonly", read_only)
        .property("value", value)
        .on("input", Box::new(input))
        .on("change", Box::new(change));
    if field.left_to_right {
        entry = entry.fixed("dir", "ltr");
    }
    if field.starts_screen {
        entry = entry.fixed("data-start", "");
    }
    let label = Element::new("label", "field-label").fixed("for", id).text(label);
    let error = Element::new("p", "field-error").fixed("id", &error_id).fixed("role", "alert").text(error);
    stack("field", vec![label.into_any(), entry.into_any(), error.into_any()])
}

/// The field an event is about.
pub(super) fn input_of(event: &Event) -> Option<HtmlInputElement> {
    // The pieces listen to inputs themselves, never to what is around them.
    event.target().map(JsCast::unchecked_into)
}

/// Hands the typed text on, and where the text is regrouped shows it at once with the caret where the guest left it.
fn typed(
    input: &HtmlInputElement,
    value: &Words,
    on_input: &Handler,
    caret: Option<fn(&str, usize) -> usize>,
) {
    let text = input.value();
    let Some(caret) = caret else {
        on_input(text);
        return;
    };
    let at = input.selection_start().ok().flatten().unwrap_or(u32::MAX);
    let before = text.chars().take(at as usize).filter(|c| digit(*c).is_some()).count();
    let all = text.chars().filter(|c| digit(*c).is_some()).count();
    on_input(text);
    let shown = value();
    input.set_value(&shown);
    // Digits may have been added in front (+7 for a bare mobile number), never behind.
    let added = shown.chars().filter(|c| digit(*c).is_some()).count().saturating_sub(all);
    let position = u32::try_from(caret(&shown, before + added)).unwrap_or(u32::MAX);
    // A field that is not focused has no caret to place.
    drop(input.set_selection_range(position, position));
}

//! Typing into a field whose text is regrouped: the caret stays where the guest put it.

use std::sync::Arc;

use leptos::prelude::*;
use loyalty_checkout::state::phone;
use loyalty_checkout::ui::{Field, field, fixed, never};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};

/// A mounted phone field, and what keeps it mounted.
fn phone_field() -> (HtmlInputElement, impl Sized) {
    let document = web_sys::window().expect("a window").document().expect("a document");
    let root: HtmlElement = document.create_element("div").expect("a div").unchecked_into();
    document.body().expect("a body").append_child(&root).expect("appended");
    let mounted = mount_to(root.clone(), || {
        let value = RwSignal::new(String::new());
        field(Field {
            id: "phone",
            label: fixed("Phone".to_owned()),
            kind: "tel",
            input_mode: "tel",
            left_to_right: true,
            autocomplete: "tel",
            placeholder: "",
            starts_screen: false,
            value: Arc::new(move || value.get()),
            error: fixed(String::new()),
            read_only: never(),
            on_input: Arc::new(move |text| value.set(phone::format(&text))),
            on_change: None,
            caret: Some(phone::caret),
        })
    });
    let input = root.query_selector("input").expect("a query").expect("an input").unchecked_into();
    (input, mounted)
}

/// Puts a text into the field with the caret at a place, as typing would.
fn type_into(input: &HtmlInputElement, text: &str, caret: u32) {
    input.focus().expect("focused");
    input.set_value(text);
    input.set_selection_range(caret, caret).expect("a caret");
    let init = EventInit::new();
    init.set_bubbles(true);
    input
        .dispatch_event(&Event::new_with_event_init_dict("input", &init).expect("an event"))
        .expect("dispatched");
}

fn caret(input: &HtmlInputElement) -> Option<u32> {
    input.selection_start().expect("a caret")
}

#[wasm_bindgen_test]
fn a_digit_typed_at_the_end_leaves_the_caret_at_the_end() {
    let (input, _mounted) = phone_field();
    type_into(&input, "9", 1);
    assert_eq!((input.value().as_str(), caret(&input)), ("+7 9", Some(4)));
    type_into(&input, "+7 9990", 7);
    assert_eq!((input.value().as_str(), caret(&input)), ("+7 999 0", Some(8)));
}

#[wasm_bindgen_test]
fn a_digit_typed_in_the_middle_leaves_the_caret_behind_it() {
    let (input, _mounted) = phone_field();
    type_into(&input, "+7 999 000-11-22", 16);
    type_into(&input, "+7 9599 000-11-22", 5);
    assert_eq!((input.value().as_str(), caret(&input)), ("+7 959 900-01-12", Some(5)));
}

#[wasm_bindgen_test]
fn digits_of_an_arabic_keyboard_become_the_same_digits() {
    let (input, _mounted) = phone_field();
    type_into(&input, "\u{669}\u{669}\u{669}\u{660}", 4);
    assert_eq!((input.value().as_str(), caret(&input)), ("+7 999 0", Some(8)));
    type_into(&input, "+7 9\u{665}99 0", 5);
    assert_eq!((input.value().as_str(), caret(&input)), ("+7 959 90", Some(5)));
}

#[wasm_bindgen_test]
fn letters_are_dropped() {
    let (input, _mounted) = phone_field();
    type_into(&input, "+7 9a99", 5);
    assert_eq!(input.value(), "+7 999");
}

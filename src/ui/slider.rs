//! A slider over whole positions.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::element::Element;

/// A slider.
pub struct Slider {
    /// Its name for those who cannot see it.
    pub name: String,
    /// The last position; the first is 0.
    pub last: Signal<String>,
    /// Where it stands.
    pub position: Signal<String>,
    /// What the position means, for those who cannot see it.
    pub meaning: Signal<String>,
    /// How far it is filled, as a CSS percentage.
    pub filled: Signal<String>,
    /// What happens when it is moved.
    pub on_move: Callback<u32>,
}

/// Shows a slider.
#[must_use]
pub fn slider(slider: Slider) -> AnyView {
    let Slider { name, last, position, meaning, filled, on_move } = slider;
    let moved = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(position) = input.and_then(|input| input.value().parse().ok()) {
            on_move.run(position);
        }
    };
    Element::new("input", "slider")
        .fixed("type", "range")
        .fixed("min", "0")
        .fixed("step", "1")
        .fixed("aria-label", &name)
        .follows("max", last)
        .follows("aria-valuetext", meaning)
        .property("value", position)
        .style("--filled", filled)
        .on("input", Box::new(moved))
        .into_any()
}

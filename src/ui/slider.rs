//! A slider over whole positions.

use leptos::prelude::*;
use web_sys::Event;

use super::element::Element;
use super::field::input_of;
use super::follow::{Handler, Words};

/// A slider.
pub struct Slider {
    /// Its name for those who cannot see it.
    pub name: Words,
    /// The last position; the first is 0.
    pub last: Words,
    /// Where it stands.
    pub position: Words,
    /// What the position means, for those who cannot see it.
    pub meaning: Words,
    /// How far it is filled, as a CSS percentage.
    pub filled: Words,
    /// What happens when it is moved: the new position in digits.
    pub on_move: Handler,
}

/// Shows a slider.
#[must_use]
pub fn slider(slider: Slider) -> AnyView {
    let Slider { name, last, position, meaning, filled, on_move } = slider;
    let moved = move |event: Event| {
        if let Some(input) = input_of(&event) {
            on_move(input.value());
        }
    };
    Element::new("input", "slider")
        .fixed("type", "range")
        .fixed("min", "0")
        .fixed("step", "1")
        .follows("aria-label", name)
        .follows("max", last)
        .follows("aria-valuetext", meaning)
        .property("value", position)
        .style("--filled", filled)
        .on("input", Box::new(moved))
        .into_any()
}

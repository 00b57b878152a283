//! A switch: one choice, taken or not.

use leptos::prelude::*;

use super::element::Element;
use super::follow::{Handler, Words, fixed};
use super::layout::{paragraph, stack, text};

/// A switch.
pub struct Switch {
    /// What it does, in the words of the choice.
    pub label: Words,
    /// Whether the choice is taken: `true` or `false`.
    pub state: Words,
    /// The sentence below: what comes of it.
    pub effect: Words,
    /// What happens when it is pressed.
    pub on_press: Handler,
}

/// Shows a switch.
#[must_use]
pub fn switch(switch: Switch) -> AnyView {
    let Switch { label, state, effect, on_press } = switch;
    let button = Element::new("button", "switch")
        .fixed("type", "button")
        .fixed("role", "switch")
        .fixed("aria-describedby", "switch-effect")
        .follows("aria-checked", state)
        .on("click", Box::new(move |_| on_press(String::new())))
        .children(vec![text("switch-label", label), text("switch-track", fixed(String::new()))])
        .into_any();
    let effect = Element::new("div", "switch-effect")
        .fixed("id", "switch-effect")
        .children(vec![paragraph("fine", effect)])
        .into_any();
    stack("switch-choice", vec![button, effect])
}

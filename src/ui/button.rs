//! A button.

use leptos::prelude::*;

use super::element::Element;
use super::follow::{Flag, Handler, Words, never};

/// What a button looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do on a screen.
    Primary,
    /// Another thing to do.
    Secondary,
    /// Something small beside a text.
    Quiet,
}

/// A button.
pub struct Button {
    /// How it looks.
    pub kind: ButtonKind,
    /// What stands on it.
    pub label: Words,
    /// Its name for those who cannot see it, where the label alone says too little; empty where it says enough.
    pub name: String,
    /// Whether it submits the form around it; it then needs no `on_press`.
    pub submits: bool,
    /// Whether what it does is under way. It keeps the focus; pressing it then does nothing.
    pub busy: Flag,
    /// Whether it has nothing to do now.
    pub disabled: Flag,
    /// What it does.
    pub on_press: Option<Handler>,
}

impl Button {
    /// A button that is neither busy nor disabled.
    #[must_use]
    pub fn new(kind: ButtonKind, label: Words) -> Self {
        Self {
            kind,
            label,
            name: String::new(),
            submits: false,
            busy: never(),
            disabled: never(),
            on_press: None,
        }
    }
}

/// Shows a button.
#[must_use]
pub fn button(button: Button) -> AnyView {
    let Button { kind, label, name, submits, busy, disabled, on_press } = button;
    let class = match kind {
        ButtonKind::Primary => "button primary",
        ButtonKind::Secondary => "button secondary",
        ButtonKind::Quiet => "button quiet",
    };
    let is_busy = busy.clone();
    let press = move |_| {
        if let Some(on_press) = on_press.as_ref().filter(|_| !is_busy()) {
            on_press(String::new());
        }
    };
    let mut element = Element::new("button", class)
        .fixed("type", if submits { "submit" } else { "button" })
        .flag("aria-busy", busy)
        .flag("disabled", disabled)
        .on("click", Box::new(press))
        .text(label);
    if !name.is_empty() {
        element = element.fixed("aria-label", &name);
    }
    element.into_any()
}

//! Promo codes: entered, shown with what became of them, removed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::digits::trim;
use crate::i18n::{self, Text};
use crate::state::{Message, Model};
use crate::ui;

/// The field and the codes entered.
pub(super) fn promo(app: App) -> AnyView {
    let field = ui::field(ui::Field {
        id: "promo",
        label: app.words(Text::PromoLabel),
        kind: "text",
        input_mode: "text",
        left_to_right: true,
        autocomplete: "off",
        placeholder: "",
        starts_screen: false,
        value: app.text(|m| m.promo.clone()),
        error: ui::fixed(String::new()),
        read_only: ui::never(),
        on_input: app.on_text(Message::PromoTyped),
        on_change: None,
        caret: None,
    });
    let add = ui::button(ui::Button {
        submits: true,
        disabled: app.flag(|m| trim(&m.promo).is_empty()),
        ..ui::Button::new(ui::ButtonKind::Secondary, app.words(Text::PromoAdd))
    });
    ui::stack(
        "promo",
        vec![ui::form("promo-form", app.on(|| Message::PromoSubmitted), vec![field, add]), app.part(codes)],
    )
}

fn codes(app: App, model: &Model) -> AnyView {
    model.promo_codes.iter().map(|code| chip(app, model, code)).collect::<Vec<_>>().into_any()
}

fn chip(app: App, model: &Model, code: &str) -> AnyView {
    let state =
        model.preview.iter().flat_map(|preview| &preview.promo_codes).find(|state| state.code == code);
    let (class, words) = match state.map(|state| state.refusal) {
        _ if model.calculating => ("chip", Text::Calculating.words()),
        None => ("chip", String::new()),
        Some(None) => ("chip works", Text::PromoWorks.words()),
        Some(Some(refusal)) => ("chip refused", i18n::refusal(refusal)),
    };
    let removed = code.to_owned();
    ui::stack(
        class,
        vec![
            ui::badge(code),
            ui::static_text("chip-state", &words),
            ui::button(ui::Button {
                name: i18n::fill(Text::PromoRemove, &[code]),
                on_press: Some(Arc::new(move |_| app.send(Message::PromoRemoved(removed.clone())))),
                ..ui::Button::new(ui::ButtonKind::Quiet, ui::fixed("×".to_owned()))
            }),
        ],
    )
}

//! How many bonuses to spend: by slider and by typing where any number may be, by a switch where all or nothing.

use std::sync::Arc;

use contract::Money;
use contract::capabilities::SpendChoice;
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::spend::{Scale, chosen};
use crate::state::{Message, Model};
use crate::ui;

/// The choice, or the sentence that there is none.
pub(super) fn spend(app: App) -> AnyView {
    ui::stack("spend", vec![app.keyed(|m| way(m) as u32, offer)])
}

/// How the guest may choose.
#[derive(Clone, Copy)]
enum Way {
    /// There is nothing to choose, and for a guest without bonuses nothing to say.
    Hidden,
    /// Nothing may be spent on this order.
    Nothing,
    /// Any amount.
    Amount,
    /// All or nothing.
    Switch,
}

fn way(model: &Model) -> Way {
    match &model.preview {
        Some(preview) if preview.spend.max_minor.is_positive() => match preview.capabilities.spend {
            SpendChoice::AnyAmount => Way::Amount,
            SpendChoice::AllOrNothing => Way::Switch,
        },
        Some(_) if model.has_bonuses() => Way::Nothing,
        _ => Way::Hidden,
    }
}

fn offer(app: App) -> AnyView {
    match app.model.with_untracked(way) {
        Way::Hidden => ().into_any(),
        Way::Nothing => ui::text("spend-none", app.words(Text::SpendNothing)),
        Way::Amount => amount(app),
        Way::Switch => switch(app),
    }
}

fn switch(app: App) -> AnyView {
    let switch = ui::switch(ui::Switch {
        label: app.text(|m| i18n::fill(Text::ConfirmSpend, &[&i18n::bonuses(most_minor(m))])),
        state: app.text(|m| chosen(m).is_positive().to_string()),
        effect: app.text(effect),
        on_press: app.on(|| Message::SpendSwitched),
    });
    ui::stack("spend-choice", vec![switch, ui::status("notice", app.text(correction))])
}

fn most_minor(model: &Model) -> Money {
    model.preview.as_ref().map_or(Money::ZERO, |preview| preview.spend.max_minor)
}

fn effect(model: &Model) -> String {
    model.preview.as_ref().map_or_else(String::new, |preview| {
        let money = |sum| i18n::money(sum, &preview.currency);
        let without = preview.total_minor;
        i18n::fill(
            Text::SpendEffect,
            &[&money(without.minus_or_zero(preview.spend.max_minor)), &money(without)],
        )
    })
}

fn amount(app: App) -> AnyView {
    let field = ui::field(ui::Field {
        id: "spend",
        label: app.words(Text::SpendLabel),
        kind: "text",
        input_mode: "decimal",
        left_to_right: false,
        autocomplete: "off",
        placeholder: "0",
        starts_screen: false,
        value: app.text(field_text),
        error: app.text(correction),
        read_only: ui::never(),
        on_input: app.on_text(Message::SpendTyped),
        on_change: Some(app.on(|| Message::SpendLeft)),
        caret: None,
    });
    let slider = ui::slider(ui::Slider {
        name: app.words(Text::SpendFieldLabel),
        last: app.text(|m| scale(m).map_or(0, Scale::last).to_string()),
        position: app.text(|m| position(m).to_string()),
        meaning: app.text(|m| i18n::bonuses(chosen(m))),
        filled: app.text(filled),
        on_move: Arc::new(move |position| {
            if let Ok(position) = position.parse() {
                app.send(Message::SpendSlid(position));
            }
        }),
    });
    ui::stack("spend-choice", vec![field, slider, ui::text("spend-most", app.text(most))])
}

fn scale(model: &Model) -> Option<Scale> {
    model.preview.as_ref().map(|preview| Scale::new(&preview.spend))
}

fn position(model: &Model) -> u32 {
    scale(model).map_or(0, |scale| scale.position(chosen(model)))
}

/// How far the slider is filled, for its track.
fn filled(model: &Model) -> String {
    let last = scale(model).map_or(0, Scale::last).max(1);
    let mut percent = (u64::from(position(model)) * 100 / u64::from(last)).to_string();
    percent.push('%');
    percent
}

fn field_text(model: &Model) -> String {
    match &model.spend.typed {
        Some(typed) => typed.clone(),
        None => i18n::typed(chosen(model)),
    }
}

fn correction(model: &Model) -> String {
    match (&model.preview, model.spend.correction) {
        (Some(preview), Some(correction)) => i18n::correction(correction, &preview.spend, chosen(model)),
        _ => String::new(),
    }
}

fn most(model: &Model) -> String {
    i18n::fill(Text::SpendMost, &[&i18n::bonuses_of(most_minor(model))])
}

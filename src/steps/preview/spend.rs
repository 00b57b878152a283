//! How many bonuses to spend, by slider and by typing.

use leptos::prelude::*;

use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::spend::{Scale, chosen};
use crate::state::{Message, Model};
use crate::ui;

/// The choice, or the sentence that there is none.
pub(super) fn spend(app: App) -> AnyView {
    ui::stack(
        "spend",
        vec![
            app.when(can_spend, choice),
            app.when(
                |m| !can_spend(m),
                |_| ui::static_text("spend-none", Text::SpendNothing.as_str().to_owned()),
            ),
        ],
    )
}

fn choice(app: App) -> AnyView {
    let field = ui::field(ui::Field {
        id: "spend",
        label: Text::SpendLabel.as_str().to_owned(),
        kind: "text",
        input_mode: "decimal",
        autocomplete: "off",
        placeholder: "0",
        starts_screen: false,
        value: app.text(field_text),
        error: app.text(correction),
        read_only: Signal::stored(false),
        on_input: app.on_text(Message::SpendTyped),
        on_change: Some(app.on(|| Message::SpendLeft)),
        caret: None,
    });
    let slider = ui::slider(ui::Slider {
        name: Text::SpendFieldLabel.as_str().to_owned(),
        last: app.text(|m| scale(m).map_or(0, Scale::last).to_string()),
        position: app.text(|m| position(m).to_string()),
        meaning: app.text(|m| i18n::bonuses(chosen(m))),
        filled: app.text(filled),
        on_move: Callback::new(move |position| app.send(Message::SpendSlid(position))),
    });
    ui::stack("spend-choice", vec![field, slider, ui::text("spend-most", app.text(most))])
}

fn can_spend(model: &Model) -> bool {
    model.preview.as_ref().is_some_and(|preview| preview.spend.max_minor.is_positive())
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
        None => i18n::decimal(chosen(model).minor()),
    }
}

fn correction(model: &Model) -> String {
    match (&model.preview, model.spend.correction) {
        (Some(preview), Some(correction)) => i18n::correction(correction, &preview.spend, chosen(model)),
        _ => String::new(),
    }
}

fn most(model: &Model) -> String {
    model.preview.as_ref().map_or_else(String::new, |preview| {
        i18n::fill(Text::SpendMost, &[&i18n::bonuses(preview.spend.max_minor)])
    })
}

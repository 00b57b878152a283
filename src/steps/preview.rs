//! What the programme gives for this cart, and how much of it the guest takes.

mod guest;
mod promo;
mod spend;
mod sums;

use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Message, Model, spend as chosen};
use crate::ui;

/// Shows the preview; it is recalculated in place, so nothing the guest is doing is interrupted.
pub(crate) fn preview(app: App) -> AnyView {
    ui::stack(
        "screen",
        vec![
            guest::guest(app),
            app.when(|m| !m.has_order(), |app| ui::paragraph("lead", app.words(Text::EmptyCart))),
            app.when(|m| m.preview.is_none() && (m.calculating || m.action.is_some()), |_| skeleton()),
            app.when(|m| m.preview.is_some(), body),
            messages(app),
            app.when(|m| m.preview.is_some(), confirm),
        ],
    )
}

fn body(app: App) -> AnyView {
    ui::stack(
        "body",
        vec![
            app.part(sums::notifications),
            spend::spend(app),
            app.when(|m| m.can(|c| c.promo_codes), promo::promo),
            sums::sums(app),
        ],
    )
}

fn confirm(app: App) -> AnyView {
    ui::stack(
        "actions-main",
        vec![
            ui::button(ui::Button {
                busy: app.flag(|m| m.calculating || m.action.is_some()),
                on_press: Some(app.on(|| Message::ConfirmPressed)),
                ..ui::Button::new(ui::ButtonKind::Primary, app.text(confirm_label))
            }),
            ui::paragraph("fine", app.text(what_follows)),
            ui::stack("actions", vec![app.when(|m| m.can(|c| c.payment_codes), show_code)]),
        ],
    )
}

fn show_code(app: App) -> AnyView {
    ui::button(ui::Button {
        busy: app.flag(|m| m.action.is_some()),
        on_press: Some(app.on(|| Message::CodePressed)),
        ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::ShowCode))
    })
}

/// What confirming brings beside the sums, said before it is done.
fn what_follows(model: &Model) -> String {
    let Some(can) = &model.capabilities else { return String::new() };
    match can.hold_s {
        _ if model.sends() => Text::ConfirmSends.words(),
        Some(hold_s) if chosen::chosen(model).is_positive() => {
            i18n::fill(Text::ConfirmHolds, &[&i18n::minutes(hold_s / 60)])
        }
        _ => String::new(),
    }
}

fn confirm_label(model: &Model) -> String {
    if model.calculating {
        return Text::Calculating.words();
    }
    let sum = chosen::chosen(model);
    if sum.is_positive() {
        i18n::fill(Text::ConfirmSpend, &[&i18n::bonuses(sum)])
    } else {
        Text::ConfirmPlain.words()
    }
}

/// Grey shapes where the preview will be, so that nothing jumps when it comes.
fn skeleton() -> AnyView {
    let bar = || ui::stack("skeleton", Vec::new());
    ui::stack("body", vec![bar(), bar(), bar()])
}

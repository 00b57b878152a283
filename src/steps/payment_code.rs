//! The payment code for the till.

use contract::payment_code::ean8_digits;
use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Action, Message, Model};
use crate::ui;

/// Shows the payment code as bar code, as QR and in digits, and how long it is good for.
pub(crate) fn payment_code(app: App) -> AnyView {
    ui::stack(
        "screen",
        vec![
            ui::heading(app.words(Text::PaymentCodeTitle)),
            ui::paragraph("lead", app.words(Text::PaymentCodeLead)),
            // Drawn once a code, not once a second.
            app.keyed(|m| m.payment_code_revision, symbols),
            ui::paragraph("countdown", app.text(left)),
            messages(app),
            ui::button(ui::Button {
                busy: app.flag(renewing),
                on_press: Some(app.on(|| Message::CodePressed)),
                ..ui::Button::new(ui::ButtonKind::Secondary, app.words(Text::PaymentCodeRenew))
            }),
            ui::stack(
                "actions",
                vec![ui::button(ui::Button {
                    on_press: Some(app.on(|| Message::BackPressed)),
                    ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::Back))
                })],
            ),
        ],
    )
}

fn digits(model: &Model) -> Option<String> {
    model.payment_code.as_ref().and_then(|code| ean8_digits(&code.code))
}

fn symbol_name(model: &Model, name: Text) -> String {
    i18n::fill(name, &[&digits(model).unwrap_or_default()])
}

fn symbols(app: App) -> AnyView {
    let Some(digits) = app.model.with_untracked(digits) else {
        return ui::stack("symbols empty", Vec::new());
    };
    let spaced = match digits.split_at_checked(4) {
        Some((left, right)) => [left, " ", right].concat(),
        None => digits.clone(),
    };
    ui::stack(
        "symbols",
        vec![
            ui::ean8(&digits, app.text(|m| symbol_name(m, Text::BarcodeName))),
            ui::static_text("digits", &spaced),
            ui::qr(&app.model.with_untracked(|m| m.qr.clone()), app.text(|m| symbol_name(m, Text::QrName))),
        ],
    )
}

fn renewing(model: &Model) -> bool {
    model.action == Some(Action::IssueCode)
}

fn left(model: &Model) -> String {
    if model.payment_code.is_some() {
        let left_s = model.payment_code_until_s.saturating_sub(model.now_s);
        return i18n::fill(Text::PaymentCodeLeft, &[&i18n::clock(left_s)]);
    }
    (if renewing(model) { Text::PaymentCodeRenewing } else { Text::PaymentCodeExpired }).words()
}

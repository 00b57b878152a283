//! The code from the SMS.

use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Action, Message, Model};
use crate::ui;

/// Asks for the code; all of its digits are enough, they need no button.
pub(crate) fn code(app: App) -> AnyView {
    let field = ui::field(ui::Field {
        id: "code",
        label: app.text(|m| i18n::code_digits(digits(m))),
        kind: "text",
        input_mode: "numeric",
        left_to_right: true,
        autocomplete: "one-time-code",
        placeholder: zeros(app.model.with_untracked(digits)),
        starts_screen: true,
        value: app.text(|m| m.code.clone()),
        error: ui::fixed(String::new()),
        read_only: app.flag(checking),
        on_input: app.on_text(Message::CodeTyped),
        on_change: None,
        caret: Some(|_, digits| digits),
    });
    let submit = ui::button(ui::Button {
        submits: true,
        busy: app.flag(checking),
        ..ui::Button::new(ui::ButtonKind::Primary, app.words(Text::CodeSubmit))
    });
    let resend = ui::button(ui::Button {
        disabled: app.flag(|m| wait_s(m) > 0),
        busy: app.flag(|m| m.action == Some(Action::StartLogin)),
        on_press: Some(app.on(|| Message::ResendPressed)),
        ..ui::Button::new(ui::ButtonKind::Quiet, app.text(resend_label))
    });
    let change = ui::button(ui::Button {
        on_press: Some(app.on(|| Message::ChangeNumberPressed)),
        ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::ChangeNumber))
    });
    ui::form(
        "screen",
        app.on(|| Message::CodeSubmitted),
        vec![
            ui::heading(app.words(Text::CodeTitle)),
            ui::paragraph("lead", app.text(|m| i18n::fill(Text::CodeLead, &[&m.phone]))),
            ui::stack("code-field", vec![field]),
            messages(app),
            submit,
            ui::stack("actions", vec![resend, change]),
        ],
    )
}

/// How many digits the code has, as the proxy says.
fn digits(model: &Model) -> u32 {
    model.challenge.as_ref().map_or(0, |challenge| challenge.code_length)
}

/// What a code looks like.
fn zeros(digits: u32) -> &'static str {
    "0000000000".get(..digits as usize).unwrap_or_default()
}

fn checking(model: &Model) -> bool {
    model.action == Some(Action::VerifyLogin)
}

/// Seconds until another code may be asked for.
fn wait_s(model: &Model) -> u32 {
    model.challenge.as_ref().map_or(0, |challenge| challenge.resend_at_s.saturating_sub(model.now_s))
}

fn resend_label(model: &Model) -> String {
    match wait_s(model) {
        0 => Text::CodeResend.words(),
        wait_s => i18n::fill(Text::CodeResendIn, &[&i18n::clock(wait_s)]),
    }
}

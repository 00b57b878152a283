//! The phone, or what a guest may log in by in its place.

use std::sync::Arc;

use contract::login::LoginKey;
use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Action, Message, Model, phone};
use crate::ui;

/// Asks for the guest's phone, card or code.
pub(crate) fn phone(app: App) -> AnyView {
    let submit = ui::button(ui::Button {
        submits: true,
        busy: app.flag(sending),
        ..ui::Button::new(ui::ButtonKind::Primary, app.text(submit_label))
    });
    ui::form(
        "screen",
        app.on(|| Message::KeySubmitted),
        vec![
            ui::heading(app.words(Text::PhoneTitle)),
            ui::paragraph("lead", app.words(Text::PhoneLead)),
            // A field of its own for each: what the guest typed for the one is not the other.
            app.keyed(|m| m.login_by as u32, field),
            messages(app),
            submit,
            ui::stack("actions", vec![app.part(other_ways)]),
            ui::paragraph("fine", app.text(consent)),
        ],
    )
}

fn field(app: App) -> AnyView {
    let by = app.model.with_untracked(|model| model.login_by);
    let is_phone = by == LoginKey::Phone;
    let label = match by {
        LoginKey::Phone => Text::PhoneLabel,
        LoginKey::Card => Text::CardLabel,
        LoginKey::AppCode => Text::AppCodeLabel,
    };
    let kind = if is_phone { "tel" } else { "text" };
    ui::field(ui::Field {
        id: if is_phone { "phone" } else { "key" },
        label: app.words(label),
        kind,
        input_mode: kind,
        left_to_right: true,
        autocomplete: if is_phone { "tel" } else { "off" },
        placeholder: if is_phone { "+7 000 000-00-00" } else { "" },
        starts_screen: true,
        value: app.text(if is_phone { |m| m.phone.clone() } else { |m| m.key.clone() }),
        error: app.text(error),
        read_only: app.flag(sending),
        on_input: app.on_text(Message::KeyTyped),
        on_change: None,
        caret: is_phone.then_some(phone::caret),
    })
}

/// The other ways to log in that the restaurant allows.
fn other_ways(app: App, model: &Model) -> AnyView {
    [(LoginKey::Phone, Text::ByPhone), (LoginKey::Card, Text::ByCard), (LoginKey::AppCode, Text::ByAppCode)]
        .into_iter()
        .filter(|(by, _)| *by != model.login_by && (*by == LoginKey::Phone || model.login_keys.contains(by)))
        .map(|(by, label)| {
            ui::button(ui::Button {
                on_press: Some(Arc::new(move |_| app.send(Message::LoginBy(by)))),
                ..ui::Button::new(ui::ButtonKind::Quiet, app.words(label))
            })
        })
        .collect::<Vec<_>>()
        .into_any()
}

fn sending(model: &Model) -> bool {
    matches!(model.action, Some(Action::StartLogin | Action::VerifyLogin))
}

fn submit_label(model: &Model) -> String {
    let by_phone = model.login_by == LoginKey::Phone;
    (if by_phone { Text::PhoneSubmit } else { Text::CodeSubmit }).words()
}

fn consent(model: &Model) -> String {
    let by_phone = model.login_by == LoginKey::Phone;
    if by_phone { Text::PhoneConsent.words() } else { String::new() }
}

fn error(model: &Model) -> String {
    match model.login_by {
        _ if !model.key_incomplete => String::new(),
        LoginKey::Phone => i18n::fill(Text::PhoneIncomplete, &["+7 999 000-11-22"]),
        LoginKey::Card | LoginKey::AppCode => Text::KeyIncomplete.words(),
    }
}

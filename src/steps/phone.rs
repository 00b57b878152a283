//! The phone.

use leptos::prelude::*;

use super::messages::{messages, words};
use crate::app::App;
use crate::i18n::Text;
use crate::state::{Action, Message, Model, phone};
use crate::ui;

/// Asks for the guest's phone.
pub(crate) fn phone(app: App) -> AnyView {
    let field = ui::field(ui::Field {
        id: "phone",
        label: Text::PhoneLabel.as_str().to_owned(),
        kind: "tel",
        input_mode: "tel",
        autocomplete: "tel",
        placeholder: "+7 000 000-00-00",
        starts_screen: true,
        value: app.text(|m| m.phone.clone()),
        error: app.text(error),
        read_only: app.flag(sending),
        on_input: app.on_text(Message::PhoneTyped),
        on_change: None,
        caret: Some(phone::caret),
    });
    let submit = ui::button(ui::Button {
        submits: true,
        busy: app.flag(sending),
        ..ui::Button::new(ui::ButtonKind::Primary, words(Text::PhoneSubmit))
    });
    ui::form(
        "screen",
        app.on(|| Message::PhoneSubmitted),
        vec![
            ui::heading(words(Text::PhoneTitle)),
            ui::paragraph("lead", words(Text::PhoneLead)),
            field,
            messages(app),
            submit,
            ui::paragraph("fine", words(Text::PhoneConsent)),
        ],
    )
}

fn sending(model: &Model) -> bool {
    model.action == Some(Action::StartLogin)
}

fn error(model: &Model) -> String {
    if model.phone_incomplete { Text::PhoneIncomplete.as_str().to_owned() } else { String::new() }
}

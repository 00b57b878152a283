//! An order of which nobody can tell whether the restaurant has it.

use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::Text;
use crate::state::{Action, Message};
use crate::ui;

/// Says so, and offers to look again. Nothing here sends the order once more.
pub(crate) fn unknown(app: App) -> AnyView {
    ui::stack(
        "screen",
        vec![
            ui::heading(app.words(Text::UnknownTitle)),
            ui::paragraph("alert", app.words(Text::UnknownLead)),
            messages(app),
            ui::button(ui::Button {
                busy: app.flag(|m| m.action == Some(Action::ReadOrder)),
                on_press: Some(app.on(|| Message::LookPressed)),
                ..ui::Button::new(ui::ButtonKind::Primary, app.words(Text::UnknownLook))
            }),
            app.when(|m| m.order_token.is_none(), new_order),
        ],
    )
}

/// Leaves the order alone and begins another, where that is not for the restaurant's server to say.
fn new_order(app: App) -> AnyView {
    ui::stack(
        "actions",
        vec![ui::button(ui::Button {
            on_press: Some(app.on(|| Message::NewOrderPressed)),
            ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::UnknownNew))
        })],
    )
}

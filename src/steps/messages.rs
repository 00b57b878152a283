//! What every screen has: what happened, what failed, and the way on.

use leptos::prelude::*;

use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Message, Model};
use crate::ui;

/// The notice and the problem of the moment, each announced when it comes; empty they take no room.
pub(super) fn messages(app: App) -> AnyView {
    ui::stack(
        "messages",
        vec![
            ui::status("notice", app.text(|m| m.notice.map_or_else(String::new, i18n::notice))),
            ui::alert(app.text(problem)),
            app.when(can_retry, |app| {
                ui::button(ui::Button {
                    busy: app.flag(|m| m.action.is_some()),
                    on_press: Some(app.on(|| Message::RetryPressed)),
                    ..ui::Button::new(ui::ButtonKind::Secondary, app.words(Text::Retry))
                })
            }),
        ],
    )
}

fn problem(model: &Model) -> String {
    model.problem.as_ref().map_or_else(String::new, |problem| i18n::failure(&problem.failure, model.login_by))
}

fn can_retry(model: &Model) -> bool {
    model.problem.as_ref().is_some_and(|problem| problem.retry.is_some())
}

//! Who the guest is: name, balance, rank and what keeps it.

use contract::preview::Rank;
use leptos::prelude::*;

use super::words;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Message, Model};
use crate::ui;

/// The head of the preview.
pub(super) fn guest(app: App) -> AnyView {
    ui::stack(
        "guest",
        vec![
            ui::stack(
                "guest-head",
                vec![
                    ui::heading(app.text(greeting)),
                    ui::button(ui::Button {
                        on_press: Some(app.on(|| Message::LogoutPressed)),
                        ..ui::Button::new(ui::ButtonKind::Quiet, words(Text::Logout))
                    }),
                ],
            ),
            app.when(
                |m| m.preview.is_some(),
                |app| {
                    ui::stack(
                        "wallet",
                        vec![
                            ui::line("line balance", Text::Balance.as_str().to_owned(), app.text(balance)),
                            app.part(rank),
                        ],
                    )
                },
            ),
        ],
    )
}

fn greeting(model: &Model) -> String {
    match model.preview.as_ref().and_then(|preview| preview.guest.name.as_deref()) {
        Some(name) => i18n::fill(Text::Greeting, &[name]),
        None => Text::GreetingNameless.as_str().to_owned(),
    }
}

fn balance(model: &Model) -> String {
    model.preview.as_ref().map_or_else(String::new, |preview| i18n::bonuses(preview.guest.balance_minor))
}

fn rank(_: App, model: &Model) -> AnyView {
    let Some(preview) = &model.preview else { return ().into_any() };
    let Some(rank) = &preview.guest.rank else { return ().into_any() };
    let mut lines = vec![ui::static_text(
        "rank",
        i18n::fill(Text::Rank, &[&rank.name, &i18n::percent(rank.cashback_bp)]),
    )];
    if let Some(words) = confirmation(rank, &preview.currency) {
        lines.push(ui::static_text("rank-confirmation", words));
    }
    lines.into_any()
}

fn confirmation(rank: &Rank, currency: &str) -> Option<String> {
    let confirmation = rank.confirmation.as_ref()?;
    let sum = i18n::money(confirmation.sum_left_minor, currency);
    Some(i18n::fill(Text::RankConfirmation, &[&sum, &i18n::hours(confirmation.hours_left)]))
}

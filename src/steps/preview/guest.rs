//! Who the guest is: name, balance, rank and what keeps it.

use contract::preview::Rank;
use leptos::prelude::*;

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
                        ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::Logout))
                    }),
                ],
            ),
            app.when(
                |m| m.preview.is_some(),
                |app| {
                    ui::stack(
                        "wallet",
                        vec![
                            app.when(Model::has_bonuses, |app| {
                                ui::line("line balance", app.words(Text::Balance), app.text(balance))
                            }),
                            app.part(rank),
                        ],
                    )
                },
            ),
        ],
    )
}

fn greeting(model: &Model) -> String {
    let (named, nameless) = if model.preview.is_none() || model.has_bonuses() {
        (Text::Greeting, Text::GreetingNameless)
    } else {
        (Text::GreetingDiscount, Text::GreetingDiscountNameless)
    };
    match model.preview.as_ref().and_then(|preview| preview.guest.name.as_deref()) {
        Some(name) => i18n::fill(named, &[name]),
        None => nameless.words(),
    }
}

fn balance(model: &Model) -> String {
    model.preview.as_ref().map_or_else(String::new, |preview| i18n::bonuses(preview.guest.balance_minor))
}

fn rank(_: App, model: &Model) -> AnyView {
    let Some(preview) = &model.preview else { return ().into_any() };
    let Some(rank) = &preview.guest.rank else { return ().into_any() };
    let mut words = i18n::fill(Text::Rank, &[&rank.name]);
    for (gives, share_bp) in [(Text::RankCashback, rank.cashback_bp), (Text::RankDiscount, rank.discount_bp)]
    {
        if let Some(share_bp) = share_bp {
            words.push_str(&i18n::fill(gives, &[&i18n::percent(share_bp)]));
        }
    }
    let mut lines = vec![ui::static_text("rank", &words)];
    if let Some(words) = confirmation(rank, &preview.currency) {
        lines.push(ui::static_text("rank-confirmation", &words));
    }
    lines.into_any()
}

fn confirmation(rank: &Rank, currency: &str) -> Option<String> {
    let confirmation = rank.confirmation.as_ref()?;
    let sum = i18n::money(confirmation.sum_left_minor, currency);
    Some(i18n::fill(Text::RankConfirmation, &[&sum, &i18n::hours(confirmation.hours_left)]))
}

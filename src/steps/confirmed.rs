//! What is frozen for the order.

use contract::Money;
use contract::order::OrderResponse;
use leptos::prelude::*;

use super::messages::{messages, words};
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Action, Message, Model};
use crate::ui;

/// Shows what is frozen and the ways on.
pub(crate) fn confirmed(app: App) -> AnyView {
    let action = |label: Text, kind: ui::ButtonKind, message: fn() -> Message, busy: fn(&Model) -> bool| {
        ui::button(ui::Button {
            busy: app.flag(busy),
            on_press: Some(app.on(message)),
            ..ui::Button::new(kind, words(label))
        })
    };
    ui::stack(
        "screen",
        vec![
            ui::heading(words(Text::ConfirmedTitle)),
            ui::paragraph("lead", app.text(lead)),
            ui::stack("sums", vec![app.part(sums)]),
            messages(app),
            action(
                Text::ShowCode,
                ui::ButtonKind::Primary,
                || Message::CodePressed,
                |m| m.action == Some(Action::IssueCode),
            ),
            ui::stack(
                "actions",
                vec![
                    action(
                        Text::Change,
                        ui::ButtonKind::Quiet,
                        || Message::ChangePressed,
                        |m| m.action == Some(Action::Reset),
                    ),
                    action(
                        Text::Cancel,
                        ui::ButtonKind::Quiet,
                        || Message::CancelPressed,
                        |m| m.action == Some(Action::Cancel),
                    ),
                ],
            ),
        ],
    )
}

fn lead(model: &Model) -> String {
    let spends = model.order.as_ref().is_some_and(|order| order.spend_minor.is_positive());
    (if spends { Text::ConfirmedLead } else { Text::ConfirmedLeadPlain }).as_str().to_owned()
}

fn sums(_: App, model: &Model) -> AnyView {
    let Some(order) = &model.order else { return ().into_any() };
    let money = |amount: Money| i18n::money(amount, &order.currency);
    let mut lines = Vec::new();
    if order.spend_minor.is_positive() {
        lines.push(line("line", Text::Frozen, i18n::bonuses(order.spend_minor)));
    }
    if order.discount_total_minor.is_positive() {
        lines.push(line("line", Text::Discounts, minus(order, order.discount_total_minor)));
    }
    lines.push(line("line total", Text::ToPay, money(order.to_pay_minor)));
    lines.into_any()
}

fn line(class: &'static str, label: Text, value: String) -> AnyView {
    ui::static_line(class, label.as_str().to_owned(), value)
}

fn minus(order: &OrderResponse, amount: Money) -> String {
    ["−", &i18n::money(amount, &order.currency)].concat()
}

//! What is frozen for the order.

use contract::Money;
use contract::order::OrderResponse;
use leptos::prelude::*;

use super::messages::messages;
use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::{Action, Message, Model, hold};
use crate::ui;

/// Shows what is frozen, for how long, and the ways on.
pub(crate) fn confirmed(app: App) -> AnyView {
    ui::stack(
        "screen",
        vec![
            ui::heading(app.words(Text::ConfirmedTitle)),
            ui::paragraph("lead", app.text(lead)),
            ui::stack("sums", vec![app.part(sums)]),
            app.when(|m| m.hold_until_s.is_some(), hold_left),
            messages(app),
            app.when(|m| m.can(|c| c.payment_codes), show_code),
            ui::stack(
                "actions",
                vec![change(app, ui::ButtonKind::Quiet, Text::Change), cancel_where_possible(app)],
            ),
        ],
    )
}

fn show_code(app: App) -> AnyView {
    ui::button(ui::Button {
        busy: app.flag(|m| m.action.is_some()),
        on_press: Some(app.on(|| Message::CodePressed)),
        ..ui::Button::new(ui::ButtonKind::Primary, app.words(Text::ShowCode))
    })
}

/// Returns what is frozen and leads back to the choice, where it is confirmed anew.
fn change(app: App, kind: ui::ButtonKind, label: Text) -> AnyView {
    ui::button(ui::Button {
        busy: app.flag(|m| m.action == Some(Action::Reset)),
        on_press: Some(app.on(|| Message::ChangePressed)),
        ..ui::Button::new(kind, app.words(label))
    })
}

fn cancel_where_possible(app: App) -> AnyView {
    app.when(
        |m| m.can(|c| c.cancel),
        |app| {
            ui::button(ui::Button {
                busy: app.flag(|m| m.action == Some(Action::Cancel)),
                on_press: Some(app.on(|| Message::CancelPressed)),
                ..ui::Button::new(ui::ButtonKind::Quiet, app.words(Text::Cancel))
            })
        },
    )
}

/// The time left. It is announced only where the sentence of the warning changes, not each second.
fn hold_left(app: App) -> AnyView {
    ui::stack(
        "hold",
        vec![
            ui::line("line", app.words(Text::HoldLeft), app.text(time_left)),
            ui::status("notice", app.text(warning)),
            app.when(hold::is_ending, |app| change(app, ui::ButtonKind::Secondary, Text::HoldExtend)),
        ],
    )
}

fn time_left(model: &Model) -> String {
    i18n::clock(model.hold_left_s().unwrap_or(0))
}

fn warning(model: &Model) -> String {
    let left = match model.hold_left_s() {
        Some(..=10) => i18n::seconds(10),
        Some(..=30) => i18n::seconds(30),
        Some(..=hold::WARNING_S) => Text::HoldMinute.words(),
        _ => return String::new(),
    };
    i18n::fill(Text::HoldEnding, &[&left])
}

fn lead(model: &Model) -> String {
    let spends = model.order.as_ref().is_some_and(|order| order.spend_minor.is_positive());
    let accrues =
        model.preview.as_ref().is_some_and(|preview| preview.spend.accrual_without_minor.is_positive());
    let text = match (spends, accrues) {
        _ if !model.can(|c| c.cancel) => Text::ConfirmedLeadSent,
        (true, _) => Text::ConfirmedLead,
        (false, true) => Text::ConfirmedLeadPlain,
        (false, false) => Text::ConfirmedLeadDiscount,
    };
    text.words()
}

fn sums(_: App, model: &Model) -> AnyView {
    let Some(order) = &model.order else { return ().into_any() };
    let money = |amount: Money| i18n::money(amount, &order.currency);
    let mut lines = Vec::new();
    if order.spend_minor.is_positive() {
        let label = if model.sends() { Text::Taken } else { Text::Frozen };
        lines.push(line("line", label, &i18n::bonuses(order.spend_minor)));
    }
    if order.discount_total_minor.is_positive() {
        lines.push(line("line", Text::Discounts, &minus(order, order.discount_total_minor)));
    }
    lines.push(line("line total", Text::ToPay, &money(order.to_pay_minor)));
    lines.into_any()
}

fn line(class: &'static str, label: Text, value: &str) -> AnyView {
    ui::static_line(class, &label.words(), value)
}

fn minus(order: &OrderResponse, amount: Money) -> String {
    i18n::minus(amount, &order.currency)
}

//! The sums: list price, discounts, spend, to pay; what is accrued; what the programme says.

use contract::Money;
use contract::preview::PreviewResponse;
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::{self, Text};
use crate::state::Model;
use crate::state::spend::chosen;
use crate::ui;

/// The receipt and the accruals.
pub(super) fn sums(app: App) -> AnyView {
    ui::stack(
        "sums",
        vec![
            app.part(receipt),
            ui::line("line total", app.words(Text::ToPay), app.text(to_pay)),
            app.part(accruals),
        ],
    )
}

/// What the loyalty system says about this order.
pub(super) fn notifications(_: App, model: &Model) -> AnyView {
    let Some(preview) = &model.preview else { return ().into_any() };
    let note = |primary: &String, secondary: &String| {
        let mut words = vec![ui::static_text("note-primary", primary)];
        if !secondary.is_empty() {
            words.push(ui::static_text("note-secondary", secondary));
        }
        ui::stack("note", words)
    };
    preview.notifications.iter().map(|n| note(&n.primary, &n.secondary)).collect::<Vec<_>>().into_any()
}

fn receipt(_: App, model: &Model) -> AnyView {
    let Some(preview) = &model.preview else { return ().into_any() };
    let mut lines =
        vec![line(&Text::ItemsTotal.words(), &i18n::money(preview.items_total_minor, &preview.currency))];
    for discount in &preview.discounts {
        lines.push(line(&discount.campaign, &minus(preview, discount.amount_minor)));
    }
    let spend = chosen(model);
    if spend.is_positive() {
        lines.push(line(&Text::SpendRow.words(), &minus(preview, spend)));
    }
    lines.into_any()
}

fn line(label: &str, value: &str) -> AnyView {
    ui::static_line("line", label, value)
}

fn minus(preview: &PreviewResponse, amount: Money) -> String {
    i18n::minus(amount, &preview.currency)
}

fn to_pay(model: &Model) -> String {
    model.preview.as_ref().map_or_else(String::new, |preview| {
        i18n::money(preview.total_minor.minus_or_zero(chosen(model)), &preview.currency)
    })
}

/// What is accrued at the two ends; the end the guest has chosen is marked.
fn accruals(_: App, model: &Model) -> AnyView {
    let Some(preview) = &model.preview else { return ().into_any() };
    let limits = &preview.spend;
    if !(limits.accrual_without_minor.is_positive() || limits.accrual_with_minor.is_positive()) {
        return ().into_any();
    }
    let spend = chosen(model);
    let end = |label: Text, sum: Money, is_chosen: bool| {
        let class = if is_chosen { "accrual chosen" } else { "accrual" };
        ui::stack(
            class,
            vec![
                ui::static_text("accrual-sum", &i18n::plus(sum)),
                ui::static_text("accrual-label", &label.words()),
            ],
        )
    };
    let mut ends = vec![end(Text::AccrualWithout, limits.accrual_without_minor, spend <= limits.min_minor)];
    let mut parts = vec![ui::static_text("accruals-title", &Text::AccrualTitle.words())];
    let has_choice = limits.max_minor > limits.min_minor;
    let accrues_with = preview.capabilities.accrual_with_spend;
    if has_choice && accrues_with {
        ends.push(end(Text::AccrualWith, limits.accrual_with_minor, spend == limits.max_minor));
    }
    parts.push(ui::stack("accruals-ends", ends));
    if has_choice && !accrues_with {
        parts.push(ui::static_text("fine", &Text::AccrualNone.words()));
    }
    ui::stack("accruals", parts)
}

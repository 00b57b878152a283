//! Confirming what was previewed, changing it afterwards, giving it up.

use contract::error::ErrorCode;
use contract::order::{ConfirmRequest, OrderResponse, OrderState};

use super::message::{Effect, Failure, HostEvent};
use super::model::{Action, Model, Notice, Problem, Step};
use super::preview::calculate_again;
use super::{hold, spend};

pub(super) fn confirm_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_some() || model.calculating || model.step != Step::Preview {
        return;
    }
    let Some(preview) = &model.preview else { return };
    let request = ConfirmRequest {
        order_id: preview.order_id.clone(),
        preview_id: preview.preview_id.clone(),
        spend_minor: spend::chosen(model),
    };
    model.notice = None;
    model.confirmed_revision = model.revision;
    let effect = Effect::Confirm(model.key(), request);
    model.start(effect, out);
}

pub(super) fn confirmed(model: &mut Model, answer: Result<OrderResponse, Failure>, out: &mut Vec<Effect>) {
    if model.action != Some(Action::Confirm) {
        return;
    }
    model.action = None;
    match answer {
        Ok(order) => settle(model, order, out),
        Err(failure) => match failure.refusal() {
            Some(ErrorCode::PreviewOutdated | ErrorCode::SpendOutOfRange) => calculate_again(model, out),
            Some(ErrorCode::UnknownOrder) => {
                model.order_id = None;
                calculate_again(model, out);
            }
            Some(ErrorCode::OrderStateConflict) => read(model, out),
            // What failed was of another cart: the sums that are shown must not be confirmed for this one.
            refusal if refusal != Some(ErrorCode::NotLoggedIn) && is_outdated(model) => {
                calculate_again(model, out);
            }
            refusal => {
                let may_be_there = refusal != Some(ErrorCode::UpstreamRefused) && failure.is_repeatable();
                if may_be_there && !model.can(|c| c.cancel) {
                    // Before the guest is asked to repeat what may have given the restaurant an order.
                    model.doubt = Some(Problem { failure, retry: model.under_way.clone() });
                    read(model, out);
                } else {
                    model.fail_action(failure, out);
                }
            }
        },
    }
}

/// Whether the cart has changed since the confirm was sent.
fn is_outdated(model: &Model) -> bool {
    model.revision != model.confirmed_revision
}

pub(super) fn change_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_none() && model.step == Step::Confirmed {
        reset(model, out);
    }
}

/// Returns what is frozen. The cart is calculated anew when that is done.
pub(super) fn reset(model: &mut Model, out: &mut Vec<Effect>) {
    if let Some(order) = &model.order {
        let effect = Effect::Reset(model.key(), order.order_id.clone());
        model.start(effect, out);
    }
}

pub(super) fn was_reset(model: &mut Model, answer: Result<OrderResponse, Failure>, out: &mut Vec<Effect>) {
    if model.action != Some(Action::Reset) {
        return;
    }
    model.action = None;
    match answer {
        Ok(_) => {
            let notice = match () {
                () if is_outdated(model) => Some(Notice::ConfirmAgain),
                () if hold::is_ending(model) => Some(Notice::HoldAgain),
                () => None,
            };
            reopen(model, notice, out);
        }
        Err(failure) => failed(model, failure, out),
    }
}

pub(super) fn cancel_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_some() {
        return;
    }
    if let Some(order) = &model.order {
        let effect = Effect::Cancel(model.key(), order.order_id.clone());
        model.start(effect, out);
    }
}

pub(super) fn was_cancelled(
    model: &mut Model,
    answer: Result<OrderResponse, Failure>,
    out: &mut Vec<Effect>,
) {
    if model.action != Some(Action::Cancel) {
        return;
    }
    model.action = None;
    match answer {
        Ok(_) => {
            model.order_id = None;
            model.spend = spend::Spend::default();
            reopen(model, Some(Notice::SpendCancelled), out);
        }
        Err(failure) => failed(model, failure, out),
    }
}

pub(super) fn was_read(model: &mut Model, answer: Result<OrderResponse, Failure>, out: &mut Vec<Effect>) {
    if model.action != Some(Action::ReadOrder) {
        return;
    }
    model.action = None;
    if model.looks_again {
        read(model, out);
        return;
    }
    match (answer, model.doubt.take()) {
        (Err(failure), _) if failure.refusal() == Some(ErrorCode::NotLoggedIn) => failed(model, failure, out),
        // It was not carried out, or nobody can be asked: what failed first is what is to be repeated.
        (Ok(OrderResponse { state: OrderState::Open, .. }) | Err(_), Some(_)) if is_outdated(model) => {
            calculate_again(model, out);
        }
        (Ok(OrderResponse { state: OrderState::Open, .. }) | Err(_), Some(problem)) => {
            model.fail(problem.failure, problem.retry, out);
        }
        (Ok(order), _) => settle(model, order, out),
        (Err(failure), None) => failed(model, failure, out),
    }
}

/// Takes over where the order stands at the proxy.
fn settle(model: &mut Model, order: OrderResponse, out: &mut Vec<Effect>) {
    if order.state != OrderState::Confirming {
        model.looks = 0;
    }
    if order.capabilities.is_some() {
        model.capabilities.clone_from(&order.capabilities);
    }
    match order.state {
        OrderState::Confirmed => {
            hold::begin(model, order.hold_left_s);
            model.order = Some(order);
            model.spend.typed = None;
            if model.revision == model.confirmed_revision {
                // Read again because its time seemed over, or the page asked, it is no news.
                if !matches!(model.step, Step::Confirmed | Step::PaymentCode) {
                    model.step = Step::Confirmed;
                    out.push(Effect::Tell(HostEvent::Confirm));
                }
            } else {
                // The cart changed while the confirm was under way.
                reset(model, out);
            }
        }
        OrderState::Open => {
            let had_hold = model.hold_until_s.is_some();
            reopen(model, Some(if had_hold { Notice::HoldOver } else { Notice::PreviewChanged }), out);
        }
        OrderState::Confirming => hold::look_later(model, out),
        OrderState::Unknown => {
            hold::end(model);
            model.order = Some(order);
            model.notice = None;
            if model.step != Step::Unknown {
                model.step = Step::Unknown;
                out.push(Effect::Tell(HostEvent::Error));
            }
        }
        OrderState::Closed | OrderState::Refunded => {
            model.order_id = None;
            model.spend = spend::Spend::default();
            reopen(model, Some(Notice::OrderPaid), out);
        }
        OrderState::Aborted => {
            model.order_id = None;
            reopen(model, Some(Notice::SpendCancelled), out);
        }
    }
}

/// Back to the preview, with nothing frozen.
fn reopen(model: &mut Model, notice: Option<Notice>, out: &mut Vec<Effect>) {
    let was_confirmed = model.order.take().is_some_and(|order| order.state == OrderState::Confirmed);
    hold::end(model);
    model.payment_code = None;
    model.step = Step::Preview;
    model.notice = notice;
    if was_confirmed {
        out.push(Effect::Tell(HostEvent::Reset));
    }
    model.calculate(out);
}

/// A change of the order that did not come about: look where the order stands if the proxy says it stands elsewhere.
fn failed(model: &mut Model, failure: Failure, out: &mut Vec<Effect>) {
    match failure.refusal() {
        Some(ErrorCode::OrderStateConflict) => read(model, out),
        Some(ErrorCode::UnknownOrder) => {
            model.order_id = None;
            reopen(model, None, out);
        }
        _ => model.fail_action(failure, out),
    }
}

pub(super) fn look_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_none() {
        read(model, out);
    }
}

/// Leaves an order that nobody knows the state of to the restaurant. Only the guest may do so: another confirm may then
/// become a second order. One that the restaurant's server has registered is the server's to give up.
pub(super) fn new_order_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.order_token.is_some() {
        return;
    }
    // Looking at the old order does not keep the guest from a new one; what it still answers is of no interest then.
    if matches!(model.action, None | Some(Action::ReadOrder)) {
        model.action = None;
        model.order_id = None;
        reopen(model, None, out);
    }
}

/// Asks where the order stands.
pub(super) fn read(model: &mut Model, out: &mut Vec<Effect>) {
    model.looks_again = false;
    if let Some(order_id) = &model.order_id {
        let effect = Effect::ReadOrder(order_id.clone());
        model.start(effect, out);
    }
}

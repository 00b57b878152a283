//! The preview: recalculated in place whenever the cart or the promo codes change; an outdated answer is never shown.

use contract::cart::Cart;
use contract::error::ErrorCode;
use contract::order::OrderState;
use contract::preview::PreviewResponse;

use super::message::{Effect, Failure, HostEvent};
use super::model::{Action, Model, Notice};
use super::{order, spend};

pub(super) fn cart_changed(model: &mut Model, cart: Cart, out: &mut Vec<Effect>) {
    if model.cart.as_ref() != Some(&cart) {
        model.cart = Some(cart);
        model.order_token = None;
        changed(model, out);
    }
}

/// Takes the order that the restaurant's server has registered under this token, or none, in the place of what was there.
pub(super) fn token_given(model: &mut Model, token: String, out: &mut Vec<Effect>) {
    let token = if token.is_empty() { None } else { Some(token) };
    if model.order_token != token {
        model.order_token = token;
        model.cart = None;
        changed(model, out);
    }
}

/// The restaurant's server may have changed the order: what is confirmed is asked after, all else is calculated again.
pub(super) fn refreshed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action == Some(Action::ReadOrder) {
        // What is on its way may be from before the change.
        model.looks_again = true;
    } else if model.order.is_some() && !is_busy(model) {
        order::read(model, out);
    } else {
        changed(model, out);
    }
}

/// What is ordered is not what it was.
fn changed(model: &mut Model, out: &mut Vec<Effect>) {
    // The answer decides: a confirm is reset when it arrives, a reset is followed by a calculation anyway.
    if is_busy(model) {
        model.revision += 1;
        return;
    }
    match &model.order {
        Some(order) => {
            let is_confirmed = order.state == OrderState::Confirmed;
            model.revision += 1;
            // Whatever an unknown order is, it is not touched, and no other is begun unless the guest says so.
            if is_confirmed {
                order::reset(model, out);
            }
        }
        None => model.calculate(out),
    }
}

/// Whether something is being done to the order.
fn is_busy(model: &Model) -> bool {
    matches!(model.action, Some(Action::Confirm | Action::Reset | Action::Cancel | Action::ReadOrder))
}

pub(super) fn promo_typed(model: &mut Model, text: String) {
    model.promo = text;
}

pub(super) fn promo_submitted(model: &mut Model, out: &mut Vec<Effect>) {
    let code = crate::digits::trim(&model.promo).to_owned();
    if code.is_empty() || model.action.is_some() {
        return;
    }
    model.promo.clear();
    let known = model.promo_codes.iter().any(|entered| entered.eq_ignore_ascii_case(&code));
    if !known {
        model.promo_codes.push(code);
        model.calculate(out);
    }
}

pub(super) fn promo_removed(model: &mut Model, code: &str, out: &mut Vec<Effect>) {
    if model.action.is_some() {
        return;
    }
    model.promo_codes.retain(|entered| entered != code);
    model.calculate(out);
}

pub(super) fn previewed(
    model: &mut Model,
    revision: u32,
    answer: Result<PreviewResponse, Failure>,
    out: &mut Vec<Effect>,
) {
    if revision != model.revision {
        return;
    }
    model.calculating = false;
    match answer {
        Ok(preview) => {
            model.order_id = Some(preview.order_id.clone());
            model.problem = None;
            model.capabilities = Some(preview.capabilities.clone());
            model.preview = Some(preview);
            spend::fit(model);
            out.push(Effect::Tell(HostEvent::Preview));
        }
        // The page was loaded anew after its registered order was confirmed: the guest goes on with it.
        Err(Failure::Refused(error)) if error.order_id.is_some() => {
            model.order_id = error.order_id;
            model.confirmed_revision = revision;
            order::read(model, out);
        }
        Err(failure) => match failure.refusal() {
            // Not this guest's order, or a registered one whose token is gone: what is in the cart is a new one.
            Some(ErrorCode::UnknownOrder | ErrorCode::InvalidRequest) if model.order_id.is_some() => {
                model.order_id = None;
                model.calculate(out);
            }
            // A confirm whose answer was lost has arrived after all, or the order is paid or cancelled.
            Some(ErrorCode::OrderStateConflict) if model.order_id.is_some() => order::read(model, out),
            _ => {
                // Sums of another cart would be a lie.
                model.preview = None;
                let retry = if failure.is_repeatable() { model.request() } else { None };
                model.fail(failure, retry, out);
            }
        },
    }
}

/// Calculates again because the confirm was refused, and says so.
pub(super) fn calculate_again(model: &mut Model, out: &mut Vec<Effect>) {
    model.notice = Some(Notice::PreviewChanged);
    model.calculate(out);
}

//! The preview: recalculated in place whenever the cart or the promo codes change; an outdated answer is never shown.

use contract::cart::Cart;
use contract::error::ErrorCode;
use contract::order::OrderState;
use contract::preview::PreviewResponse;

use super::message::{Effect, Failure, HostEvent};
use super::model::{Action, Model, Notice};
use super::{order, spend};

pub(super) fn cart_changed(model: &mut Model, cart: Cart, out: &mut Vec<Effect>) {
    if model.cart.as_ref() == Some(&cart) {
        return;
    }
    model.cart = Some(cart);
    match model.action {
        // The answer decides: a confirm is reset when it arrives, a reset is followed by a calculation anyway.
        Some(Action::Confirm | Action::Reset | Action::Cancel | Action::ReadOrder) => model.revision += 1,
        _ => match &model.order {
            Some(order) => {
                let is_confirmed = order.state == OrderState::Confirmed;
                model.revision += 1;
                // Whatever an unknown order is, it is not touched, and no other is begun unless the guest says so.
                if is_confirmed {
                    order::reset(model, out);
                }
            }
            None => model.calculate(out),
        },
    }
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
        Err(failure) => match failure.refusal() {
            // Not this guest's order: what is in the cart is a new one.
            Some(ErrorCode::UnknownOrder) if model.order_id.is_some() => {
                model.order_id = None;
                model.calculate(out);
            }
            // A confirm whose answer was lost has arrived after all, or the order is paid or cancelled.
            Some(ErrorCode::OrderStateConflict) if model.order_id.is_some() => order::read(model, out),
            _ => {
                // Sums of another cart would be a lie.
                model.preview = None;
                let retry = if failure.is_repeatable() { request(model) } else { None };
                model.fail(failure, retry, out);
            }
        },
    }
}

/// The preview of what is there now, to be repeated.
fn request(model: &Model) -> Option<Effect> {
    let cart = model.cart.clone()?;
    let request = contract::preview::PreviewRequest {
        order_id: model.order_id.clone(),
        order_token: None,
        cart: Some(cart),
        promo_codes: model.promo_codes.clone(),
    };
    Some(Effect::Preview(model.revision, request))
}

/// Calculates again because the confirm was refused, and says so.
pub(super) fn calculate_again(model: &mut Model, out: &mut Vec<Effect>) {
    model.notice = Some(Notice::PreviewChanged);
    model.calculate(out);
}

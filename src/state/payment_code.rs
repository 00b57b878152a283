//! The payment code: got, shown, renewed when its time is over.

use contract::payment_code::PaymentCodeResponse;

use super::message::{Effect, Failure, HostEvent};
use super::model::{Action, Model, Step};

pub(super) fn code_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_none() {
        model.start(Effect::IssueCode, out);
    }
}

pub(super) fn back_pressed(model: &mut Model) {
    model.step = if model.order.is_some() { Step::Confirmed } else { Step::Preview };
    model.payment_code = None;
    model.problem = None;
}

pub(super) fn issued(model: &mut Model, answer: Result<PaymentCodeResponse, Failure>, out: &mut Vec<Effect>) {
    if model.action != Some(Action::IssueCode) {
        return;
    }
    model.action = None;
    match answer {
        Ok(code) => {
            model.payment_code_until_s = model.now_s + code.ttl_s;
            model.payment_code = Some(code);
            model.notice = None;
            model.step = Step::PaymentCode;
            out.push(Effect::Tell(HostEvent::PaymentCode));
        }
        Err(failure) => {
            model.fail_action(failure, out);
        }
    }
}

pub(super) fn ticked(model: &mut Model, now_s: u32, out: &mut Vec<Effect>) {
    model.now_s = now_s;
    let expired = model.payment_code.is_some() && now_s >= model.payment_code_until_s;
    if model.step == Step::PaymentCode && expired {
        // An expired code must not be scanned, whether a new one can be had or not.
        model.payment_code = None;
        code_pressed(model, out);
    }
}

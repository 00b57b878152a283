//! The payment code: got, shown, renewed when its time is over.

use contract::payment_code::{PaymentCodeResponse, ean8_digits};

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
            if let Some(digits) = ean8_digits(&code.code) {
                out.push(Effect::DrawQr(digits));
            }
            set(model, Some(code));
            model.notice = None;
            model.step = Step::PaymentCode;
            out.push(Effect::Tell(HostEvent::PaymentCode));
        }
        Err(failure) => {
            model.fail_action(failure, out);
        }
    }
}

pub(super) fn drawn(model: &mut Model, modules: Vec<u8>, digits: &str) {
    let current = model.payment_code.as_ref().and_then(|code| ean8_digits(&code.code));
    if current.as_deref() == Some(digits) {
        model.qr = modules;
        model.payment_code_revision += 1;
    }
}

/// Takes another code, or none, in the place of the last.
fn set(model: &mut Model, code: Option<PaymentCodeResponse>) {
    model.payment_code = code;
    model.qr.clear();
    model.payment_code_revision += 1;
}

pub(super) fn ticked(model: &mut Model, out: &mut Vec<Effect>) {
    let expired = model.payment_code.is_some() && model.now_s >= model.payment_code_until_s;
    if model.step == Step::PaymentCode && expired {
        // An expired code must not be scanned, whether a new one can be had or not.
        set(model, None);
        code_pressed(model, out);
    }
}

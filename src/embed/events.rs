//! What the host page is told; `element.js` makes composed, bubbling `CustomEvent`s of it.

use contract::browser::{Json, object, set};
use wasm_bindgen::JsValue;

use crate::state::{Failure, HostEvent, Model, Step, spend};

/// The name of an event, and its details read from the model.
pub(crate) fn of(event: HostEvent, model: &Model) -> (&'static str, JsValue) {
    match event {
        HostEvent::Login => ("loyalty-login", object()),
        HostEvent::Preview => ("loyalty-preview", preview(model)),
        HostEvent::Confirm => ("loyalty-confirm", model.order.write()),
        HostEvent::Reset => ("loyalty-reset", object()),
        HostEvent::PaymentCode => ("loyalty-payment-code", payment_code(model)),
        HostEvent::Error => ("loyalty-error", error(model)),
        HostEvent::Logout => ("loyalty-logout", object()),
    }
}

/// The preview with the chosen spend and what is left to pay.
fn preview(model: &Model) -> JsValue {
    let Some(preview) = &model.preview else { return object() };
    let detail = preview.write();
    let chosen = spend::chosen(model);
    set(&detail, "spend_minor", &chosen.write());
    set(&detail, "to_pay_minor", &preview.total_minor.minus_or_zero(chosen).write());
    detail
}

fn payment_code(model: &Model) -> JsValue {
    let detail = object();
    if let Some(code) = &model.payment_code {
        set(&detail, "ttl_s", &code.ttl_s.write());
    }
    detail
}

fn error(model: &Model) -> JsValue {
    let detail = object();
    let code = match model.problem.as_ref().map(|problem| &problem.failure) {
        Some(Failure::Offline) => "offline",
        Some(Failure::Timeout) => "timeout",
        Some(Failure::Refused(error)) => error.code.as_str(),
        // Nothing failed: nobody can tell whether the restaurant has the order.
        None if model.step == Step::Unknown => "order_unknown",
        Some(Failure::Malformed) | None => "malformed",
    };
    set(&detail, "code", &code.into());
    detail
}

//! `order/confirm`, `order/reset`, `order/cancel`, `order/{id}`.

use contract::browser::Json;
use contract::order::{ConfirmRequest, OrderRequest};

use super::client::{Call, read};
use crate::state::Message;

/// Confirms what was previewed.
#[must_use]
pub fn confirm(key: String, request: &ConfirmRequest) -> Call {
    let call =
        Call::post("/order/confirm", request.write(), |_, answer| Some(Message::Confirmed(read(answer))));
    Call { key: Some(key), ..call }
}

/// Returns what is frozen; the order stays open.
#[must_use]
pub fn reset(key: String, order_id: String) -> Call {
    let body = OrderRequest { order_id }.write();
    let call = Call::post("/order/reset", body, |_, answer| Some(Message::WasReset(read(answer))));
    Call { key: Some(key), ..call }
}

/// Cancels the order for good.
#[must_use]
pub fn cancel(key: String, order_id: String) -> Call {
    let body = OrderRequest { order_id }.write();
    let call = Call::post("/order/cancel", body, |_, answer| Some(Message::WasCancelled(read(answer))));
    Call { key: Some(key), ..call }
}

/// Asks where the order stands.
#[must_use]
pub fn read_order(order_id: &str) -> Call {
    Call::get(["/order/", order_id].concat(), |_, answer| Some(Message::OrderRead(read(answer))))
}

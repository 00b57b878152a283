//! `POST orders/{number}/resetLoyalty`: returns what an order has frozen, so that it may be changed.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::RkDelivery;
use super::call::{Call, perform};
use super::error::Refusal;
use super::wire::{NumberedWire, ResultWire};
use crate::network::release;
use crate::store::delivery;

pub(super) async fn handle(
    State(delivery): State<RkDelivery>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    perform(delivery, headers, move |call, _| answer(call, &number, body).map(Json)).await
}

/// Repeated, it answers the same and changes nothing.
fn answer(
    call: &Call<'_>,
    number: &str,
    body: Result<Bytes, BytesRejection>,
) -> Result<ResultWire<NumberedWire>, Refusal> {
    if body.is_ok_and(|body| body.is_empty()) {
        let order = call.order(number)?;
        if release::reset(&call.network, &order.order)? {
            delivery::count_reset(call.network.tx, order.number)?;
        }
        Ok(ResultWire { result: NumberedWire { order_id: number.to_owned() } })
    } else {
        Err(Refusal::invalid("", "the body must be empty"))
    }
}

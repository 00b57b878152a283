//! `PATCH orders/{number}`: gives an order that was reset other contents, and freezes what its loyalty takes now.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use contract::Phone;
use loyalty::life::{Outcome, Step, step};

use super::RkDelivery;
use super::call::{Call, perform};
use super::confirmation::agree;
use super::error::Refusal;
use super::subject::Subject;
use super::wire::{ChangeRequestWire, NumberedWire, ResultWire, flat};
use crate::json;
use crate::network::NetworkError;
use crate::store::guests::Person;

pub(super) async fn handle(
    State(delivery): State<RkDelivery>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    perform(delivery, headers, move |call, headers| {
        answer(call, &number, &json::read(headers, body)?).map(Json)
    })
    .await
}

/// The fingerprint of an edit with loyalty shows that it was precalculated with the number after the reset.
fn answer(
    call: &Call<'_>,
    number: &str,
    request: &ChangeRequestWire,
) -> Result<ResultWire<NumberedWire>, Refusal> {
    if request.payment_type_id.trim().is_empty() {
        return Err(Refusal::invalid("paymentTypeId", "must not be blank"));
    }
    let dishes = flat(&request.dish_list)?;
    let changed = call.order(number)?;
    if step(changed.order.state, Step::Confirm).map_err(NetworkError::from)? == Outcome::Already {
        return Err(Refusal::Conflict(
            "the order's loyalty must be reset and precalculated with the order's number before a change"
                .to_owned(),
        ));
    }
    let phone = Phone::parse(&changed.phone)
        .ok_or_else(|| Refusal::Internal(format!("order {number} has no phone")))?;
    let subject = Subject {
        restaurant_id: &changed.order.restaurant_id,
        phone: &phone,
        expedition: changed.expedition,
        dishes: &dishes,
        changed: Some(&changed),
    };
    let agreement = agree(call, &subject, request.loyalty_calculation.as_ref())?;
    let order = &changed.order;
    agreement.keep(call, &subject, &Person::default(), &order.id, order.opened_at_ms)?;
    Ok(ResultWire { result: NumberedWire { order_id: number.to_owned() } })
}

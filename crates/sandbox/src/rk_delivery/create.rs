//! `POST orders`: makes an order, and freezes what its loyalty takes.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::RkDelivery;
use super::block::money;
use super::call::{Call, perform, phone};
use super::confirmation::agree;
use super::error::Refusal;
use super::subject::Subject;
use super::wire::{CreateRequestWire, GuestWire, NumberedWire, ResultWire, Wish, flat};
use crate::json;
use crate::store::delivery::{self, NewDeliveryOrder};
use crate::store::guests::Person;

pub(super) async fn handle(
    State(delivery): State<RkDelivery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    perform(delivery, headers, |call, headers| {
        Ok((StatusCode::CREATED, Json(answer(call, json::read(headers, body)?)?)))
    })
    .await
}

/// The request has no id of its own, so a repetition makes a second order.
fn answer(call: &Call<'_>, request: CreateRequestWire) -> Result<ResultWire<NumberedWire>, Refusal> {
    check(&request)?;
    let restaurant_id = call.restaurant_id(&request.restaurant_id)?;
    let phone = phone("guest.phone", &request.guest.phone)?;
    let dishes = flat(&request.dish_list)?;
    let expedition = request.expedition_type.into();
    let subject =
        Subject { restaurant_id: &restaurant_id, phone: &phone, expedition, dishes: &dishes, changed: None };
    let agreement = agree(call, &subject, request.loyalty_calculation.as_ref())?;
    if let Some(discounts) = &request.discounts {
        discounts.check(money(agreement.left_to_pay()))?;
    }
    let (tx, now_ms) = (call.network.tx, call.network.now_ms());
    let number = delivery::next_number(tx)?;
    // No other system names an order so.
    let order_id = format!("delivery-{number}");
    agreement.keep(call, &subject, &person(&request.guest), &order_id, now_ms)?;
    delivery::add(tx, &NewDeliveryOrder { number, order_id: &order_id, phone: phone.as_str(), expedition })?;
    Ok(ResultWire { result: NumberedWire { order_id: number.to_string() } })
}

/// What the request says by itself.
fn check(request: &CreateRequestWire) -> Result<(), Refusal> {
    let wish = Wish {
        soonest: request.soonest,
        expected_at: request.expected_at.as_ref(),
        expedition_type: request.expedition_type,
        address: request.address.as_ref(),
    };
    wish.check()?;
    if request.persons == Some(0) {
        return Err(Refusal::invalid("persons", "must be above zero"));
    }
    if request.payment_type_id.trim().is_empty() {
        return Err(Refusal::invalid("paymentTypeId", "must not be blank"));
    }
    if request.discount_delivery_amount.is_some_and(|amount| amount.0 != 0) {
        return Err(Refusal::invalid("discountDeliveryAmount", "every order is brought for nothing"));
    }
    Ok(())
}

/// What somebody who joins by the order says of themselves.
fn person(guest: &GuestWire) -> Person {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    Person {
        first_name: said(&guest.first_name),
        last_name: said(&guest.last_name),
        email: said(&guest.email),
        ..Person::default()
    }
}

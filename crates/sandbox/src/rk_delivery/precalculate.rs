//! `POST orders/delivery`: what an order would cost, with its loyalty. Changes nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use contract::Phone;
use contract::decimal::Decimal;

use super::RkDelivery;
use super::block::{loyalty_amount, money};
use super::call::{Call, perform, phone};
use super::error::Refusal;
use super::subject::Subject;
use super::wire::{
    AmountWire, DiscountsWire, PrecalculateRequestWire, PrecalculatedWire, ResultWire, TimesWire, Wish, flat,
};
use crate::json;
use crate::network::quote::Buyer;
use crate::store::delivery::DeliveryOrder;

/// What the makers' examples answer; their unit is not told.
const DELIVERY_TIME: u32 = 360;

pub(super) async fn handle(
    State(delivery): State<RkDelivery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    perform(delivery, headers, |call, headers| answer(call, json::read(headers, body)?).map(Json)).await
}

fn answer(
    call: &Call<'_>,
    request: PrecalculateRequestWire,
) -> Result<ResultWire<PrecalculatedWire>, Refusal> {
    check(&request)?;
    let restaurant_id = call.restaurant_id(&request.restaurant_id)?;
    let phone = phone("phone", &request.phone)?;
    let changed = changed_order(call, &request.order_id, &restaurant_id, &phone)?;
    let dishes = flat(&request.dish_list)?;
    let subject = Subject {
        restaurant_id: &restaurant_id,
        phone: &phone,
        expedition: request.expedition_type.into(),
        dishes: &dishes,
        changed: changed.as_ref(),
    };
    let (order_amount, loyalty_amount) = if request.use_loyalty {
        let promo_codes = &request.loyalty_promo;
        let quote = subject.quote(call, call.buyer(&phone)?, promo_codes)?;
        let fingerprint = subject.fingerprint(&quote)?;
        let uses_bonuses = request.use_loyalty_bonus_payments;
        let block = loyalty_amount(call, &quote, &fingerprint, promo_codes, uses_bonuses)?;
        (quote.order.cost(), Some(block))
    } else {
        (subject.quote(call, Buyer::Nobody, &[])?.order.cost(), None)
    };
    let order_amount = money(order_amount);
    let total_amount = loyalty_amount.as_ref().map_or(order_amount, |block| block.total_amount);
    drop(dishes);
    let amount = AmountWire {
        total_amount,
        order_amount,
        // The restaurant brings every order for nothing.
        delivery_amount: Decimal(0),
        discount_delivery_amount: None,
        min_order_amount_free_delivery: Decimal(0),
        need_for_free: Decimal(0),
        dish_list: request.dish_list,
        loyalty_amount,
        discounts: DiscountsWire::of(total_amount),
    };
    Ok(ResultWire { result: PrecalculatedWire { amount, times: TimesWire { delivery_time: DELIVERY_TIME } } })
}

/// What the request says by itself.
fn check(request: &PrecalculateRequestWire) -> Result<(), Refusal> {
    let wish = Wish {
        soonest: request.soonest,
        expected_at: request.expected_at.as_ref(),
        expedition_type: request.expedition_type,
        address: request.address.as_ref(),
    };
    wish.check()?;
    if !request.manual_discounts.is_empty() {
        return Err(Refusal::invalid("manualDiscounts", "discounts of the till are not imitated"));
    }
    if request.use_loyalty_bonus_payments && !request.use_loyalty {
        return Err(Refusal::invalid("useLoyaltyBonusPayments", "bonuses are a part of the loyalty"));
    }
    Ok(())
}

/// The order that is changed, which stays its guest's and its restaurant's.
fn changed_order(
    call: &Call<'_>,
    number: &str,
    restaurant_id: &str,
    phone: &Phone,
) -> Result<Option<DeliveryOrder>, Refusal> {
    if number.is_empty() {
        return Ok(None);
    }
    let order = call.order(number)?;
    if order.order.restaurant_id != restaurant_id {
        return Err(Refusal::invalid("restaurantId", "the order is of another restaurant"));
    }
    if order.phone != phone.as_str() {
        return Err(Refusal::invalid("phone", "the order is another guest's"));
    }
    Ok(Some(order))
}

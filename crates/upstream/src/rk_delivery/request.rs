//! Turns the proxy's questions into r_k Delivery's JSON. Refuses what that JSON cannot say.

use contract::cart::Expedition;
use contract::decimal::Decimal;
use contract::{Money, Phone, Quantity};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::wire::{
    ChangeWire, CreateWire, DishWire, GuestWire, IngredientWire, MeasureWire, MoneyWire, PrecalculateWire,
    TimeWire,
};
use crate::UpstreamError;
use crate::program::{Modifier, OrderContents, OrderLine};

/// What is asked about: which order, for whom, at which restaurant.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) restaurant_id: Uuid,
    pub(super) payment_type_id: &'a str,
    pub(super) guest: &'a Phone,
    pub(super) order: &'a OrderContents,
}

/// The blocks of a precalculation that go back.
#[derive(Clone, Copy)]
pub(super) struct Echoed<'a> {
    pub(super) loyalty: Option<&'a RawValue>,
    pub(super) discounts: Option<&'a RawValue>,
}

pub(super) fn precalculate<'a>(
    subject: &Subject<'a>,
    promo_codes: &'a [String],
    reference: Option<&'a str>,
    use_bonuses: bool,
) -> Result<PrecalculateWire<'a>, UpstreamError> {
    Ok(PrecalculateWire {
        dish_list: dishes(subject.order)?,
        address: (),
        expected_at: subject.order.expected_at.map(TimeWire),
        soonest: subject.order.expected_at.is_none(),
        use_loyalty: true,
        restaurant_id: subject.restaurant_id,
        phone: digits(subject.guest),
        expedition_type: expedition(subject.order)?,
        use_loyalty_bonus_payments: use_bonuses,
        order_id: reference.unwrap_or_default(),
        manual_discounts: [],
        loyalty_promo: promo_codes,
        hide_loader: true,
    })
}

pub(super) fn create<'a>(subject: &Subject<'a>, echoed: Echoed<'a>) -> Result<CreateWire<'a>, UpstreamError> {
    Ok(CreateWire {
        comment: "",
        restaurant_id: subject.restaurant_id,
        persons: 1,
        expedition_type: expedition(subject.order)?,
        payment_type_id: subject.payment_type_id,
        courier_id: "",
        soonest: subject.order.expected_at.is_none(),
        expected_at: subject.order.expected_at.map(TimeWire),
        dish_list: dishes(subject.order)?,
        change_from: (),
        // The product asks for no names.
        guest: GuestWire { first_name: "", last_name: "", phone: digits(subject.guest), email: () },
        loyalty_calculation: echoed.loyalty,
        discounts: echoed.discounts,
        discount_delivery_amount: (),
    })
}

pub(super) fn change<'a>(subject: &Subject<'a>, echoed: Echoed<'a>) -> Result<ChangeWire<'a>, UpstreamError> {
    Ok(ChangeWire {
        payment_type_id: subject.payment_type_id,
        dish_list: dishes(subject.order)?,
        loyalty_calculation: echoed.loyalty,
    })
}

/// The phone as the documented examples have it, without its plus.
fn digits(phone: &Phone) -> &str {
    phone.as_str().trim_start_matches('+')
}

fn expedition(order: &OrderContents) -> Result<&'static str, UpstreamError> {
    match order.expedition {
        Expedition::Pickup => Ok("pickup"),
        Expedition::Delivery => {
            Err(UpstreamError::Unsupported { what: "an order to be brought to an address it was not told" })
        }
    }
}

fn dishes(order: &OrderContents) -> Result<Vec<DishWire<'_>>, UpstreamError> {
    order.lines.iter().map(dish).collect()
}

fn dish(line: &OrderLine) -> Result<DishWire<'_>, UpstreamError> {
    Ok(DishWire {
        id: guid(&line.code)?,
        name: &line.name,
        price: money(line.unit_price),
        discount: Decimal(0),
        measure: MeasureWire { value: Decimal(0), unit: "" },
        is_contain_in_stop_list: [],
        quantity: quantity(line.quantity),
        ingredients: line.modifiers.iter().map(ingredient).collect::<Result<_, _>>()?,
    })
}

fn ingredient(modifier: &Modifier) -> Result<IngredientWire<'_>, UpstreamError> {
    Ok(IngredientWire {
        id: guid(&modifier.code)?,
        name: &modifier.name,
        price: money(modifier.unit_price),
        quantity: quantity(modifier.per_portion),
    })
}

/// The dish's identifier in the restaurant's menu, in the hyphenated form of the documented examples.
fn guid(code: &str) -> Result<Uuid, UpstreamError> {
    Uuid::try_parse(code)
        .ok()
        .filter(|id| id.to_string().eq_ignore_ascii_case(code))
        .ok_or(UpstreamError::Unsupported { what: "a dish whose code is not a GUID of its menu" })
}

fn money(amount: Money) -> MoneyWire {
    Decimal(amount.minor())
}

fn quantity(quantity: Quantity) -> Decimal<3> {
    Decimal(quantity.milli())
}

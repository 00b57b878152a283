//! The JSON of an order that is precalculated, created or changed.

use contract::decimal::Decimal;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::MoneyWire;

/// A time, sent in milliseconds with its zone, as the documented examples have it.
pub(in crate::rk_delivery) struct TimeWire(pub(in crate::rk_delivery) Timestamp);

impl Serialize for TimeWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let millis = Timestamp::from_millisecond(self.0.as_millisecond());
        millis.map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

/// `orders/delivery`, the precalculation. The address is always null: the product knows no address, and an order that is
/// fetched needs none.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct PrecalculateWire<'a> {
    pub(in crate::rk_delivery) dish_list: Vec<DishWire<'a>>,
    pub(in crate::rk_delivery) address: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::rk_delivery) expected_at: Option<TimeWire>,
    pub(in crate::rk_delivery) soonest: bool,
    pub(in crate::rk_delivery) use_loyalty: bool,
    pub(in crate::rk_delivery) restaurant_id: Uuid,
    pub(in crate::rk_delivery) phone: &'a str,
    pub(in crate::rk_delivery) expedition_type: &'static str,
    pub(in crate::rk_delivery) use_loyalty_bonus_payments: bool,
    /// The order that is being changed; empty for a new one.
    pub(in crate::rk_delivery) order_id: &'a str,
    pub(in crate::rk_delivery) manual_discounts: [(); 0],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(in crate::rk_delivery) loyalty_promo: &'a [String],
    pub(in crate::rk_delivery) hide_loader: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct DishWire<'a> {
    pub(in crate::rk_delivery) id: Uuid,
    pub(in crate::rk_delivery) name: &'a str,
    /// Of one portion.
    pub(in crate::rk_delivery) price: MoneyWire,
    pub(in crate::rk_delivery) discount: MoneyWire,
    pub(in crate::rk_delivery) measure: MeasureWire,
    pub(in crate::rk_delivery) is_contain_in_stop_list: [(); 0],
    pub(in crate::rk_delivery) quantity: Decimal<3>,
    pub(in crate::rk_delivery) ingredients: Vec<IngredientWire<'a>>,
}

/// What is added to a dish. Both numbers are of one portion, as the dish's price is: the makers do not say, and the sum
/// they answer is compared with ours.
#[derive(Serialize)]
pub(in crate::rk_delivery) struct IngredientWire<'a> {
    pub(in crate::rk_delivery) id: Uuid,
    pub(in crate::rk_delivery) name: &'a str,
    pub(in crate::rk_delivery) price: MoneyWire,
    pub(in crate::rk_delivery) quantity: Decimal<3>,
}

/// The size of a portion, which the product does not know; the documented examples send this too.
#[derive(Serialize)]
pub(in crate::rk_delivery) struct MeasureWire {
    pub(in crate::rk_delivery) value: MoneyWire,
    pub(in crate::rk_delivery) unit: &'static str,
}

/// `orders`: makes the order. What the product does not know has the value of the documented example.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct CreateWire<'a> {
    pub(in crate::rk_delivery) comment: &'static str,
    pub(in crate::rk_delivery) restaurant_id: Uuid,
    pub(in crate::rk_delivery) persons: u32,
    pub(in crate::rk_delivery) expedition_type: &'static str,
    pub(in crate::rk_delivery) payment_type_id: &'a str,
    pub(in crate::rk_delivery) courier_id: &'static str,
    pub(in crate::rk_delivery) soonest: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::rk_delivery) expected_at: Option<TimeWire>,
    pub(in crate::rk_delivery) dish_list: Vec<DishWire<'a>>,
    pub(in crate::rk_delivery) change_from: (),
    pub(in crate::rk_delivery) guest: GuestWire<'a>,
    pub(in crate::rk_delivery) loyalty_calculation: Option<&'a RawValue>,
    pub(in crate::rk_delivery) discounts: Option<&'a RawValue>,
    pub(in crate::rk_delivery) discount_delivery_amount: (),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct GuestWire<'a> {
    pub(in crate::rk_delivery) first_name: &'static str,
    pub(in crate::rk_delivery) last_name: &'static str,
    pub(in crate::rk_delivery) phone: &'a str,
    pub(in crate::rk_delivery) email: (),
}

/// `PATCH orders/{id}`: changes the order after a reset and a new precalculation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct ChangeWire<'a> {
    pub(in crate::rk_delivery) payment_type_id: &'a str,
    pub(in crate::rk_delivery) dish_list: Vec<DishWire<'a>>,
    pub(in crate::rk_delivery) loyalty_calculation: Option<&'a RawValue>,
}

//! The requests and answers of the operations on orders.

use loyalty::Expedition;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AddressWire, DishWire, GuidWire, LoyaltyAmountWire, MoneyWire, TimeWire};
use crate::json::present;
use crate::rk_delivery::error::Refusal;

/// `orders/delivery`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct PrecalculateRequestWire {
    pub(in crate::rk_delivery) dish_list: Vec<DishWire>,
    /// Null where the guest fetches the order.
    #[serde(default)]
    pub(in crate::rk_delivery) address: Option<AddressWire>,
    #[serde(default, deserialize_with = "present")]
    pub(in crate::rk_delivery) expected_at: Option<TimeWire>,
    /// Left out in the makers' example of an order that is changed.
    #[serde(default)]
    pub(in crate::rk_delivery) soonest: bool,
    pub(in crate::rk_delivery) use_loyalty: bool,
    pub(in crate::rk_delivery) restaurant_id: GuidWire,
    pub(in crate::rk_delivery) phone: String,
    pub(in crate::rk_delivery) expedition_type: ExpeditionTypeWire,
    pub(in crate::rk_delivery) use_loyalty_bonus_payments: bool,
    /// The order that is changed; empty or absent for a new one.
    #[serde(default)]
    pub(in crate::rk_delivery) order_id: String,
    #[serde(default)]
    pub(in crate::rk_delivery) manual_discounts: Vec<Value>,
    #[serde(default)]
    pub(in crate::rk_delivery) loyalty_promo: Vec<String>,
    #[serde(default, rename = "hideLoader")]
    _hide_loader: bool,
}

/// How the guest gets the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) enum ExpeditionTypeWire {
    Delivery,
    Pickup,
}

impl From<ExpeditionTypeWire> for Expedition {
    fn from(kind: ExpeditionTypeWire) -> Self {
        match kind {
            ExpeditionTypeWire::Delivery => Self::Delivery,
            ExpeditionTypeWire::Pickup => Self::Pickup,
        }
    }
}

/// `orders`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct CreateRequestWire {
    #[serde(default, rename = "comment")]
    _comment: Option<String>,
    pub(in crate::rk_delivery) restaurant_id: GuidWire,
    #[serde(default, deserialize_with = "present")]
    pub(in crate::rk_delivery) persons: Option<u32>,
    pub(in crate::rk_delivery) expedition_type: ExpeditionTypeWire,
    pub(in crate::rk_delivery) payment_type_id: String,
    #[serde(default, rename = "courierId")]
    _courier_id: Option<String>,
    #[serde(default)]
    pub(in crate::rk_delivery) soonest: bool,
    #[serde(default, deserialize_with = "present")]
    pub(in crate::rk_delivery) expected_at: Option<TimeWire>,
    #[serde(default)]
    pub(in crate::rk_delivery) address: Option<AddressWire>,
    pub(in crate::rk_delivery) dish_list: Vec<DishWire>,
    #[serde(default, rename = "changeFrom")]
    _change_from: Option<MoneyWire>,
    pub(in crate::rk_delivery) guest: GuestWire,
    /// The block `loyaltyAmount` of the precalculation; null or absent: no loyalty.
    #[serde(default)]
    pub(in crate::rk_delivery) loyalty_calculation: Option<LoyaltyAmountWire>,
    #[serde(default)]
    pub(in crate::rk_delivery) discounts: Option<DiscountsWire>,
    #[serde(default)]
    pub(in crate::rk_delivery) discount_delivery_amount: Option<MoneyWire>,
}

/// Who orders.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct GuestWire {
    #[serde(default)]
    pub(in crate::rk_delivery) first_name: Option<String>,
    #[serde(default)]
    pub(in crate::rk_delivery) last_name: Option<String>,
    pub(in crate::rk_delivery) phone: String,
    #[serde(default)]
    pub(in crate::rk_delivery) email: Option<String>,
}

/// `PATCH orders/{number}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct ChangeRequestWire {
    pub(in crate::rk_delivery) payment_type_id: String,
    pub(in crate::rk_delivery) dish_list: Vec<DishWire>,
    #[serde(default)]
    pub(in crate::rk_delivery) loyalty_calculation: Option<LoyaltyAmountWire>,
}

/// What every answer wraps its contents in.
#[derive(Serialize)]
pub(in crate::rk_delivery) struct ResultWire<T> {
    pub(in crate::rk_delivery) result: T,
}

/// The answer of an operation that names an order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct NumberedWire {
    pub(in crate::rk_delivery) order_id: String,
}

/// The answer of the precalculation.
#[derive(Serialize)]
pub(in crate::rk_delivery) struct PrecalculatedWire {
    pub(in crate::rk_delivery) amount: AmountWire,
    pub(in crate::rk_delivery) times: TimesWire,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct AmountWire {
    pub(in crate::rk_delivery) total_amount: MoneyWire,
    pub(in crate::rk_delivery) order_amount: MoneyWire,
    pub(in crate::rk_delivery) delivery_amount: MoneyWire,
    pub(in crate::rk_delivery) discount_delivery_amount: Option<MoneyWire>,
    pub(in crate::rk_delivery) min_order_amount_free_delivery: MoneyWire,
    pub(in crate::rk_delivery) need_for_free: MoneyWire,
    pub(in crate::rk_delivery) dish_list: Vec<DishWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::rk_delivery) loyalty_amount: Option<LoyaltyAmountWire>,
    pub(in crate::rk_delivery) discounts: DiscountsWire,
}

/// The till's discounts, of which there are none, and what is left to pay.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct DiscountsWire {
    #[serde(rename = "useRk7Discounts")]
    pub(in crate::rk_delivery) use_rk7_discounts: bool,
    pub(in crate::rk_delivery) total: MoneyWire,
    pub(in crate::rk_delivery) discount: MoneyWire,
    pub(in crate::rk_delivery) discount_list: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::rk_delivery) struct TimesWire {
    pub(in crate::rk_delivery) delivery_time: u32,
}

/// When and where an order is wanted.
pub(in crate::rk_delivery) struct Wish<'a> {
    pub(in crate::rk_delivery) soonest: bool,
    pub(in crate::rk_delivery) expected_at: Option<&'a TimeWire>,
    pub(in crate::rk_delivery) expedition_type: ExpeditionTypeWire,
    pub(in crate::rk_delivery) address: Option<&'a AddressWire>,
}

impl Wish<'_> {
    /// Whether nothing of it is missing.
    pub(in crate::rk_delivery) fn check(&self) -> Result<(), Refusal> {
        if !self.soonest && self.expected_at.is_none() {
            return Err(Refusal::invalid(
                "expectedAt",
                "needed unless the order is wanted as soon as can be",
            ));
        }
        match (self.expedition_type, self.address) {
            (ExpeditionTypeWire::Pickup, Some(_)) => {
                Err(Refusal::invalid("address", "must be null for an order that is fetched"))
            }
            (ExpeditionTypeWire::Delivery, None) => {
                Err(Refusal::invalid("address", "needed for an order that is brought"))
            }
            _ => Ok(()),
        }
    }
}

impl DiscountsWire {
    /// The block of an order that leaves `total` to pay.
    pub(in crate::rk_delivery) const fn of(total: MoneyWire) -> Self {
        let nothing = contract::decimal::Decimal(0);
        Self { use_rk7_discounts: false, total, discount: nothing, discount_list: Vec::new() }
    }

    /// Refuses a block that is not the one of an order that leaves `total` to pay.
    pub(in crate::rk_delivery) fn check(&self, total: MoneyWire) -> Result<(), Refusal> {
        let of_till = [
            ("useRk7Discounts", self.use_rk7_discounts),
            ("discount", self.discount.0 != 0),
            ("discountList", !self.discount_list.is_empty()),
        ];
        if let Some((name, _)) = of_till.into_iter().find(|(_, is_set)| *is_set) {
            return Err(Refusal::invalid(
                format!("discounts.{name}"),
                "discounts of the till are not imitated",
            ));
        }
        if self.total != total {
            return Err(Refusal::invalid("discounts.total", format!("{total} is left to pay")));
        }
        Ok(())
    }
}

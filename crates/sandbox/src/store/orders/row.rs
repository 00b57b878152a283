//! Orders, their lines and discounts as rows, and the names of their states.

use contract::{Money, Quantity};
use loyalty::life::OrderState;

use crate::store::StoreError;

/// An order. Amounts are of the order as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderRow {
    pub(crate) id: String,
    pub(crate) restaurant_id: String,
    pub(crate) guest_id: Option<i64>,
    pub(crate) state: OrderState,
    pub(crate) is_delivery: bool,
    /// What was confirmed, as canonical text.
    pub(crate) contents: String,
    pub(crate) opened_at_ms: i64,
    pub(crate) closed_at_ms: Option<i64>,
    /// At list prices.
    pub(crate) price: Money,
    /// After every discount, before bonuses.
    pub(crate) total: Money,
    /// What the programme's campaigns take off.
    pub(crate) discount: Money,
    /// Bonuses frozen or written off.
    pub(crate) payment: Money,
    /// Bonuses to accrue, or accrued.
    pub(crate) accrual: Money,
    /// Bonuses given back when the order was aborted.
    pub(crate) rolled_back: Money,
}

/// A dish or modifier of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineRow {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) group: Option<String>,
    pub(crate) quantity: Quantity,
    pub(crate) price: Money,
    pub(crate) cost: Money,
    pub(crate) total: Money,
    pub(crate) payment: Money,
}

/// What a campaign takes off an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiscountRow {
    pub(crate) campaign_id: String,
    pub(crate) name: String,
    pub(crate) discount: Money,
    pub(crate) uses_privilege: bool,
}

/// The state as the books name it.
pub(super) const fn state_text(state: OrderState) -> &'static str {
    match state {
        OrderState::Open => "open",
        OrderState::Confirmed => "confirmed",
        OrderState::Closed => "closed",
        OrderState::Aborted => "aborted",
    }
}

/// The state the books name.
pub(super) fn state_of(text: &str) -> Result<OrderState, StoreError> {
    match text {
        "open" => Ok(OrderState::Open),
        "confirmed" => Ok(OrderState::Confirmed),
        "closed" => Ok(OrderState::Closed),
        "aborted" => Ok(OrderState::Aborted),
        other => Err(StoreError::Corrupt(format!("order state {other}"))),
    }
}

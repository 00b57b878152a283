//! Orders, their lines and discounts as rows, and the names of their states.

use contract::{Money, Quantity};
use loyalty::life::OrderState;
use rusqlite::Row;

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
    /// Bonuses given back when the order was aborted or refunded.
    pub(crate) rolled_back: Money,
    /// What refunds took back of the accrual.
    pub(crate) cancelled: Money,
    /// When a closed order was counted as a purchase, by the sandbox's clock.
    pub(crate) counted_at_ms: Option<i64>,
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
    /// Whether the money paid for it brings bonuses.
    pub(crate) accrues: bool,
}

impl OrderRow {
    /// The bonuses the order has brought and still does: none before it is closed, less what refunds took back.
    pub(crate) fn earned(&self) -> Money {
        match self.state {
            OrderState::Closed => self.accrual.minus_or_zero(self.cancelled),
            OrderState::Open | OrderState::Confirmed | OrderState::Aborted => Money::ZERO,
        }
    }

    /// The money paid beside bonuses.
    pub(crate) fn paid(&self) -> Money {
        self.total.minus_or_zero(self.payment)
    }
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

/// The columns [`read`] reads, of `loyalty_order AS o`.
pub(crate) const COLUMNS: &str =
    "o.id, o.restaurant_id, o.guest_id, o.state, o.source, o.contents, o.opened_at_ms,
    o.closed_at_ms, o.price_minor, o.total_minor, o.discount_minor, o.payment_minor, o.accrual_minor,
    o.rolled_back_minor, o.cancelled_minor, o.counted_at_ms";

/// An order out of its [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> Result<OrderRow, StoreError> {
    let money = |index| row.get(index).map(Money::from_minor);
    Ok(OrderRow {
        id: row.get(0)?,
        restaurant_id: row.get(1)?,
        guest_id: row.get(2)?,
        state: state_of(&row.get::<_, String>(3)?)?,
        is_delivery: row.get::<_, String>(4)? == "delivery",
        contents: row.get(5)?,
        opened_at_ms: row.get(6)?,
        closed_at_ms: row.get(7)?,
        price: money(8)?,
        total: money(9)?,
        discount: money(10)?,
        payment: money(11)?,
        accrual: money(12)?,
        rolled_back: money(13)?,
        cancelled: money(14)?,
        counted_at_ms: row.get(15)?,
    })
}

/// The state the books name.
fn state_of(text: &str) -> Result<OrderState, StoreError> {
    match text {
        "open" => Ok(OrderState::Open),
        "confirmed" => Ok(OrderState::Confirmed),
        "closed" => Ok(OrderState::Closed),
        "aborted" => Ok(OrderState::Aborted),
        other => Err(StoreError::Corrupt(format!("order state {other}"))),
    }
}

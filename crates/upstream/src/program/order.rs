//! An order as the loyalty systems see it. Types only.

use contract::cart::Expedition;
use contract::{Money, Phone, Quantity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The contents of an order. Serialised only to be kept until the order is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderContents {
    /// When the order was opened.
    pub opened_at: Timestamp,
    /// How the guest receives it.
    pub expedition: Expedition,
    /// Its lines.
    pub lines: Vec<OrderLine>,
}

impl OrderContents {
    /// The sum of the lines, or `None` beyond [`Money::MAX`].
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        self.lines.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.total))
    }
}

/// A dish of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The article code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The category, where there is one.
    pub category: Option<String>,
    /// How much of it.
    pub quantity: Quantity,
    /// The price of the whole line, modifiers included.
    pub total: Money,
    /// What is added to the dish.
    pub modifiers: Vec<Modifier>,
}

impl OrderLine {
    /// The price of the dishes alone, without what is added to them.
    #[must_use]
    pub fn dishes_total(&self) -> Money {
        self.modifiers.iter().fold(self.total, |left, modifier| left.minus_or_zero(modifier.total))
    }
}

/// What is added to the dishes of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modifier {
    /// The article code.
    pub code: String,
    /// The name.
    pub name: String,
    /// How many of it in the whole line.
    pub quantity: Quantity,
    /// The price of all of them; a part of the line's total.
    pub total: Money,
}

/// What is to be frozen.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    /// The order's identifier at the proxy and at the loyalty system.
    pub order_id: Uuid,
    /// The guest.
    pub guest: &'a Phone,
    /// The contents that were calculated.
    pub order: &'a OrderContents,
    /// The calculation's fingerprint.
    pub fingerprint: &'a str,
    /// Bonuses to spend, in hundredths.
    pub payment: Money,
}

/// Where an order stands at the loyalty system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    /// Confirmed or reset.
    Open,
    /// Paid.
    Closed,
    /// Cancelled.
    Aborted,
}

/// What a loyalty system knows of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderRecord {
    /// Where it stands.
    pub status: OrderStatus,
    /// The sum of the lines.
    pub full: Money,
    /// What is left to pay.
    pub to_pay: Money,
    /// What the campaigns took off.
    pub discount: Money,
    /// Bonuses frozen or written off, in hundredths.
    pub paid_with_bonuses: Money,
    /// Bonuses accrued, in hundredths.
    pub earned_bonuses: Money,
}

//! An order as the loyalty systems see it. Types only.

use contract::cart::Expedition;
use contract::{Money, Quantity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::GuestKey;

/// The contents of an order. Serialised only to be kept until the order is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderContents {
    /// When the order was opened.
    pub opened_at: Timestamp,
    /// When the guest wants it; as soon as possible where absent.
    #[serde(default)]
    pub expected_at: Option<Timestamp>,
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
///
/// The fields with a default are those that Plazius does not need: an order that was kept before they existed is one of
/// Plazius.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The dish as the loyalty system knows it: an article code, or in r_k Delivery the GUID of its menu.
    pub code: String,
    /// The name.
    pub name: String,
    /// The category, where there is one.
    pub category: Option<String>,
    /// How much of it.
    pub quantity: Quantity,
    /// The price of one portion without what is added to it.
    #[serde(default)]
    pub unit_price: Money,
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
    /// The article code, or the GUID.
    pub code: String,
    /// The name.
    pub name: String,
    /// How many of it in the whole line.
    pub quantity: Quantity,
    /// How many of it go with one portion.
    #[serde(default = "one")]
    pub per_portion: Quantity,
    /// The price of one of it.
    #[serde(default)]
    pub unit_price: Money,
    /// The price of all of them; a part of the line's total.
    pub total: Money,
}

const fn one() -> Quantity {
    Quantity::ONE
}

/// What is to be calculated.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The guest, where one is known.
    pub guest: Option<&'a GuestKey>,
    /// The contents.
    pub order: &'a OrderContents,
    /// The promo codes the guest has entered.
    pub promo_codes: &'a [String],
    /// What [`Confirmed::reference`] told, where the order was confirmed before and then reset.
    pub reference: Option<&'a str>,
}

/// What is to be frozen.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    /// The order's identifier at the proxy, and at a loyalty system that lets others name its orders.
    pub order_id: Uuid,
    /// What [`Confirmed::reference`] told, where the order was confirmed before and then reset.
    pub reference: Option<&'a str>,
    /// The guest.
    pub guest: &'a GuestKey,
    /// The contents that were calculated.
    pub order: &'a OrderContents,
    /// The calculation's [`super::Calculation::echo`].
    pub echo: &'a str,
    /// Bonuses to spend, in hundredths.
    pub payment: Money,
}

/// What was frozen. To be kept on the disk: later calls need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// The loyalty system's own name of the order, where it gives it one.
    pub reference: Option<String>,
    /// When what is frozen falls off by itself, where it does.
    pub held_until: Option<Timestamp>,
}

/// An order that was confirmed, in the calls about it.
#[derive(Clone, Copy, Debug)]
pub struct OrderRef<'a> {
    /// As it was confirmed.
    pub order_id: Uuid,
    /// What [`Confirmed::reference`] told.
    pub reference: Option<&'a str>,
    /// The guest.
    pub guest: &'a GuestKey,
    /// The sum of the lines.
    pub items_total: Money,
    /// Bonuses frozen, in hundredths.
    pub payment: Money,
}

/// What of a closed order is taken back.
#[derive(Clone, Copy, Debug)]
pub struct Refund<'a> {
    /// Names this refund, so that a repetition is known as one.
    pub refund_id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Which dishes; the whole order where absent.
    pub items: Option<&'a [RefundedItem]>,
}

/// A dish that is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundedItem {
    /// The article code.
    pub code: String,
    /// How much of it.
    pub quantity: Quantity,
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

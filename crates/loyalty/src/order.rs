//! An order as the rules see it: lines with list price and cost, and how it is received.

use contract::{Money, Quantity};
use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// How the guest receives the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expedition {
    /// Brought to the guest.
    Delivery,
    /// Fetched by the guest.
    Pickup,
    /// Served in the restaurant.
    InRestaurant,
}

/// A line of an order: a dish, or a modifier of one, each under its own article code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The article code.
    pub code: String,
    /// The categories it belongs to; its menu group counts as one.
    pub categories: Vec<String>,
    /// How much of it; above zero.
    pub quantity: Quantity,
    /// The full sum of the line at list prices; not below zero.
    pub price: Money,
    /// The full sum of the line after discounts and charges from outside the programme; not below zero.
    pub cost: Money,
}

/// An order that can be calculated: no amount in it is impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    lines: Vec<Line>,
    expedition: Expedition,
    opened_at: Moment,
    cost: Money,
}

/// Why lines do not make an order. `line` counts from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// There is no line at all.
    #[error("the order has no lines")]
    Empty,
    /// A quantity is zero or negative.
    #[error("line {line}: the quantity must be above zero")]
    Quantity {
        /// The line.
        line: usize,
    },
    /// A price or a cost is negative.
    #[error("line {line}: the price and the cost must not be below zero")]
    Negative {
        /// The line.
        line: usize,
    },
    /// The sum of the prices or of the costs is beyond [`Money::MAX`].
    #[error("the order's sum is out of range")]
    TooLarge,
}

impl Order {
    /// An order of `lines` that was opened at `opened_at`, the moment by which campaigns are judged.
    ///
    /// # Errors
    /// [`OrderError`] names the first line that cannot be.
    pub fn new(lines: Vec<Line>, expedition: Expedition, opened_at: Moment) -> Result<Self, OrderError> {
        if lines.is_empty() {
            return Err(OrderError::Empty);
        }
        let (mut price, mut cost) = (Money::ZERO, Money::ZERO);
        for (index, line) in lines.iter().enumerate() {
            if line.quantity.milli() <= 0 {
                return Err(OrderError::Quantity { line: index });
            }
            if line.price.is_negative() || line.cost.is_negative() {
                return Err(OrderError::Negative { line: index });
            }
            price = price.checked_add(line.price).ok_or(OrderError::TooLarge)?;
            cost = cost.checked_add(line.cost).ok_or(OrderError::TooLarge)?;
        }
        Ok(Self { lines, expedition, opened_at, cost })
    }

    /// The lines, at least one.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How the order is received.
    #[must_use]
    pub const fn expedition(&self) -> Expedition {
        self.expedition
    }

    /// When the order was opened.
    #[must_use]
    pub const fn opened_at(&self) -> Moment {
        self.opened_at
    }

    /// The sum of the lines' costs, before the programme's discounts.
    #[must_use]
    pub const fn cost(&self) -> Money {
        self.cost
    }
}

//! Taking a closed order back, whole or in part.
//!
//! Owns what a refund returns and what accrual it cancels; must not know whose balance that moves, or when.
//!
//! Everything is reckoned from the quantities returned so far, not from one refund to the next: what has been returned
//! of a line is its amount in proportion to the quantity returned, rounded half up, and a refund is the difference of
//! two such sums. So refunds in any order and of any sizes that cover the order add up exactly to what was written off
//! and accrued, and at every moment no sum is further than half a minor unit from its exact proportion.

use contract::{Money, Quantity};

mod asked;
mod closed_order;

pub use asked::Item;
pub use closed_order::{ClosedLine, ClosedOrder, ClosedOrderError};

/// What a refund moves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refund {
    /// What is returned of each line, in the order of the lines.
    pub by_line: Vec<RefundedLine>,
    /// The money returned to the guest by the restaurant.
    pub money: Money,
    /// The bonuses returned to the guest's balance, in hundredths.
    pub payment: Money,
    /// The accrual cancelled, in hundredths.
    pub accrual: Money,
    /// Whether nothing of the order is left to be returned.
    pub is_last: bool,
}

/// What a refund returns of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundedLine {
    /// The quantity; zero where the line is not touched.
    pub quantity: Quantity,
    /// The money, in minor units.
    pub money: Money,
    /// The bonuses, in hundredths.
    pub payment: Money,
}

/// Why a refund is refused: the list does not fit the order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefused {
    /// The list names nothing.
    #[error("the list of items to refund is empty")]
    Empty,
    /// A quantity is zero or negative.
    #[error("item {code}: the quantity to refund must be above zero")]
    Quantity {
        /// The article code.
        code: String,
    },
    /// The order has no such item.
    #[error("item {code}: the order has no such item")]
    UnknownItem {
        /// The article code.
        code: String,
    },
    /// The order has less of it, or less of it is left to be returned.
    #[error("item {code}: no more than {} thousandths are left to be refunded", left.milli())]
    TooMuch {
        /// The article code.
        code: String,
        /// The quantity that may still be returned.
        left: Quantity,
    },
    /// The whole order has been returned before.
    #[error("the whole order has been refunded before")]
    NothingLeft,
}

/// What a refund does to a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The balance afterwards, in hundredths; not below zero.
    pub balance: Money,
    /// How much of the cancelled accrual was taken back.
    pub cancelled: Money,
    /// How much of it could not be: the guest has spent it.
    pub shortfall: Money,
}

impl Refund {
    /// What this does to a guest's `balance`, in hundredths and not below zero. What is returned is added first, so
    /// that it covers the accrual that is taken back; the balance never goes below zero, and what it does not cover is
    /// the shortfall.
    #[must_use]
    pub fn settle(&self, balance: Money) -> Settlement {
        let covered = Money::from_minor(balance.minor().saturating_add(self.payment.minor()));
        let cancelled = self.accrual.min(covered.max(Money::ZERO));
        Settlement {
            balance: covered.minus_or_zero(cancelled),
            cancelled,
            shortfall: self.accrual.minus_or_zero(cancelled),
        }
    }
}

/// `amount` × `part` / `whole`, rounded half up. `part` lies between nothing and `whole`, which is above zero.
fn proportion(amount: Money, part: i64, whole: i64) -> Money {
    let (amount, part, whole) = (i128::from(amount.minor()), i128::from(part), i128::from(whole));
    let rounded = (2 * amount * part + whole) / (2 * whole);
    // It is no more than the amount, which is 64 bits wide.
    Money::from_minor(i64::try_from(rounded).unwrap_or(i64::MAX))
}

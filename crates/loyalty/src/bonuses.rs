//! How many bonuses an order may be paid with, and how many it brings.
//!
//! Owns the limit of the spend, the rule that sets it, and the accrual; must not decide about discounts.

use contract::Money;

use crate::distribute::distribute;
use crate::notice::{self, Notice};
use crate::programme::Rank;
use crate::share::Share;

/// The rule that sets the largest payment in bonuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The programme pays no more than this share of an order.
    Share {
        /// The share.
        share: Share,
    },
    /// The guest has no more.
    Balance,
    /// A campaign that works on this order does not go together with bonuses.
    Campaign {
        /// The campaign's name.
        name: String,
    },
    /// There is nothing left to pay.
    NothingToPay,
}

/// The bonuses of a calculated order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonuses {
    /// The least payment and what is accrued with it.
    pub min: Side,
    /// The largest payment and what is accrued with it.
    pub max: Side,
    /// Which rule sets the largest payment.
    pub bound: Bound,
    /// What is said to the guest about it.
    pub notices: Vec<Notice>,
    to_pay_by_line: Vec<Money>,
    cashback: Share,
}

/// A payment in bonuses and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The bonuses paid with, in hundredths.
    pub payment: Money,
    /// The same by line, in the order of the lines; adds up to `payment`.
    pub payment_by_line: Vec<Money>,
    /// The bonuses accrued for the money paid beside them, in hundredths.
    pub accrual: Money,
}

/// A payment that is not between the least and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the payment in bonuses must be between {} and {} hundredths", min.minor(), max.minor())]
pub struct PaymentOutOfRange {
    /// The least payment.
    pub min: Money,
    /// The largest payment.
    pub max: Money,
}

impl Bonuses {
    /// The bonuses of an order of which `to_pay_by_line` is left to pay. `forbidden_by` names the campaign that does
    /// not go together with bonuses, where one works on the order.
    pub(crate) fn new(
        to_pay_by_line: Vec<Money>,
        balance: Money,
        rank: &Rank,
        max_share: Share,
        forbidden_by: Option<&str>,
    ) -> Self {
        let total = sum(&to_pay_by_line);
        let limit = max_share.of_down(total);
        let balance = balance.max(Money::ZERO);
        let (most, bound) = match forbidden_by {
            Some(name) => (Money::ZERO, Bound::Campaign { name: name.to_owned() }),
            None if !total.is_positive() => (Money::ZERO, Bound::NothingToPay),
            None if balance < limit => (balance, Bound::Balance),
            None => (limit, Bound::Share { share: max_share }),
        };
        let cashback = if forbidden_by.is_some() { Share::default() } else { rank.cashback_bp };
        let min = side(&to_pay_by_line, cashback, Money::ZERO);
        let max = side(&to_pay_by_line, cashback, most);
        let notices = vec![notice::of_bound(&bound, most)];
        Self { min, max, bound, notices, to_pay_by_line, cashback }
    }

    /// What comes of paying `payment` in bonuses.
    ///
    /// # Errors
    /// [`PaymentOutOfRange`] where it is below the least or above the most.
    pub fn pay(&self, payment: Money) -> Result<Side, PaymentOutOfRange> {
        if payment < self.min.payment || payment > self.max.payment {
            return Err(PaymentOutOfRange { min: self.min.payment, max: self.max.payment });
        }
        Ok(side(&self.to_pay_by_line, self.cashback, payment))
    }
}

/// The accrual is the rank's share of the money paid: of what is left once bonuses and discounts are off.
fn side(to_pay_by_line: &[Money], cashback: Share, payment: Money) -> Side {
    let paid_in_money = sum(to_pay_by_line).minus_or_zero(payment);
    Side {
        payment,
        payment_by_line: distribute(payment, to_pay_by_line),
        accrual: cashback.of_half_up(paid_in_money),
    }
}

fn sum(amounts: &[Money]) -> Money {
    Money::from_minor(amounts.iter().map(|amount| amount.minor()).sum())
}

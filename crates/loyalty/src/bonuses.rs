//! How many bonuses an order may be paid with, and how many it brings.
//!
//! Owns the limit of the spend, the rule that sets it, and the accrual; must not decide about discounts.

use contract::Money;

use crate::distribute::distribute;
use crate::notice::{self, Notice};
use crate::programme::Rank;
use crate::share::Share;

mod bound;

pub use bound::{Bound, Limits};

/// What bonuses may do for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineTerms {
    /// What is left to pay for it, in minor units.
    pub to_pay: Money,
    /// Whether bonuses may pay for it.
    pub is_payable: bool,
    /// Whether the money paid for it brings bonuses.
    pub accrues: bool,
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
    /// What each rule alone would allow.
    pub limits: Limits,
    /// How much more could be paid if the bound were not, in hundredths: up to the next rule's limit. Nothing where a
    /// campaign or the rank is the bound, without which the order would cost something else.
    pub held_back: Money,
    /// What is said to the guest about it.
    pub notices: Vec<Notice>,
    /// What bonuses may do for each line, in the order of the lines.
    pub lines: Vec<LineTerms>,
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
    /// The bonuses of an order whose `lines` are left to pay. `max_share` is the programme's, for ranks without their own;
    /// `forbidden_by` names the campaign that does not go together with bonuses, where one works on the order.
    pub(crate) fn new(
        lines: Vec<LineTerms>,
        balance: Money,
        rank: &Rank,
        max_share: Share,
        forbidden_by: Option<&str>,
    ) -> Self {
        let total = sum(lines.iter().map(|line| line.to_pay));
        let max_share = rank.max_payable_share_bp.unwrap_or(max_share);
        let payable = payable(&lines);
        let limits = Limits {
            share: max_share.of_down(total),
            balance: balance.max(Money::ZERO),
            lines: sum(payable.iter().copied()),
        };
        let (most, bound) = match forbidden_by {
            Some(name) => (Money::ZERO, Bound::Campaign { name: name.to_owned() }),
            None if rank.discount.is_some() => (Money::ZERO, Bound::Rank { name: rank.name.clone() }),
            None if !total.is_positive() => (Money::ZERO, Bound::NothingToPay),
            None => limits.tightest(max_share),
        };
        let held_back = limits.next_after(&bound).minus_or_zero(most);
        let cashback = if forbidden_by.is_some() { Share::default() } else { rank.cashback_bp };
        let min = side(&lines, &payable, cashback, Money::ZERO);
        let max = side(&lines, &payable, cashback, most);
        let not_accrued = cashback.of_half_up(total).minus_or_zero(min.accrual);
        let mut notices = vec![notice::of_bound(&bound, most, held_back)];
        notices.extend(notice::of_lines_that_bring_nothing(not_accrued));
        Self { min, max, bound, limits, held_back, notices, lines, cashback }
    }

    /// What comes of paying `payment` in bonuses.
    ///
    /// # Errors
    /// [`PaymentOutOfRange`] where it is below the least or above the most.
    pub fn pay(&self, payment: Money) -> Result<Side, PaymentOutOfRange> {
        if payment < self.min.payment || payment > self.max.payment {
            return Err(PaymentOutOfRange { min: self.min.payment, max: self.max.payment });
        }
        Ok(side(&self.lines, &payable(&self.lines), self.cashback, payment))
    }
}

/// What bonuses may pay of each line.
fn payable(lines: &[LineTerms]) -> Vec<Money> {
    lines.iter().map(|line| if line.is_payable { line.to_pay } else { Money::ZERO }).collect()
}

/// The accrual is the rank's share of the money paid for what accrues: of what is left of those lines once bonuses and
/// discounts are off.
fn side(lines: &[LineTerms], payable: &[Money], cashback: Share, payment: Money) -> Side {
    let payment_by_line = distribute(payment, payable);
    let accruing = lines.iter().zip(&payment_by_line).filter(|(line, _)| line.accrues);
    let money = sum(accruing.map(|(line, paid)| line.to_pay.minus_or_zero(*paid)));
    Side { payment, payment_by_line, accrual: cashback.of_half_up(money) }
}

/// The amounts are parts of an order's cost, which is within range.
fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    Money::from_minor(amounts.map(Money::minor).sum())
}

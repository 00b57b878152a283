//! A closed order as a refund sees it: its lines, what was paid for them, and what has been returned of them.

use contract::{Money, Quantity};

use super::{Item, Refund, RefundRefused, RefundedLine, asked, proportion};

/// A line of a closed order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedLine {
    /// The article code.
    pub code: String,
    /// How much of it was bought; above zero.
    pub quantity: Quantity,
    /// What was left to pay for the line once discounts were off, in minor units; not below zero.
    pub total: Money,
    /// How much of it was paid with bonuses, in hundredths; between nothing and `total`.
    pub payment: Money,
    /// Whether the money paid for it brought bonuses.
    pub accrues: bool,
    /// How much of it has been returned before; between nothing and `quantity`.
    pub refunded: Quantity,
}

/// A closed order that can be refunded: no amount in it is impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedOrder {
    lines: Vec<ClosedLine>,
    accrual: Money,
    accruing_money_minor: i64,
}

/// Why lines are no closed order. `line` counts from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClosedOrderError {
    /// There is no line at all.
    #[error("the order has no lines")]
    Empty,
    /// A quantity is not above zero, or more has been returned than was bought.
    #[error("line {line}: the quantity must be above zero and cover what has been refunded")]
    Quantity {
        /// The line.
        line: usize,
    },
    /// A sum is negative, or more bonuses were paid than there was to pay.
    #[error("line {line}: the payment in bonuses must be between nothing and the line's total")]
    Payment {
        /// The line.
        line: usize,
    },
    /// The sum of the totals is beyond [`Money::MAX`].
    #[error("the order's sum is out of range")]
    TooLarge,
    /// The accrual is negative, or there is one though no money was paid for anything that accrues.
    #[error("the accrual must not be below zero, nor above it where no money was paid for what accrues")]
    Accrual,
}

impl ClosedOrder {
    /// A closed order of `lines` that brought `accrual`, in hundredths.
    ///
    /// # Errors
    /// [`ClosedOrderError`] names the first line that cannot be.
    pub fn new(lines: Vec<ClosedLine>, accrual: Money) -> Result<Self, ClosedOrderError> {
        if lines.is_empty() {
            return Err(ClosedOrderError::Empty);
        }
        let mut total = Money::ZERO;
        let mut accruing_money_minor = 0;
        for (index, line) in lines.iter().enumerate() {
            let (bought, refunded) = (line.quantity.milli(), line.refunded.milli());
            if bought <= 0 || refunded < 0 || refunded > bought {
                return Err(ClosedOrderError::Quantity { line: index });
            }
            if line.payment.is_negative() || line.payment > line.total {
                return Err(ClosedOrderError::Payment { line: index });
            }
            total = total.checked_add(line.total).ok_or(ClosedOrderError::TooLarge)?;
            if line.accrues {
                accruing_money_minor += line.money().minor();
            }
        }
        if accrual.is_negative() || (accrual.is_positive() && accruing_money_minor == 0) {
            return Err(ClosedOrderError::Accrual);
        }
        Ok(Self { lines, accrual, accruing_money_minor })
    }

    /// What returning `items` moves; without a list, all that has not been returned before.
    ///
    /// # Errors
    /// [`RefundRefused`] says why the list does not fit the order.
    pub fn refund(&self, items: Option<&[Item]>) -> Result<Refund, RefundRefused> {
        let milli_by_line = asked::by_line(&self.lines, items)?;
        let mut refund = Refund { is_last: true, ..Refund::default() };
        let (mut accruing_before, mut accruing_after) = (0, 0);
        for (line, milli) in self.lines.iter().zip(milli_by_line) {
            let before = line.returned(line.refunded.milli());
            let after = line.returned(line.refunded.milli() + milli);
            let returned = RefundedLine {
                quantity: Quantity::from_milli(milli),
                money: after.money.minus_or_zero(before.money),
                payment: after.payment.minus_or_zero(before.payment),
            };
            if line.accrues {
                accruing_before += before.money.minor();
                accruing_after += after.money.minor();
            }
            // Parts of the order's total, which is within range.
            refund.money = Money::from_minor(refund.money.minor() + returned.money.minor());
            refund.payment = Money::from_minor(refund.payment.minor() + returned.payment.minor());
            refund.is_last &= after.quantity == line.quantity;
            refund.by_line.push(returned);
        }
        refund.accrual = self.cancelled(accruing_after).minus_or_zero(self.cancelled(accruing_before));
        Ok(refund)
    }

    /// The accrual that is cancelled once `returned_minor` of the money that brought it has been returned.
    fn cancelled(&self, returned_minor: i64) -> Money {
        if self.accruing_money_minor == 0 {
            return Money::ZERO;
        }
        proportion(self.accrual, returned_minor, self.accruing_money_minor)
    }
}

impl ClosedLine {
    /// The money paid for the line beside bonuses.
    fn money(&self) -> Money {
        self.total.minus_or_zero(self.payment)
    }

    /// All that has been returned of the line once `milli` thousandths of it have. Money and bonuses are rounded apart:
    /// rounded together, one of them could have to be taken back by a later refund.
    fn returned(&self, milli: i64) -> RefundedLine {
        RefundedLine {
            quantity: Quantity::from_milli(milli),
            money: proportion(self.money(), milli, self.quantity.milli()),
            payment: proportion(self.payment, milli, self.quantity.milli()),
        }
    }
}

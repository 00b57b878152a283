//! A share of an amount, in basis points, and the two ways it is rounded.

use contract::Money;
use serde::{Deserialize, Serialize};

/// A share between nothing and all, in basis points: 5 % is 500, all is 10 000. In JSON an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Share(u32);

/// Basis points in a whole.
const WHOLE_BP: u32 = 10_000;

impl Share {
    /// The share of `bp` basis points, or `None` above the whole.
    #[must_use]
    pub const fn from_bp(bp: u32) -> Option<Self> {
        if bp <= WHOLE_BP { Some(Self(bp)) } else { None }
    }

    /// The share in basis points.
    #[must_use]
    pub const fn bp(self) -> u32 {
        self.0
    }

    /// This share of `amount` rounded half up to the minor unit: how discounts and accruals are rounded. It is the
    /// rounding that gives the makers' 1.94 for 2 % of 96.79 (1.9358) and 2.00 for 2 % of 100.00.
    #[must_use]
    pub fn of_half_up(self, amount: Money) -> Money {
        self.of(amount, i128::from(WHOLE_BP) / 2)
    }

    /// This share of `amount` rounded down to the minor unit: how limits are rounded, so that a limit is never exceeded.
    #[must_use]
    pub fn of_down(self, amount: Money) -> Money {
        self.of(amount, 0)
    }

    fn of(self, amount: Money, added: i128) -> Money {
        let product = i128::from(amount.minor()) * i128::from(self.0) + added;
        let rounded = product.div_euclid(i128::from(WHOLE_BP));
        // A share of at most the whole is no larger than the amount, which is 64 bits wide.
        Money::from_minor(i64::try_from(rounded).unwrap_or(amount.minor()))
    }
}

impl TryFrom<u32> for Share {
    type Error = String;

    fn try_from(bp: u32) -> Result<Self, String> {
        Self::from_bp(bp).ok_or_else(|| format!("{bp} basis points are more than the whole, {WHOLE_BP}"))
    }
}

impl From<Share> for u32 {
    fn from(share: Share) -> Self {
        share.0
    }
}

impl std::fmt::Display for Share {
    /// The share in per cent, without trailing zeros: `12.5`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        contract::decimal::Decimal::<2>(i64::from(self.0)).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accruals_round_half_up_and_limits_round_down() {
        let two_per_cent = Share::from_bp(200).expect("a share");
        assert_eq!(two_per_cent.of_half_up(Money::from_minor(9679)), Money::from_minor(194));
        assert_eq!(two_per_cent.of_down(Money::from_minor(9679)), Money::from_minor(193));
        assert_eq!(two_per_cent.of_half_up(Money::from_minor(25)), Money::from_minor(1));
        assert_eq!(two_per_cent.of_half_up(Money::from_minor(24)), Money::ZERO);
    }

    #[test]
    fn the_whole_of_the_largest_amount_is_that_amount() {
        let whole = Share::from_bp(10_000).expect("a share");
        assert_eq!(whole.of_half_up(Money::MAX), Money::MAX);
        assert_eq!(whole.of_down(Money::MAX), Money::MAX);
    }

    #[test]
    fn more_than_the_whole_is_no_share() {
        assert_eq!(Share::from_bp(10_001), None);
    }

    #[test]
    fn shares_are_written_in_per_cent() {
        let texts = [500, 1250, 10_000, 1].map(|bp| Share::from_bp(bp).expect("a share").to_string());
        assert_eq!(texts, ["5", "12.5", "100", "0.01"]);
    }
}

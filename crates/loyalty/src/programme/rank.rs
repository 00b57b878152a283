//! A rank of a programme: what it returns or takes off, and what keeps it.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{ProgrammeError, is_uuid, not_blank, positive, refusal};
use crate::share::Share;

/// A rank of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// Its name, for the guest; unique in the programme.
    pub name: String,
    /// The money paid in all that reaches it, in minor units. The first rank's is nothing, and the others' ascend; where
    /// no rank names one, ranks are given by hand only.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub threshold_minor: Money,
    /// The share of the money paid that comes back as bonuses; nothing for a rank with a discount.
    pub cashback_bp: Share,
    /// The largest share of an order that a guest of this rank pays with bonuses; absent where it is the programme's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_payable_share_bp: Option<Share>,
    /// What the rank takes off every order instead of bonuses: an order of such a guest brings none and takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<RankDiscount>,
    /// What keeps the rank; absent where it is kept for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
}

/// What a rank takes off every order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankDiscount {
    /// The id under which orders name it, as they name a campaign's discount: a UUID in small letters.
    pub id: String,
    /// The share of what the campaigns left to pay; above zero.
    pub share_bp: Share,
}

/// What a guest must spend, and how soon, to keep a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Money to be spent, in minor units; above zero.
    pub sum_minor: Money,
    /// Hours to spend it in; above zero.
    pub period_hours: u32,
}

/// What a guest still has to do to keep a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmationLeft {
    /// Money still to be spent; above zero.
    pub sum: Money,
    /// Hours left to spend it in, a begun hour counted whole; zero once the period is over.
    pub hours: u32,
}

/// Checks what a list of ranks must be: at least one, each with a name of its own, the thresholds ascending.
pub(super) fn check_all(ranks: &[Rank]) -> Result<(), ProgrammeError> {
    if ranks.is_empty() {
        return Err(refusal("ranks", "there must be at least one rank"));
    }
    let mut names = HashSet::new();
    let has_thresholds = ranks.iter().any(|rank| rank.threshold_minor != Money::ZERO);
    let mut below = None;
    for (index, rank) in ranks.iter().enumerate() {
        let path = format!("ranks[{index}]");
        rank.check(&path)?;
        if !names.insert(rank.name.trim()) {
            return Err(refusal(&format!("{path}.name"), "another rank has this name"));
        }
        match below {
            None if rank.threshold_minor != Money::ZERO => {
                return Err(refusal(
                    &format!("{path}.threshold_minor"),
                    "must be zero: a new guest has the first rank",
                ));
            }
            None if rank.confirmation.is_some() => {
                return Err(refusal(&format!("{path}.confirmation"), "the first rank cannot be lost"));
            }
            Some(below) if has_thresholds && rank.threshold_minor <= below => {
                return Err(refusal(
                    &format!("{path}.threshold_minor"),
                    "must be above the threshold of the rank before, once one rank names a threshold",
                ));
            }
            _ => {}
        }
        below = Some(rank.threshold_minor);
    }
    Ok(())
}

/// What serde leaves out: no threshold.
fn is_nothing(amount: &Money) -> bool {
    *amount == Money::ZERO
}

impl Rank {
    fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        not_blank(&format!("{path}.name"), &self.name)?;
        if self.threshold_minor != Money::ZERO {
            positive(&format!("{path}.threshold_minor"), self.threshold_minor)?;
        }
        if let Some(discount) = &self.discount {
            self.check_discount(discount, path)?;
        }
        let Some(confirmation) = self.confirmation else { return Ok(()) };
        positive(&format!("{path}.confirmation.sum_minor"), confirmation.sum_minor)?;
        if confirmation.period_hours == 0 {
            return Err(refusal(&format!("{path}.confirmation.period_hours"), "must be above zero"));
        }
        Ok(())
    }

    /// With a discount there is nothing that could be said of bonuses.
    fn check_discount(&self, discount: &RankDiscount, path: &str) -> Result<(), ProgrammeError> {
        if !is_uuid(&discount.id) {
            return Err(refusal(&format!("{path}.discount.id"), "must be a UUID in small letters"));
        }
        if discount.share_bp == Share::default() {
            return Err(refusal(&format!("{path}.discount.share_bp"), "must be above zero"));
        }
        if self.cashback_bp != Share::default() {
            return Err(refusal(&format!("{path}.cashback_bp"), "must be zero: the rank gives a discount"));
        }
        if self.max_payable_share_bp.is_some() {
            let path = format!("{path}.max_payable_share_bp");
            return Err(refusal(&path, "says nothing: the rank gives a discount"));
        }
        Ok(())
    }
}

impl Confirmation {
    /// The length of the period in milliseconds.
    pub(crate) fn period_ms(self) -> i64 {
        i64::from(self.period_hours) * 3_600_000
    }

    /// What is left to do for a guest who has spent `spent` in the `elapsed_s` seconds since the period began, or
    /// `None` where the rank is confirmed. A clock that went back counts as no time at all.
    #[must_use]
    pub fn left(self, spent: Money, elapsed_s: i64) -> Option<ConfirmationLeft> {
        let sum = self.sum_minor.minus_or_zero(spent.max(Money::ZERO));
        if !sum.is_positive() {
            return None;
        }
        let left_s = i64::from(self.period_hours) * 3600 - elapsed_s.clamp(0, i64::from(u32::MAX) * 3600);
        let hours = (left_s.max(0) + 3599) / 3600;
        Some(ConfirmationLeft { sum, hours: u32::try_from(hours).unwrap_or(self.period_hours) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILVER: Confirmation = Confirmation { sum_minor: Money::from_minor(500_000), period_hours: 720 };

    #[test]
    fn what_is_left_shrinks_with_the_money_spent_and_the_hours_gone() {
        let all_s = 720 * 3600;
        // Spent, seconds gone; then the sum and the hours left.
        let table = [
            (0, 0, 500_000, 720),
            (120_050, 1, 379_950, 720),
            (499_999, 3_600, 1, 719),
            (0, all_s - 1, 500_000, 1),
            (0, all_s, 500_000, 0),
            (0, i64::MAX, 500_000, 0),
            (0, -5, 500_000, 720),
            (-1, 0, 500_000, 720),
        ];
        for (spent, elapsed_s, sum, hours) in table {
            let left = SILVER.left(Money::from_minor(spent), elapsed_s).expect("not confirmed yet");
            assert_eq!((left.sum.minor(), left.hours), (sum, hours), "{spent} spent in {elapsed_s} s");
        }
    }

    #[test]
    fn nothing_is_left_once_the_sum_is_spent() {
        for spent in [500_000, 500_001, i64::MAX] {
            assert_eq!(SILVER.left(Money::from_minor(spent), 0), None);
        }
    }
}

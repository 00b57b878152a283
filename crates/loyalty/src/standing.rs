//! Where a guest stands among a programme's ranks, and what a purchase, a refund and the passing of time do to it.
//!
//! Owns the movement between ranks; must not read a clock: each moment is handed in, in milliseconds on one clock.
//!
//! The makers publish the thresholds' effect (a rank, and what is left to confirm it) but not its rules. Ours are:
//! - Money paid in all reaches a rank; bonuses paid with do not count. Several ranks may be climbed at once.
//! - A rank with a [`Confirmation`](crate::programme::Confirmation) is kept for a period at a time. The first begins
//!   with the rank, the next where the one before ended. A period in which the sum was not paid costs one rank.
//! - Who falls that way starts anew at the threshold of the rank below: what was paid before no longer counts, so that
//!   the next purchase does not bring the lost rank back.
//! - A refund takes its money out again. A rank that was reached by paying falls with the money that reached it; one
//!   that was given by hand stays.
//! - A clock that went back changes nothing.

use contract::Money;

use crate::calculation::UnknownRank;
use crate::programme::{ConfirmationLeft, Rank};

/// Where a guest stands among the ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The rank, counted from zero in the programme's list.
    pub rank_index: usize,
    /// The money paid in all that counts towards a rank, in minor units.
    pub paid_total: Money,
    /// The money paid since `period_since_ms`, in minor units: what confirms the rank. What reached the rank does not
    /// confirm it as well.
    pub paid_in_period: Money,
    /// When the current period began: with the rank, or where the period before ended.
    pub period_since_ms: i64,
    /// Since when money counts in `paid_total`: since the guest joined, or was last demoted by time.
    pub counted_since_ms: i64,
}

impl Standing {
    /// The standing of a guest who joins, with the first rank.
    #[must_use]
    pub const fn new(joined_ms: i64) -> Self {
        Self {
            rank_index: 0,
            paid_total: Money::ZERO,
            paid_in_period: Money::ZERO,
            period_since_ms: joined_ms,
            counted_since_ms: joined_ms,
        }
    }

    /// The standing at `now_ms`: each period that is over by then is settled, one after the other.
    ///
    /// # Errors
    /// [`UnknownRank`] where the guest's rank is not one of `ranks`.
    pub fn as_of(self, ranks: &[Rank], now_ms: i64) -> Result<Self, UnknownRank> {
        let mut standing = self;
        loop {
            let confirmation = standing.rank(ranks)?.confirmation;
            // The first rank cannot be lost, and nothing is asked to keep it.
            let (Some(confirmation), Some(below)) = (confirmation, standing.rank_index.checked_sub(1)) else {
                return Ok(standing);
            };
            let end_ms = standing.period_since_ms.saturating_add(confirmation.period_ms());
            if now_ms < end_ms {
                return Ok(standing);
            }
            if standing.paid_in_period < confirmation.sum_minor {
                standing.rank_index = below;
                standing.paid_total = standing.paid_total.min(ranks[below].threshold_minor);
                standing.counted_since_ms = end_ms;
            }
            standing.paid_in_period = Money::ZERO;
            standing.period_since_ms = end_ms;
        }
    }

    /// The standing after `paid` in money at `at_ms`, in minor units and not below zero. Keep `at_ms`: a refund of the
    /// order asks for it. A sum beyond [`Money::MAX`] counts as that.
    ///
    /// # Errors
    /// [`UnknownRank`] where the guest's rank is not one of `ranks`.
    pub fn after_purchase(self, ranks: &[Rank], paid: Money, at_ms: i64) -> Result<Self, UnknownRank> {
        let mut standing = self.as_of(ranks, at_ms)?;
        let paid = paid.max(Money::ZERO);
        standing.paid_total = standing.paid_total.checked_add(paid).unwrap_or(Money::MAX);
        standing.paid_in_period = standing.paid_in_period.checked_add(paid).unwrap_or(Money::MAX);
        let reached = highest_reached(ranks, standing.paid_total);
        if reached > standing.rank_index {
            standing.move_to(reached, at_ms);
        }
        Ok(standing)
    }

    /// The standing after `returned` of the money of a purchase that was counted at `counted_at_ms` is given back at
    /// `at_ms`; the money is in minor units and not below zero. What happened within one millisecond cannot be told
    /// apart: a purchase of the one in which the current period began is taken for what reached the rank, unless the
    /// period began with joining or falling.
    ///
    /// # Errors
    /// [`UnknownRank`] where the guest's rank is not one of `ranks`.
    pub fn after_refund(
        self,
        ranks: &[Rank],
        returned: Money,
        counted_at_ms: i64,
        at_ms: i64,
    ) -> Result<Self, UnknownRank> {
        let mut standing = self.as_of(ranks, at_ms)?;
        let returned = returned.max(Money::ZERO);
        // The purchase that began the period by reaching the rank is not of it; joining and falling begin one without.
        let began_without_purchase = standing.period_since_ms == standing.counted_since_ms;
        if counted_at_ms > standing.period_since_ms
            || (began_without_purchase && counted_at_ms == standing.period_since_ms)
        {
            standing.paid_in_period = standing.paid_in_period.minus_or_zero(returned);
        }
        if counted_at_ms < standing.counted_since_ms {
            return Ok(standing);
        }
        let threshold = standing.rank(ranks)?.threshold_minor;
        let was_reached_by_paying = standing.paid_total >= threshold;
        standing.paid_total = standing.paid_total.minus_or_zero(returned);
        if was_reached_by_paying && standing.paid_total < threshold {
            standing.move_to(highest_reached(ranks, standing.paid_total), at_ms);
        }
        Ok(standing)
    }

    /// What is left to do to keep the rank at `now_ms`, or `None` where nothing is asked or it is done.
    ///
    /// # Errors
    /// [`UnknownRank`] where the guest's rank is not one of `ranks`.
    pub fn confirmation_left(
        &self,
        ranks: &[Rank],
        now_ms: i64,
    ) -> Result<Option<ConfirmationLeft>, UnknownRank> {
        let standing = self.as_of(ranks, now_ms)?;
        let elapsed_s = now_ms.saturating_sub(standing.period_since_ms).div_euclid(1000);
        let confirmation = standing.rank(ranks)?.confirmation;
        Ok(confirmation.and_then(|confirmation| confirmation.left(standing.paid_in_period, elapsed_s)))
    }

    fn rank(self, ranks: &[Rank]) -> Result<&Rank, UnknownRank> {
        ranks.get(self.rank_index).ok_or(UnknownRank { rank_index: self.rank_index })
    }

    /// Another rank, whose period begins now.
    fn move_to(&mut self, rank_index: usize, at_ms: i64) {
        self.rank_index = rank_index;
        self.paid_in_period = Money::ZERO;
        self.period_since_ms = at_ms;
    }
}

/// The highest rank that `paid` reaches. A threshold of nothing is the first rank's, or that of one given by hand only.
fn highest_reached(ranks: &[Rank], paid: Money) -> usize {
    let is_reached = |rank: &Rank| rank.threshold_minor.is_positive() && rank.threshold_minor <= paid;
    ranks.iter().rposition(is_reached).unwrap_or(0)
}

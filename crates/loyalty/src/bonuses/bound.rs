//! Which rule sets the largest payment in bonuses, and what the others would allow.

use contract::Money;

use crate::share::Share;

/// The rule that sets the largest payment in bonuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The programme, or the guest's rank, pays no more than this share of an order.
    Share {
        /// The share.
        share: Share,
    },
    /// The guest has no more.
    Balance,
    /// The other lines of the order cannot be paid with bonuses.
    Lines,
    /// A campaign that works on this order does not go together with bonuses.
    Campaign {
        /// The campaign's name.
        name: String,
    },
    /// The guest's rank gives a discount instead of bonuses.
    Rank {
        /// The rank's name.
        name: String,
    },
    /// There is nothing left to pay.
    NothingToPay,
}

/// What each rule alone would let a guest pay with bonuses, in hundredths; none is below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The share of what is left to pay that the programme or the rank allows, rounded down.
    pub share: Money,
    /// The guest's balance.
    pub balance: Money,
    /// What is left to pay for the lines that bonuses may pay.
    pub lines: Money,
}

impl Limits {
    /// The least of the limits and its rule. Of equal ones the share is named before the balance, and the lines last:
    /// what holds for every order is easier to understand than what holds for this one.
    pub(super) fn tightest(self, max_share: Share) -> (Money, Bound) {
        if self.lines < self.share.min(self.balance) {
            (self.lines, Bound::Lines)
        } else if self.balance < self.share {
            (self.balance, Bound::Balance)
        } else {
            (self.share, Bound::Share { share: max_share })
        }
    }

    /// What could be paid if `bound` were not.
    pub(super) fn next_after(self, bound: &Bound) -> Money {
        match bound {
            Bound::Share { .. } => self.balance.min(self.lines),
            Bound::Balance => self.share.min(self.lines),
            Bound::Lines => self.share.min(self.balance),
            Bound::Campaign { .. } | Bound::Rank { .. } | Bound::NothingToPay => Money::ZERO,
        }
    }
}

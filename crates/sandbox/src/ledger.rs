//! What a sandbox has accepted: what a test or a curious developer compares with what was asked.

use contract::Money;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A guest joined, or all of a guest's data was replaced by other.
    GuestSaved,
    /// Some of a guest's data was changed.
    GuestUpdated,
    /// A guest was given a card, or bound one.
    CardAdded,
    /// A guest was given a payment code, or a code to show in the app.
    CodeIssued,
    /// A guest was given bonuses that no order brought, as by the seed.
    Granted,
    /// A guest was given bonuses through the API.
    BonusAdded,
    /// Bonuses were taken from a guest through the API.
    BonusWrittenOff,
    /// Bonuses were held for a guest at a point of sale.
    Held,
    /// What was held is back: it was released, or a sale was made there.
    HoldReleased,
    /// What was held is back: the time was over. Entered when the guest is next looked at.
    HoldRunOut,
    /// An order was confirmed: its bonuses and privileges are frozen.
    Confirmed,
    /// An order was reset: what was frozen is back.
    Reset,
    /// An order was aborted: what was frozen is back.
    Aborted,
    /// An order was closed: what was frozen is written off, what it earned is accrued.
    Closed,
    /// A closed order was refunded, whole or in part: what was written off is back, what was accrued is taken back.
    Refunded,
    /// A campaign gave a guest a gift.
    Rewarded,
    /// A gift was taken back, because the order that had brought it was refunded.
    GiftWithdrawn,
    /// A guest activated a campaign.
    Activated,
    /// A guest bought a campaign.
    Bought,
    /// A guest saved a campaign.
    Saved,
    /// A guest was invited by another.
    Invited,
}

/// An operation that changed something. A repetition that changed nothing is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What was done.
    pub kind: Kind,
    /// The order; absent where there was none.
    pub order_id: Option<String>,
    /// Bonuses frozen, returned or written off, in hundredths.
    pub payment: Money,
    /// Bonuses that are to be accrued, no longer are, were, or were given, in hundredths.
    pub accrual: Money,
    /// What of the accrual could not be taken back for a refund, because the guest had spent it, in hundredths.
    pub shortfall: Money,
    /// The discounts given or taken back, in minor units.
    pub discount: Money,
}

impl Entry {
    /// What was done to a guest without an order and without moving any bonuses.
    pub(crate) const fn without_sums(kind: Kind, at_ms: i64) -> Self {
        let nothing = Money::ZERO;
        Self {
            at_ms,
            kind,
            order_id: None,
            payment: nothing,
            accrual: nothing,
            shortfall: nothing,
            discount: nothing,
        }
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 21] = [
        Self::GuestSaved,
        Self::GuestUpdated,
        Self::CardAdded,
        Self::CodeIssued,
        Self::Granted,
        Self::BonusAdded,
        Self::BonusWrittenOff,
        Self::Held,
        Self::HoldReleased,
        Self::HoldRunOut,
        Self::Confirmed,
        Self::Reset,
        Self::Aborted,
        Self::Closed,
        Self::Refunded,
        Self::Rewarded,
        Self::GiftWithdrawn,
        Self::Activated,
        Self::Bought,
        Self::Saved,
        Self::Invited,
    ];

    /// The kind's name in the books.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GuestSaved => "guest_saved",
            Self::GuestUpdated => "guest_updated",
            Self::CardAdded => "card_added",
            Self::CodeIssued => "code_issued",
            Self::Granted => "granted",
            Self::BonusAdded => "bonus_added",
            Self::BonusWrittenOff => "bonus_written_off",
            Self::Held => "held",
            Self::HoldReleased => "hold_released",
            Self::HoldRunOut => "hold_run_out",
            Self::Confirmed => "confirmed",
            Self::Reset => "reset",
            Self::Aborted => "aborted",
            Self::Closed => "closed",
            Self::Refunded => "refunded",
            Self::Rewarded => "rewarded",
            Self::GiftWithdrawn => "gift_withdrawn",
            Self::Activated => "activated",
            Self::Bought => "bought",
            Self::Saved => "saved",
            Self::Invited => "invited",
        }
    }
}

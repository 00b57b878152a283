//! A gift as a row, and the names of its states.

use contract::Money;
use rusqlite::Row;

use crate::store::StoreError;

/// What a gift is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// One use of a campaign.
    Privilege {
        /// The campaign.
        campaign_id: String,
    },
    /// Bonuses, credited when they are given.
    Bonus {
        /// How many, in hundredths.
        amount: Money,
    },
}

/// What became of a gift. Whether an active one has expired is a matter of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GiftState {
    /// It may be used.
    Active,
    /// It is set aside for a confirmed order.
    Frozen,
    /// It is used up.
    Received,
    /// It was taken back with the order that had brought it.
    Withdrawn,
}

/// A stamp that brings a gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Its number on its card.
    pub(crate) index: u32,
    /// Its number over all cards of the guest in this campaign.
    pub(crate) ordinal: u64,
}

/// A gift to be given.
#[derive(Clone, Debug)]
pub(crate) struct NewGift<'a> {
    pub(crate) guest_id: i64,
    /// The campaign that gives it.
    pub(crate) campaign_id: &'a str,
    /// Its terms as JSON: it stays what it was given as, whatever becomes of the programme.
    pub(crate) terms: &'a str,
    /// The stamp that brings it.
    pub(crate) stamp: Option<Stamp>,
    pub(crate) given: Given,
    pub(crate) given_at_ms: i64,
    /// Absent for a gift that is good for ever.
    pub(crate) expires_at_ms: Option<i64>,
    /// The order whose closing brings it.
    pub(crate) source_order_id: Option<&'a str>,
}

/// A gift of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GiftRow {
    pub(crate) id: i64,
    pub(crate) guest_id: i64,
    pub(crate) campaign_id: String,
    /// Its terms as JSON.
    pub(crate) terms: String,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) given: Given,
    pub(crate) state: GiftState,
    pub(crate) expires_at_ms: Option<i64>,
}

impl GiftState {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Frozen => "frozen",
            Self::Received => "received",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn of(text: &str) -> Result<Self, StoreError> {
        [Self::Active, Self::Frozen, Self::Received, Self::Withdrawn]
            .into_iter()
            .find(|state| state.text() == text)
            .ok_or_else(|| StoreError::Corrupt(format!("gift state {text}")))
    }
}

/// Reads all but the state; nothing where the gift is neither a privilege nor bonuses.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<GiftRow>> {
    let privilege: Option<String> = row.get(5)?;
    let bonus: Option<i64> = row.get(6)?;
    let stamp = match (row.get(4)?, row.get(8)?) {
        (Some(index), Some(ordinal)) => Some(Stamp { index, ordinal }),
        _ => None,
    };
    let given = match (privilege, bonus) {
        (Some(campaign_id), None) => Given::Privilege { campaign_id },
        (None, Some(minor)) => Given::Bonus { amount: Money::from_minor(minor) },
        _ => return Ok(None),
    };
    Ok(Some(GiftRow {
        id: row.get(0)?,
        guest_id: row.get(1)?,
        campaign_id: row.get(2)?,
        terms: row.get(3)?,
        stamp,
        given,
        state: GiftState::Active,
        expires_at_ms: row.get(7)?,
    }))
}

//! The entries behind every balance: what was given, what was taken, and why.
//!
//! Owns the kinds and the rows; the balances themselves are moved by `wallet`, which writes an entry for each change.

use contract::Money;
use rusqlite::{Transaction, params};

use super::StoreError;

/// Why a balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// Given by hand, as by the seed.
    Grant,
    /// Earned by a closed order.
    Accrual,
    /// Given through the API.
    ApiAdd,
    /// Given by a campaign.
    Campaign,
    /// The written-off, given back for a refunded order.
    Refund,
    /// Paid for a closed order.
    WriteOff,
    /// Taken through the API.
    ApiWriteOff,
    /// The earned, taken back for a refunded order.
    AccrualCancelled,
}

impl EntryKind {
    /// Every kind.
    const ALL: [Self; 8] = [
        Self::Grant,
        Self::Accrual,
        Self::ApiAdd,
        Self::Campaign,
        Self::Refund,
        Self::WriteOff,
        Self::ApiWriteOff,
        Self::AccrualCancelled,
    ];

    /// The kind's name in the books.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Accrual => "accrual",
            Self::ApiAdd => "api_add",
            Self::Campaign => "campaign",
            Self::Refund => "refund",
            Self::WriteOff => "write_off",
            Self::ApiWriteOff => "api_write_off",
            Self::AccrualCancelled => "accrual_cancelled",
        }
    }

    /// The kind the books name.
    pub(super) fn of(text: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| StoreError::Corrupt(format!("bonus entry {text}")))
    }

    /// Whether the balance grows by it.
    pub(crate) const fn is_given(self) -> bool {
        match self {
            Self::Grant | Self::Accrual | Self::ApiAdd | Self::Campaign | Self::Refund => true,
            Self::WriteOff | Self::ApiWriteOff | Self::AccrualCancelled => false,
        }
    }
}

/// A change of what a guest owns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    pub(crate) guest_id: i64,
    pub(crate) kind: EntryKind,
    /// How much, in hundredths, never negative. A change of nothing leaves no entry.
    pub(crate) amount: Money,
    /// The order, where one caused it; needed for accruals, write-offs and what undoes them.
    pub(crate) order_id: Option<&'a str>,
    /// Where it was done; an order's own restaurant if left out.
    pub(crate) restaurant_id: Option<&'a str>,
    /// The campaign, where one caused it.
    pub(crate) campaign_id: Option<&'a str>,
    pub(crate) comment: Option<&'a str>,
    /// Milliseconds since 1970 UTC.
    pub(crate) at_ms: i64,
}

impl<'a> Change<'a> {
    /// A change an order causes.
    pub(crate) const fn of_order(
        guest_id: i64,
        kind: EntryKind,
        order_id: &'a str,
        amount: Money,
        at_ms: i64,
    ) -> Self {
        Self { order_id: Some(order_id), ..Self::without_order(guest_id, kind, amount, at_ms) }
    }

    /// A change that no order causes.
    pub(crate) const fn without_order(guest_id: i64, kind: EntryKind, amount: Money, at_ms: i64) -> Self {
        Self {
            guest_id,
            kind,
            amount,
            order_id: None,
            restaurant_id: None,
            campaign_id: None,
            comment: None,
            at_ms,
        }
    }
}

/// Writes the change down.
pub(super) fn add(tx: &Transaction<'_>, change: &Change<'_>) -> Result<(), StoreError> {
    if change.amount.is_positive() {
        tx.prepare_cached(
            "INSERT INTO bonus_entry (guest_id, order_id, restaurant_id, campaign_id, kind, amount_minor, comment,
                 at_ms)
             VALUES (?1, ?2, COALESCE(?3, (SELECT restaurant_id FROM loyalty_order WHERE id = ?2)), ?4, ?5, ?6, ?7,
                 ?8)",
        )?
        .execute(params![
            change.guest_id,
            change.order_id,
            change.restaurant_id,
            change.campaign_id,
            change.kind.as_str(),
            change.amount.minor(),
            change.comment,
            change.at_ms,
        ])?;
    }
    Ok(())
}

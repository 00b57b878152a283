//! Moving bonuses: give, take, freeze, return, write off, accrue.
//!
//! A negative balance or frozen sum is refused by the schema's own checks, so no caller's mistake can
//! leave one behind.

use contract::Money;
use rusqlite::{Transaction, params};

use super::bonus_entries::{self, Change, EntryKind};
use super::{StoreError, ledger};
use crate::ledger::{Entry, Kind};

/// Gives the guest bonuses by hand.
pub(crate) fn grant(
    tx: &Transaction<'_>,
    guest_id: i64,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    add(tx, guest_id, amount)?;
    record(tx, guest_id, Kind::Granted, Money::ZERO, amount, now_ms)?;
    bonus_entries::add(tx, &Change::without_order(guest_id, EntryKind::Grant, amount, now_ms))
}

/// What an API client says of a change of a balance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiChange<'a> {
    /// How much, in hundredths.
    pub(crate) amount: Money,
    /// The restaurant the client named.
    pub(crate) restaurant_id: &'a str,
    /// What the guest's history shows.
    pub(crate) comment: &'a str,
    /// Milliseconds since 1970 UTC.
    pub(crate) at_ms: i64,
}

impl<'a> ApiChange<'a> {
    const fn of(&self, guest_id: i64, kind: EntryKind) -> Change<'a> {
        Change {
            restaurant_id: Some(self.restaurant_id),
            comment: Some(self.comment),
            ..Change::without_order(guest_id, kind, self.amount, self.at_ms)
        }
    }
}

/// Gives the guest bonuses as an API client asks.
pub(crate) fn give(tx: &Transaction<'_>, guest_id: i64, change: &ApiChange<'_>) -> Result<(), StoreError> {
    add(tx, guest_id, change.amount)?;
    record(tx, guest_id, Kind::BonusAdded, Money::ZERO, change.amount, change.at_ms)?;
    bonus_entries::add(tx, &change.of(guest_id, EntryKind::ApiAdd))
}

/// Takes bonuses off the balance as an API client asks. What is frozen is not in the balance.
pub(crate) fn take(tx: &Transaction<'_>, guest_id: i64, change: &ApiChange<'_>) -> Result<(), StoreError> {
    add(tx, guest_id, Money::from_minor(-change.amount.minor()))?;
    record(tx, guest_id, Kind::BonusWrittenOff, change.amount, Money::ZERO, change.at_ms)?;
    bonus_entries::add(tx, &change.of(guest_id, EntryKind::ApiWriteOff))
}

fn record(
    tx: &Transaction<'_>,
    guest_id: i64,
    kind: Kind,
    payment: Money,
    accrual: Money,
    at_ms: i64,
) -> Result<(), StoreError> {
    let entry = Entry {
        at_ms,
        kind,
        order_id: None,
        payment,
        accrual,
        shortfall: Money::ZERO,
        discount: Money::ZERO,
    };
    ledger::add(tx, &entry, Some(guest_id))
}

/// Sets bonuses of the balance aside for an order.
pub(crate) fn freeze(tx: &Transaction<'_>, guest_id: i64, amount: Money) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE guest SET balance_minor = balance_minor - ?2, frozen_minor = frozen_minor + ?2 WHERE id = ?1",
    )?
    .execute(params![guest_id, amount.minor()])?;
    Ok(())
}

/// Returns frozen bonuses to the balance.
pub(crate) fn give_back(tx: &Transaction<'_>, guest_id: i64, amount: Money) -> Result<(), StoreError> {
    freeze(tx, guest_id, Money::from_minor(-amount.minor()))
}

/// Writes frozen bonuses off for a closed order.
pub(crate) fn write_off(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE guest SET frozen_minor = frozen_minor - ?2 WHERE id = ?1")?
        .execute(params![guest_id, amount.minor()])?;
    bonus_entries::add(tx, &Change::of_order(guest_id, EntryKind::WriteOff, order_id, amount, now_ms))
}

/// Adds what a closed order brings.
pub(crate) fn accrue(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    add(tx, guest_id, amount)?;
    bonus_entries::add(tx, &Change::of_order(guest_id, EntryKind::Accrual, order_id, amount, now_ms))
}

fn add(tx: &Transaction<'_>, guest_id: i64, amount: Money) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE guest SET balance_minor = balance_minor + ?2 WHERE id = ?1")?
        .execute(params![guest_id, amount.minor()])?;
    Ok(())
}

/// Gives back what a refunded order had written off.
pub(crate) fn refund(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    add(tx, guest_id, amount)?;
    bonus_entries::add(tx, &Change::of_order(guest_id, EntryKind::Refund, order_id, amount, now_ms))
}

/// Takes back what a refunded order had brought; the balance must cover it.
pub(crate) fn cancel_accrual(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    add(tx, guest_id, Money::from_minor(-amount.minor()))?;
    bonus_entries::add(tx, &Change::of_order(guest_id, EntryKind::AccrualCancelled, order_id, amount, now_ms))
}

/// What a campaign does to a balance. The order behind it is not named: it may be another guest's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CampaignChange<'a> {
    pub(crate) campaign_id: &'a str,
    /// How much, in hundredths; nothing changes nothing.
    pub(crate) amount: Money,
    /// Where it was done; absent for what the network did.
    pub(crate) restaurant_id: Option<&'a str>,
    /// What the guest's history shows.
    pub(crate) comment: &'a str,
    /// Milliseconds since 1970 UTC.
    pub(crate) at_ms: i64,
}

impl<'a> CampaignChange<'a> {
    const fn of(&self, guest_id: i64, kind: EntryKind) -> Change<'a> {
        Change {
            campaign_id: Some(self.campaign_id),
            restaurant_id: self.restaurant_id,
            comment: Some(self.comment),
            ..Change::without_order(guest_id, kind, self.amount, self.at_ms)
        }
    }
}

/// Credits what a campaign gives.
pub(crate) fn give_by_campaign(
    tx: &Transaction<'_>,
    guest_id: i64,
    change: &CampaignChange<'_>,
) -> Result<(), StoreError> {
    add(tx, guest_id, change.amount)?;
    bonus_entries::add(tx, &change.of(guest_id, EntryKind::Campaign))
}

/// Takes back what a campaign gave; the balance must cover it.
pub(crate) fn take_back_for_campaign(
    tx: &Transaction<'_>,
    guest_id: i64,
    change: &CampaignChange<'_>,
) -> Result<(), StoreError> {
    add(tx, guest_id, Money::from_minor(-change.amount.minor()))?;
    bonus_entries::add(tx, &change.of(guest_id, EntryKind::AccrualCancelled))
}

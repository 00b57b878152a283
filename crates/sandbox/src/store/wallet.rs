//! Moving bonuses: grant, freeze, return, write off, accrue.
//!
//! A negative balance or frozen sum is refused by the schema's own checks, so no caller's mistake can
//! leave one behind.

use contract::Money;
use rusqlite::{Transaction, params};

use super::bonus_entries::{self, Change, EntryKind};
use super::{StoreError, ledger};
use crate::ledger::{Entry, Kind};

/// Gives the guest bonuses that no order brought.
pub(crate) fn grant(
    tx: &Transaction<'_>,
    guest_id: i64,
    amount: Money,
    now_ms: i64,
) -> Result<(), StoreError> {
    add(tx, guest_id, amount)?;
    let entry = Entry {
        at_ms: now_ms,
        kind: Kind::Granted,
        order_id: None,
        payment: Money::ZERO,
        accrual: amount,
        discount: Money::ZERO,
    };
    ledger::add(tx, &entry, Some(guest_id))?;
    let change = Change {
        guest_id,
        kind: EntryKind::Grant,
        amount,
        order_id: None,
        restaurant_id: None,
        campaign_id: None,
        comment: None,
        at_ms: now_ms,
    };
    bonus_entries::add(tx, &change)
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

//! Moving bonuses and privileges: grant, freeze, return, write off, accrue.
//!
//! A negative balance, frozen sum or number of uses is refused by the schema's own checks, so no caller's mistake can
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

/// Sets one use of a privilege aside for an order.
pub(crate) fn freeze_privilege(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
) -> Result<(), StoreError> {
    let changed = tx.execute(
        "UPDATE privilege SET free = free - 1, frozen = frozen + 1 WHERE guest_id = ?1 AND campaign_id = ?2",
        params![guest_id, campaign_id],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Corrupt(format!("guest {guest_id} has no privilege of campaign {campaign_id}")))
    }
}

/// Returns the uses of privileges that an order has frozen.
pub(crate) fn give_back_privileges(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
) -> Result<(), StoreError> {
    thaw_privileges(tx, guest_id, order_id, 1)
}

/// Uses the privileges up that an order has frozen.
pub(crate) fn use_privileges(tx: &Transaction<'_>, guest_id: i64, order_id: &str) -> Result<(), StoreError> {
    thaw_privileges(tx, guest_id, order_id, 0)
}

fn thaw_privileges(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
    returned_uses: u32,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE privilege SET frozen = frozen - 1, free = free + ?3
         WHERE guest_id = ?1 AND campaign_id IN
             (SELECT campaign_id FROM order_discount WHERE order_id = ?2 AND uses_privilege = 1)",
        params![guest_id, order_id, returned_uses],
    )?;
    Ok(())
}

//! The rows of the ledger.

use contract::Money;
use rusqlite::{Transaction, params};

use super::StoreError;
use crate::ledger::{Entry, Kind};

/// Adds an entry.
pub(crate) fn add(tx: &Transaction<'_>, entry: &Entry, guest_id: Option<i64>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO ledger (at_ms, kind, order_id, guest_id, payment_minor, accrual_minor, discount_minor,
             shortfall_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        entry.at_ms,
        entry.kind.as_str(),
        entry.order_id,
        guest_id,
        entry.payment.minor(),
        entry.accrual.minor(),
        entry.discount.minor(),
        entry.shortfall.minor(),
    ])?;
    Ok(())
}

/// All entries, oldest first.
pub(crate) fn all(tx: &Transaction<'_>) -> Result<Vec<Entry>, StoreError> {
    let mut statement = tx.prepare(
        "SELECT at_ms, kind, order_id, payment_minor, accrual_minor, discount_minor, shortfall_minor
         FROM ledger ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| StoreError::Corrupt(format!("operation {text}")))?;
        entries.push(Entry {
            at_ms: row.get(0)?,
            kind,
            order_id: row.get(2)?,
            payment: Money::from_minor(row.get(3)?),
            accrual: Money::from_minor(row.get(4)?),
            discount: Money::from_minor(row.get(5)?),
            shortfall: Money::from_minor(row.get(6)?),
        });
    }
    Ok(entries)
}

//! Bonuses held for a guest at a point of sale.
//!
//! Owns the rows and that they are among the guest's frozen bonuses: each comes and goes with its sum.

use contract::Money;
use rusqlite::{Params, Transaction, params};

use super::{StoreError, wallet};

/// Bonuses to be held.
pub(crate) struct NewHold<'a> {
    pub(crate) guest_id: i64,
    pub(crate) restaurant_id: &'a str,
    /// Above zero and at most the guest's balance.
    pub(crate) amount: Money,
    pub(crate) held_at_ms: i64,
    /// The first moment at which they are held no more.
    pub(crate) until_ms: i64,
}

/// Holds bonuses beside those that are held already.
pub(crate) fn add(tx: &Transaction<'_>, hold: &NewHold<'_>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO hold (guest_id, restaurant_id, amount_minor, held_at_ms, until_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        hold.guest_id,
        hold.restaurant_id,
        hold.amount.minor(),
        hold.held_at_ms,
        hold.until_ms,
    ])?;
    wallet::freeze(tx, hold.guest_id, hold.amount)
}

/// Gives back what has run out of the guest's holds, and says how much that was.
pub(crate) fn end_run_out(tx: &Transaction<'_>, guest_id: i64, now_ms: i64) -> Result<Money, StoreError> {
    let query = "DELETE FROM hold WHERE guest_id = ?1 AND until_ms <= ?2 RETURNING amount_minor";
    end(tx, guest_id, query, params![guest_id, now_ms])
}

/// Gives back all that is held for the guest at one restaurant, and says how much that was.
pub(crate) fn end_at(tx: &Transaction<'_>, guest_id: i64, restaurant_id: &str) -> Result<Money, StoreError> {
    let query = "DELETE FROM hold WHERE guest_id = ?1 AND restaurant_id = ?2 RETURNING amount_minor";
    end(tx, guest_id, query, params![guest_id, restaurant_id])
}

fn end(
    tx: &Transaction<'_>,
    guest_id: i64,
    query: &str,
    parameters: impl Params,
) -> Result<Money, StoreError> {
    let mut statement = tx.prepare_cached(query)?;
    let mut rows = statement.query(parameters)?;
    let mut sum_minor = 0;
    while let Some(row) = rows.next()? {
        sum_minor += row.get::<_, i64>(0)?;
    }
    let sum = Money::from_minor(sum_minor);
    if sum.is_positive() {
        wallet::give_back(tx, guest_id, sum)?;
    }
    Ok(sum)
}

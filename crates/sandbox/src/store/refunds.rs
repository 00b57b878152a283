//! Refunds of closed orders, each under the id its caller gave it.

use contract::{Money, Quantity};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// A refund. Amounts are of the refund as a whole.
#[derive(Clone, Debug)]
pub(crate) struct RefundRow<'a> {
    pub(crate) network_id: i64,
    pub(crate) id: &'a str,
    pub(crate) order_id: &'a str,
    /// What was asked, as canonical text.
    pub(crate) contents: &'a str,
    /// When the till gave it back.
    pub(crate) refunded_at_ms: i64,
    /// Money given back by the restaurant.
    pub(crate) money: Money,
    /// Bonuses given back.
    pub(crate) payment: Money,
    /// The accrual that is cancelled.
    pub(crate) accrual: Money,
    /// What of it the guest had spent already.
    pub(crate) shortfall: Money,
}

/// What a refund returns of the line at `position` of its order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefundLineRow {
    pub(crate) position: usize,
    pub(crate) quantity: Quantity,
    pub(crate) money: Money,
    pub(crate) payment: Money,
}

/// What was asked under this id in this network.
pub(crate) fn contents(
    tx: &Transaction<'_>,
    network_id: i64,
    refund_id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT contents FROM refund WHERE network_id = ?1 AND id = ?2")?
        .query_row(params![network_id, refund_id], |row| row.get(0))
        .optional()?)
}

/// What has been returned of each line of an order, by position; lines of which nothing has are left out.
pub(crate) fn quantities(tx: &Transaction<'_>, order_id: &str) -> Result<Vec<(usize, Quantity)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT position, SUM(quantity_milli) FROM refund_line WHERE order_id = ?1 GROUP BY position",
    )?;
    let rows = statement.query_map([order_id], |row| Ok((row.get(0)?, Quantity::from_milli(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a refund. Its id must be new.
pub(crate) fn add(
    tx: &Transaction<'_>,
    refund: &RefundRow<'_>,
    lines: &[RefundLineRow],
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO refund (network_id, id, order_id, contents, refunded_at_ms, money_minor, payment_minor,
             accrual_minor, shortfall_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        refund.network_id,
        refund.id,
        refund.order_id,
        refund.contents,
        refund.refunded_at_ms,
        refund.money.minor(),
        refund.payment.minor(),
        refund.accrual.minor(),
        refund.shortfall.minor(),
    ])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO refund_line (network_id, refund_id, order_id, position, quantity_milli, money_minor,
             payment_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for line in lines {
        insert.execute(params![
            refund.network_id,
            refund.id,
            refund.order_id,
            line.position,
            line.quantity.milli(),
            line.money.minor(),
            line.payment.minor(),
        ])?;
    }
    Ok(())
}

//! The rows of an order's lines.

use contract::{Money, Quantity};
use rusqlite::{Transaction, params};

use super::LineRow;
use crate::store::StoreError;

/// An order's lines, in their order.
pub(crate) fn lines(tx: &Transaction<'_>, order_id: &str) -> Result<Vec<LineRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT code, name, menu_group, quantity_milli, price_minor, cost_minor, total_minor, payment_minor,
             accrues
         FROM order_line WHERE order_id = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([order_id], |row| {
        let money = |index| row.get(index).map(Money::from_minor);
        Ok(LineRow {
            code: row.get(0)?,
            name: row.get(1)?,
            group: row.get(2)?,
            quantity: Quantity::from_milli(row.get(3)?),
            price: money(4)?,
            cost: money(5)?,
            total: money(6)?,
            payment: money(7)?,
            accrues: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes an order's lines, replacing what was there.
pub(super) fn replace(tx: &Transaction<'_>, order_id: &str, lines: &[LineRow]) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM order_line WHERE order_id = ?1")?.execute([order_id])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO order_line (order_id, position, code, name, menu_group, quantity_milli, price_minor,
             cost_minor, total_minor, payment_minor, accrues)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (position, line) in lines.iter().enumerate() {
        insert.execute(params![
            order_id,
            position,
            line.code,
            line.name,
            line.group,
            line.quantity.milli(),
            line.price.minor(),
            line.cost.minor(),
            line.total.minor(),
            line.payment.minor(),
            line.accrues,
        ])?;
    }
    Ok(())
}

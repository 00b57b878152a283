//! Promo codes that are good once, and the orders that have taken them.

use rusqlite::{Transaction, params};

use super::StoreError;

/// Whether an order of the network has taken this code, which is written as `loyalty` compares it.
pub(crate) fn is_taken(tx: &Transaction<'_>, network_id: i64, code: &str) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM promo_code_use WHERE network_id = ?1 AND code = ?2")?
        .exists(params![network_id, code])?)
}

/// Takes a code that is not taken for an order.
pub(crate) fn take(
    tx: &Transaction<'_>,
    network_id: i64,
    code: &str,
    order_id: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO promo_code_use (network_id, code, order_id) VALUES (?1, ?2, ?3)")?
        .execute(params![network_id, code, order_id])?;
    Ok(())
}

/// Sets the codes free that an order has taken.
pub(crate) fn release(tx: &Transaction<'_>, order_id: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM promo_code_use WHERE order_id = ?1")?.execute([order_id])?;
    Ok(())
}

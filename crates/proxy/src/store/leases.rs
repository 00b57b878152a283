//! The table `order_leases`: who is at work on an order, and until when that is believed of one who says no more.

use uuid::Uuid;

use super::StoreError;
use super::sql::{Tx, values};

/// Takes an order that nobody is at work on at `now_ms`; says whether it was free.
pub(crate) fn take(
    tx: &mut dyn Tx,
    order_id: Uuid,
    holder: Uuid,
    until_ms: i64,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let taken = tx.execute(
        "INSERT INTO order_leases (order_id, holder, until_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (order_id) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
         WHERE order_leases.until_ms <= ?4",
        values![order_id.to_string(), holder.to_string(), until_ms, now_ms],
    )?;
    Ok(taken > 0)
}

/// Keeps an order for longer; says whether nobody else has taken it since.
pub(crate) fn extend(
    tx: &mut dyn Tx,
    order_id: Uuid,
    holder: Uuid,
    until_ms: i64,
) -> Result<bool, StoreError> {
    let kept = tx.execute(
        "UPDATE order_leases SET until_ms = ?3 WHERE order_id = ?1 AND holder = ?2",
        values![order_id.to_string(), holder.to_string(), until_ms],
    )?;
    Ok(kept > 0)
}

/// Lets an order go, if it is still the holder's.
pub(crate) fn release(tx: &mut dyn Tx, order_id: Uuid, holder: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM order_leases WHERE order_id = ?1 AND holder = ?2",
        values![order_id.to_string(), holder.to_string()],
    )?;
    Ok(())
}

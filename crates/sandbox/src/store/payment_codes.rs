//! Payment codes that are alive: each is one guest's, and a guest has one at most.

use rusqlite::{Transaction, params};

use super::StoreError;

/// Forgets the codes that have expired, and the guest's own, which the next one replaces.
pub(crate) fn make_room(tx: &Transaction<'_>, guest_id: i64, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM payment_code WHERE expires_at_ms <= ?1 OR guest_id = ?2",
        params![now_ms, guest_id],
    )?;
    Ok(())
}

/// Adds a code, or says by `false` that it is alive already.
pub(crate) fn add(
    tx: &Transaction<'_>,
    code: u32,
    guest_id: i64,
    expires_at_ms: i64,
) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO payment_code (code, guest_id, expires_at_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![code, guest_id, expires_at_ms],
    )?;
    Ok(added == 1)
}

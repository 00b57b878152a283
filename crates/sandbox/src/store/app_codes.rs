//! The codes that guests show in the loyalty system's app, by which a till finds them.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// Forgets the codes that have run out, and the guest's own that would, which the next one replaces.
pub(crate) fn make_room(tx: &Transaction<'_>, guest_id: i64, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM app_code WHERE expires_at_ms <= ?1", [now_ms])?;
    tx.execute("DELETE FROM app_code WHERE guest_id = ?1 AND expires_at_ms IS NOT NULL", [guest_id])?;
    Ok(())
}

/// Adds a code, good for ever where nothing is said of its end, or says by `false` that it is alive already.
pub(crate) fn add(
    tx: &Transaction<'_>,
    network_id: i64,
    code: &str,
    guest_id: i64,
    expires_at_ms: Option<i64>,
) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO app_code (network_id, code, guest_id, expires_at_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
        params![network_id, code, guest_id, expires_at_ms],
    )?;
    Ok(added == 1)
}

/// The guest who shows this code now.
pub(crate) fn guest_id(
    tx: &Transaction<'_>,
    network_id: i64,
    code: &str,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT guest_id FROM app_code
             WHERE network_id = ?1 AND code = ?2 AND (expires_at_ms IS NULL OR expires_at_ms > ?3)",
        )?
        .query_row(params![network_id, code, now_ms], |row| row.get(0))
        .optional()?)
}

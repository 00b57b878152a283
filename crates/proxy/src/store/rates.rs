//! The table `rates`: how often something was done, slot of time by slot of time.

use rusqlite::{Transaction, params};

use super::StoreError;

/// How often within a slot of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// When the slot no longer counts.
    pub(crate) until_ms: i64,
    /// How often.
    pub(crate) count: u32,
}

/// The slots that still count, the oldest first.
pub(crate) fn slots(
    tx: &Transaction<'_>,
    rate: &str,
    key: &str,
    now_ms: i64,
) -> Result<Vec<Slot>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT until_ms, count FROM rates WHERE rate = ?1 AND key = ?2 AND until_ms > ?3 ORDER BY until_ms",
    )?;
    let rows = statement.query_map(params![rate, key, now_ms], |row| {
        Ok(Slot { until_ms: row.get(0)?, count: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counts once more in a slot.
pub(crate) fn add(tx: &Transaction<'_>, rate: &str, key: &str, until_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO rates (rate, key, until_ms, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (rate, key, until_ms) DO UPDATE SET count = count + 1",
        params![rate, key, until_ms],
    )?;
    Ok(())
}

/// Takes one count of a slot back.
pub(crate) fn take_back(
    tx: &Transaction<'_>,
    rate: &str,
    key: &str,
    until_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE rates SET count = count - 1 WHERE rate = ?1 AND key = ?2 AND until_ms = ?3 AND count > 0",
        params![rate, key, until_ms],
    )?;
    Ok(())
}

/// Removes the slots that no longer count.
pub(crate) fn remove_old(tx: &Transaction<'_>, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM rates WHERE until_ms <= ?1", [now_ms])?;
    Ok(())
}

//! The table `key_tries`: how many keys that nobody has were tried at a restaurant, window by window.

use rusqlite::{Transaction, params};

use super::StoreError;

/// Counts one try in a window, unless there are `most` already; says whether it was counted.
pub(crate) fn take(
    tx: &Transaction<'_>,
    restaurant: &str,
    window_ms: i64,
    most: u32,
) -> Result<bool, StoreError> {
    tx.execute("DELETE FROM key_tries WHERE window_ms < ?1", [window_ms])?;
    let counted = tx.execute(
        "INSERT INTO key_tries (restaurant, window_ms, count) VALUES (?1, ?2, 1)
         ON CONFLICT (restaurant, window_ms) DO UPDATE SET count = count + 1 WHERE count < ?3",
        params![restaurant, window_ms, most],
    )?;
    Ok(counted > 0)
}

/// Takes one try of a window back.
pub(crate) fn give_back(tx: &Transaction<'_>, restaurant: &str, window_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE key_tries SET count = count - 1 WHERE restaurant = ?1 AND window_ms = ?2 AND count > 0",
        params![restaurant, window_ms],
    )?;
    Ok(())
}

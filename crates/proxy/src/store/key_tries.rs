//! The table `key_tries`: how many keys that nobody has were tried at a restaurant, window by window.

use super::StoreError;
use super::sql::{Tx, values};

/// Counts one try in a window, unless there are `most` already; says whether it was counted.
pub(crate) fn take(tx: &mut dyn Tx, restaurant: &str, window_ms: i64, most: u32) -> Result<bool, StoreError> {
    let counted = tx.execute(
        "INSERT INTO key_tries (restaurant, window_ms, count) VALUES (?1, ?2, 1)
         ON CONFLICT (restaurant, window_ms)
         DO UPDATE SET count = key_tries.count + 1 WHERE key_tries.count < ?3",
        values![restaurant, window_ms, most],
    )?;
    Ok(counted > 0)
}

/// Takes one try of a window back.
pub(crate) fn give_back(tx: &mut dyn Tx, restaurant: &str, window_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE key_tries SET count = count - 1 WHERE restaurant = ?1 AND window_ms = ?2 AND count > 0",
        values![restaurant, window_ms],
    )?;
    Ok(())
}

//! What the sandbox keeps about itself, by name.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// The seed's name.
const SEED: &str = "seed";
/// Milliseconds by which the sandbox's clock is ahead of the machine's.
const CLOCK_SHIFT_MS: &str = "clock_shift_ms";

/// The name of the seed the books began with; `None` in books of a version that did not write it down.
pub(crate) fn seed(tx: &Transaction<'_>) -> Result<Option<String>, StoreError> {
    get(tx, SEED)
}

/// Writes down which seed the books began with.
pub(crate) fn set_seed(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    put(tx, SEED, name)
}

/// How far the clock is ahead of the machine's; 0 where it was never moved.
pub(crate) fn clock_shift_ms(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    match get(tx, CLOCK_SHIFT_MS)? {
        Some(text) => text.parse().map_err(|_| StoreError::Corrupt(format!("{CLOCK_SHIFT_MS} {text}"))),
        None => Ok(0),
    }
}

/// Keeps how far the clock is ahead of the machine's.
pub(crate) fn set_clock_shift_ms(tx: &Transaction<'_>, shift_ms: i64) -> Result<(), StoreError> {
    put(tx, CLOCK_SHIFT_MS, &shift_ms.to_string())
}

fn get(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

fn put(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![name, value])?;
    Ok(())
}

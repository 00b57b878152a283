//! The table `rates`: how often something was done, slot of time by slot of time.

use super::StoreError;
use super::sql::{Query, Tx, values};

/// How often within a slot of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// When the slot no longer counts.
    pub(crate) until_ms: i64,
    /// How often.
    pub(crate) count: u32,
}

/// The slots that still count, the oldest first.
pub(crate) fn slots(tx: &mut dyn Query, rate: &str, key: &str, now_ms: i64) -> Result<Vec<Slot>, StoreError> {
    let rows = tx.query(
        "SELECT until_ms, count FROM rates WHERE rate = ?1 AND key = ?2 AND until_ms > ?3 ORDER BY until_ms",
        values![rate, key, now_ms],
    )?;
    let read = rows
        .into_iter()
        .map(|mut row| Ok(Slot { until_ms: row.next("until_ms")?, count: row.next("count")? }));
    read.collect()
}

/// Counts once more in a slot.
pub(crate) fn add(tx: &mut dyn Tx, rate: &str, key: &str, until_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO rates (rate, key, until_ms, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (rate, key, until_ms) DO UPDATE SET count = rates.count + 1",
        values![rate, key, until_ms],
    )?;
    Ok(())
}

/// Takes one count of a slot back.
pub(crate) fn take_back(tx: &mut dyn Tx, rate: &str, key: &str, until_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE rates SET count = count - 1 WHERE rate = ?1 AND key = ?2 AND until_ms = ?3 AND count > 0",
        values![rate, key, until_ms],
    )?;
    Ok(())
}

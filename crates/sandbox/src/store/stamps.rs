//! The stamps a guest has got in each campaign, card after card.

use std::collections::HashMap;

use rusqlite::{Transaction, params};

use super::StoreError;

/// All stamps of a guest, by campaign.
pub(crate) fn of_guest(tx: &Transaction<'_>, guest_id: i64) -> Result<HashMap<String, u64>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT campaign_id, stamps FROM stamp_card WHERE guest_id = ?1")?;
    let rows = statement.query_map([guest_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds stamps, and returns how many there are then.
pub(crate) fn add(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
    stamps: u32,
) -> Result<u64, StoreError> {
    Ok(tx
        .prepare_cached(
            "INSERT INTO stamp_card (guest_id, campaign_id, stamps) VALUES (?1, ?2, ?3)
             ON CONFLICT (guest_id, campaign_id) DO UPDATE SET stamps = stamps + excluded.stamps
             RETURNING stamps",
        )?
        .query_row(params![guest_id, campaign_id, stamps], |row| row.get(0))?)
}

/// Takes stamps away again that were added, and returns how many are left.
pub(crate) fn take(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
    stamps: u32,
) -> Result<u64, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE stamp_card SET stamps = stamps - ?3 WHERE guest_id = ?1 AND campaign_id = ?2
             RETURNING stamps",
        )?
        .query_row(params![guest_id, campaign_id, stamps], |row| row.get(0))?)
}

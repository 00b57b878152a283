//! Loyalty cards: whose they are, and which tracks and numbers are taken in a network.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::StoreError;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardRow {
    pub(crate) guest_id: i64,
    /// What identifies the card; unique in its network.
    pub(crate) track: String,
    /// What the guest is shown; unique in its network.
    pub(crate) number: String,
    pub(crate) is_virtual: bool,
}

fn read(row: &Row<'_>) -> rusqlite::Result<CardRow> {
    Ok(CardRow { guest_id: row.get(0)?, track: row.get(1)?, number: row.get(2)?, is_virtual: row.get(3)? })
}

/// The guest's cards, oldest first.
pub(super) const OF_GUEST: &str =
    "SELECT guest_id, track, number, is_virtual FROM loyalty_card WHERE guest_id = ?1 ORDER BY id";

/// The guest's cards, oldest first.
pub(crate) fn of_guest(tx: &Transaction<'_>, guest_id: i64) -> Result<Vec<CardRow>, StoreError> {
    let mut statement = tx.prepare_cached(OF_GUEST)?;
    let rows = statement.query_map([guest_id], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) const VIRTUAL: &str =
    "SELECT guest_id, track, number, is_virtual FROM loyalty_card WHERE guest_id = ?1 AND is_virtual = 1";

/// The guest's virtual card; there is one at most.
pub(crate) fn virtual_of(tx: &Transaction<'_>, guest_id: i64) -> Result<Option<CardRow>, StoreError> {
    Ok(tx.prepare_cached(VIRTUAL)?.query_row([guest_id], read).optional()?)
}

/// Two look-ups rather than one with OR, for which SQLite may walk through all cards of the network.
pub(super) const TAKEN: &str = "
    SELECT guest_id, track, number, is_virtual FROM loyalty_card WHERE network_id = ?1 AND track = ?2
    UNION ALL
    SELECT guest_id, track, number, is_virtual FROM loyalty_card WHERE network_id = ?1 AND number = ?3
    LIMIT 1";

/// A card of the network with this track or, failing that, this number.
pub(crate) fn with_track_or_number(
    tx: &Transaction<'_>,
    network_id: i64,
    track: &str,
    number: &str,
) -> Result<Option<CardRow>, StoreError> {
    Ok(tx.prepare_cached(TAKEN)?.query_row(params![network_id, track, number], read).optional()?)
}

/// Adds a card. The schema refuses a taken track or number and a second virtual card.
pub(crate) fn add(
    tx: &Transaction<'_>,
    network_id: i64,
    card: &CardRow,
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO loyalty_card (network_id, guest_id, track, number, is_virtual, added_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![network_id, card.guest_id, card.track, card.number, card.is_virtual, now_ms])?;
    Ok(())
}

/// A number higher than that of every card added so far: where to begin the search for a free card number.
pub(crate) fn next_serial(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    Ok(tx
        .prepare_cached("SELECT COALESCE(MAX(id), 0) + 1 FROM loyalty_card")?
        .query_row([], |row| row.get(0))?)
}

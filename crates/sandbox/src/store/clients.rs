//! What the basic REST API calls guests by, and what only it tells of them.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// A guest as the basic REST API knows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientRow {
    /// 24 hexadecimal digits.
    pub(crate) id: String,
    pub(crate) photo_url: Option<String>,
}

/// Gives a guest an id there.
pub(crate) fn add(tx: &Transaction<'_>, guest_id: i64, client: &ClientRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO client (id, guest_id, photo_url) VALUES (?1, ?2, ?3)",
        params![client.id, guest_id, client.photo_url],
    )?;
    Ok(())
}

/// The guest of the network whom this id names.
pub(crate) fn guest_id(
    tx: &Transaction<'_>,
    network_id: i64,
    client_id: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT g.id FROM client AS c JOIN guest AS g ON g.id = c.guest_id
             WHERE c.id = ?1 AND g.network_id = ?2",
        )?
        .query_row(params![client_id, network_id], |row| row.get(0))
        .optional()?)
}

/// What the guest is there; `None` for a guest of a network of another system.
pub(crate) fn of_guest(tx: &Transaction<'_>, guest_id: i64) -> Result<Option<ClientRow>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT id, photo_url FROM client WHERE guest_id = ?1")?
        .query_row([guest_id], |row| Ok(ClientRow { id: row.get(0)?, photo_url: row.get(1)? }))
        .optional()?)
}

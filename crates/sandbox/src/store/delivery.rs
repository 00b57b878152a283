//! What only r_k Delivery keeps: its clients with their rights and tokens, its names for ranks, and its orders' numbers.
//!
//! What an order costs, freezes and brings is in the tables that every system shares.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

mod orders;

pub(crate) use orders::{DeliveryOrder, NewDeliveryOrder, add, count_reset, find, find_any, next_number};

/// Adds a client that sees these restaurants of its network.
pub(crate) fn add_client(
    tx: &Transaction<'_>,
    id: &str,
    secret: &str,
    network_id: i64,
    restaurant_ids: &[&str],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO delivery_client (id, secret, network_id) VALUES (?1, ?2, ?3)",
        params![id, secret, network_id],
    )?;
    for restaurant_id in restaurant_ids {
        tx.execute(
            "INSERT INTO delivery_client_restaurant (client_id, restaurant_id) VALUES (?1, ?2)",
            params![id, restaurant_id],
        )?;
    }
    Ok(())
}

/// Whether `secret` is the client's.
pub(crate) fn is_secret_of(tx: &Transaction<'_>, id: &str, secret: &str) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM delivery_client WHERE id = ?1 AND secret = ?2")?
        .exists(params![id, secret])?)
}

/// Adds a token, and forgets those that have expired.
pub(crate) fn add_token(
    tx: &Transaction<'_>,
    token: &str,
    client_id: &str,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StoreError> {
    tx.execute("DELETE FROM delivery_token WHERE expires_at_ms <= ?1", [now_ms])?;
    tx.execute(
        "INSERT INTO delivery_token (token, client_id, expires_at_ms) VALUES (?1, ?2, ?3)",
        params![token, client_id, expires_at_ms],
    )?;
    Ok(())
}

/// What a token gives access to.
pub(crate) struct Access {
    /// The client the token was given to; it decides which restaurants are seen.
    pub(crate) client_id: String,
    /// The client's network.
    pub(crate) network_id: i64,
}

/// What a token that has not expired gives access to.
pub(crate) fn of_token(tx: &Transaction<'_>, token: &str, now_ms: i64) -> Result<Option<Access>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT c.id, c.network_id FROM delivery_token AS t JOIN delivery_client AS c ON c.id = t.client_id
             WHERE t.token = ?1 AND t.expires_at_ms > ?2",
        )?
        .query_row(params![token, now_ms], |row| {
            Ok(Access { client_id: row.get(0)?, network_id: row.get(1)? })
        })
        .optional()?)
}

/// Whether the client may see the restaurant.
pub(crate) fn sees(tx: &Transaction<'_>, client_id: &str, restaurant_id: &str) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT 1 FROM delivery_client_restaurant WHERE client_id = ?1 AND restaurant_id = ?2",
        )?
        .exists(params![client_id, restaurant_id])?)
}

/// Names a rank otherwise than the programme does.
pub(crate) fn add_rank_name(
    tx: &Transaction<'_>,
    network_id: i64,
    rank_index: usize,
    name: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO delivery_rank_name (network_id, rank_index, name) VALUES (?1, ?2, ?3)",
        params![network_id, rank_index, name],
    )?;
    Ok(())
}

/// The name of a rank, where it is not as the programme has it.
pub(crate) fn rank_name(
    tx: &Transaction<'_>,
    network_id: i64,
    rank_index: usize,
) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT name FROM delivery_rank_name WHERE network_id = ?1 AND rank_index = ?2")?
        .query_row(params![network_id, rank_index], |row| row.get(0))
        .optional()?)
}

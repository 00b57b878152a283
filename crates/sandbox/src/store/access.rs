//! Who may ask, and about which restaurants: networks, API keys with their rights, and tokens.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// Adds a network whose guests share one wallet, and returns its id.
pub(crate) fn add_network(tx: &Transaction<'_>, name: &str, programme_json: &str) -> Result<i64, StoreError> {
    tx.execute("INSERT INTO network (name, programme) VALUES (?1, ?2)", params![name, programme_json])?;
    Ok(tx.last_insert_rowid())
}

/// Every network's id and programme.
pub(crate) fn programmes(tx: &Transaction<'_>) -> Result<Vec<(i64, String)>, StoreError> {
    let mut statement = tx.prepare("SELECT id, programme FROM network ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts another programme in the place of a network's.
pub(crate) fn set_programme(
    tx: &Transaction<'_>,
    network_id: i64,
    programme_json: &str,
) -> Result<(), StoreError> {
    tx.execute("UPDATE network SET programme = ?2 WHERE id = ?1", params![network_id, programme_json])?;
    Ok(())
}

/// Adds a restaurant to a network.
pub(crate) fn add_restaurant(
    tx: &Transaction<'_>,
    network_id: i64,
    rk_object_id: &str,
    id: &str,
    name: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO restaurant (rk_object_id, id, network_id, name) VALUES (?1, ?2, ?3, ?4)",
        params![rk_object_id, id, network_id, name],
    )?;
    Ok(())
}

/// The id of a restaurant the key may see.
pub(crate) fn restaurant_id(
    tx: &Transaction<'_>,
    api_key: &str,
    rk_object_id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT r.id FROM restaurant AS r JOIN api_key_restaurant AS a ON a.restaurant_id = r.id
             WHERE r.rk_object_id = ?1 AND a.api_key = ?2",
        )?
        .query_row(params![rk_object_id, api_key], |row| row.get(0))
        .optional()?)
}

/// Adds an API key of Plazius that sees these restaurants of its network.
pub(crate) fn add_api_key(
    tx: &Transaction<'_>,
    key: &str,
    password: &str,
    network_id: i64,
    restaurant_ids: &[&str],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO api_key (key, password, network_id) VALUES (?1, ?2, ?3)",
        params![key, password, network_id],
    )?;
    show_restaurants(tx, key, restaurant_ids)
}

/// Adds a key of the basic REST API, which has no password, that sees these restaurants of its network.
pub(crate) fn add_basic_rest_key(
    tx: &Transaction<'_>,
    key: &str,
    network_id: i64,
    restaurant_ids: &[&str],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO api_key (key, password, network_id, system) VALUES (?1, '', ?2, 'basic_rest')",
        params![key, network_id],
    )?;
    show_restaurants(tx, key, restaurant_ids)
}

fn show_restaurants(tx: &Transaction<'_>, key: &str, restaurant_ids: &[&str]) -> Result<(), StoreError> {
    for restaurant_id in restaurant_ids {
        tx.execute(
            "INSERT INTO api_key_restaurant (api_key, restaurant_id) VALUES (?1, ?2)",
            params![key, restaurant_id],
        )?;
    }
    Ok(())
}

/// The network of a key of the basic REST API.
pub(crate) fn network_of_basic_rest_key(tx: &Transaction<'_>, key: &str) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT network_id FROM api_key WHERE key = ?1 AND system = 'basic_rest'")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Whether `password` is the key's, which is Plazius' key.
pub(crate) fn is_password_of(tx: &Transaction<'_>, key: &str, password: &str) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM api_key WHERE key = ?1 AND password = ?2 AND system = 'plazius'")?
        .exists(params![key, password])?)
}

/// Adds a token, and forgets those that have expired.
pub(crate) fn add_token(
    tx: &Transaction<'_>,
    token: &str,
    key: &str,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StoreError> {
    tx.execute("DELETE FROM access_token WHERE expires_at_ms <= ?1", [now_ms])?;
    tx.execute(
        "INSERT INTO access_token (token, api_key, expires_at_ms) VALUES (?1, ?2, ?3)",
        params![token, key, expires_at_ms],
    )?;
    Ok(())
}

/// What a token gives access to.
pub(crate) struct Access {
    /// The key the token was given for; it decides which restaurants are seen.
    pub(crate) api_key: String,
    /// The key's network.
    pub(crate) network_id: i64,
}

/// What a token that has not expired gives access to.
pub(crate) fn of_token(tx: &Transaction<'_>, token: &str, now_ms: i64) -> Result<Option<Access>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT api_key.key, api_key.network_id
             FROM access_token JOIN api_key ON api_key.key = access_token.api_key
             WHERE access_token.token = ?1 AND access_token.expires_at_ms > ?2",
        )?
        .query_row(params![token, now_ms], |row| Ok(Access { api_key: row.get(0)?, network_id: row.get(1)? }))
        .optional()?)
}

/// The network of the restaurant with this `r_keeper` object id.
pub(crate) fn network_of_restaurant(
    tx: &Transaction<'_>,
    rk_object_id: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT network_id FROM restaurant WHERE rk_object_id = ?1")?
        .query_row([rk_object_id], |row| row.get(0))
        .optional()?)
}

//! The table `webhooks`: what restaurants' servers are still to be told, and what they could not be told. What was heard is
//! not kept.

use uuid::Uuid;

use super::StoreError;
use super::sql::{Query, Row, Tx, values};

/// Something a restaurant's server is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebhookRow {
    /// Names it; the same at every attempt.
    pub(crate) webhook_id: String,
    /// Whose server.
    pub(crate) restaurant: String,
    /// What has happened.
    pub(crate) event: String,
    /// The JSON, the same at every attempt.
    pub(crate) body: String,
    /// When it happened.
    pub(crate) made_at_ms: i64,
    /// How many attempts were begun; who begins one raises it, so that no two have the same.
    pub(crate) attempts: u32,
    /// How many attempts have failed in a row.
    pub(crate) failed: u32,
    /// When the next attempt is due; none after the last has failed.
    pub(crate) next_at_ms: Option<i64>,
    /// Why the newest attempt failed.
    pub(crate) failure: Option<String>,
}

/// Keeps what is to be told of an order.
pub(crate) fn insert(tx: &mut dyn Tx, row: &WebhookRow, order_id: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO webhooks (webhook_id, restaurant, event, body, made_at_ms, attempts, failed, next_at_ms,
             order_id)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?7)",
        values![
            &row.webhook_id,
            &row.restaurant,
            &row.event,
            &row.body,
            row.made_at_ms,
            row.next_at_ms,
            order_id.to_string(),
        ],
    )?;
    Ok(())
}

/// What is due at a time, the longest due first.
pub(crate) fn due(tx: &mut dyn Query, now_ms: i64, most: u32) -> Result<Vec<WebhookRow>, StoreError> {
    let rows = tx.query(
        "SELECT webhook_id, restaurant, event, body, made_at_ms, attempts, failed, next_at_ms, failure
         FROM webhooks WHERE next_at_ms <= ?1 ORDER BY next_at_ms, made_at_ms LIMIT ?2",
        values![now_ms, most],
    )?;
    rows.into_iter().map(read).collect()
}

/// Begins an attempt that nobody else has begun; until `until_ms` nobody else will. Says whether it was begun.
pub(crate) fn claim(
    tx: &mut dyn Tx,
    webhook_id: &str,
    attempts: u32,
    until_ms: i64,
) -> Result<bool, StoreError> {
    let claimed = tx.execute(
        "UPDATE webhooks SET attempts = attempts + 1, next_at_ms = ?3
         WHERE webhook_id = ?1 AND attempts = ?2 AND next_at_ms IS NOT NULL",
        values![webhook_id, attempts, until_ms],
    )?;
    Ok(claimed > 0)
}

/// Forgets what was heard.
pub(crate) fn remove(tx: &mut dyn Tx, webhook_id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM webhooks WHERE webhook_id = ?1", values![webhook_id])?;
    Ok(())
}

/// Notes that an attempt failed, and when the next is due, if any. Does nothing where another attempt was begun since.
pub(crate) fn fail(
    tx: &mut dyn Tx,
    webhook_id: &str,
    attempts: u32,
    next_at_ms: Option<i64>,
    failure: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE webhooks SET failed = failed + 1, next_at_ms = ?3, failure = ?4
         WHERE webhook_id = ?1 AND attempts = ?2",
        values![webhook_id, attempts, next_at_ms, failure],
    )?;
    Ok(())
}

/// What a restaurant's server could not be told, newest first.
pub(crate) fn dead(tx: &mut dyn Query, restaurant: &str, most: u32) -> Result<Vec<WebhookRow>, StoreError> {
    let rows = tx.query(
        "SELECT webhook_id, restaurant, event, body, made_at_ms, attempts, failed, next_at_ms, failure
         FROM webhooks WHERE restaurant = ?1 AND next_at_ms IS NULL ORDER BY made_at_ms DESC, webhook_id LIMIT ?2",
        values![restaurant, most],
    )?;
    rows.into_iter().map(read).collect()
}

/// What one restaurant's server has not heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Backlog {
    /// Whose server.
    pub(crate) restaurant: String,
    /// How much is still to be told.
    pub(crate) waiting: i64,
    /// How much was given up.
    pub(crate) dead: i64,
    /// When the oldest of what is still to be told happened.
    pub(crate) oldest_at_ms: Option<i64>,
}

/// What restaurants' servers have not heard; nothing of those that have heard all.
pub(crate) fn backlogs(tx: &mut dyn Query) -> Result<Vec<Backlog>, StoreError> {
    let rows = tx.query(
        "SELECT restaurant, COUNT(next_at_ms), COUNT(*), MIN(CASE WHEN next_at_ms IS NOT NULL THEN made_at_ms END)
         FROM webhooks GROUP BY restaurant ORDER BY restaurant",
        values![],
    )?;
    rows.into_iter()
        .map(|mut row| {
            let restaurant = row.next("restaurant")?;
            let waiting = row.next("waiting")?;
            let all: i64 = row.next("all")?;
            Ok(Backlog { restaurant, waiting, dead: all - waiting, oldest_at_ms: row.next("oldest")? })
        })
        .collect()
}

/// Lets what could not be told be told anew; says whether there was such a thing.
pub(crate) fn revive(
    tx: &mut dyn Tx,
    restaurant: &str,
    webhook_id: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let revived = tx.execute(
        "UPDATE webhooks SET failed = 0, next_at_ms = ?3
         WHERE restaurant = ?1 AND webhook_id = ?2 AND next_at_ms IS NULL",
        values![restaurant, webhook_id, now_ms],
    )?;
    Ok(revived > 0)
}

fn read(mut row: Row) -> Result<WebhookRow, StoreError> {
    Ok(WebhookRow {
        webhook_id: row.next("webhook_id")?,
        restaurant: row.next("restaurant")?,
        event: row.next("event")?,
        body: row.next("body")?,
        made_at_ms: row.next("made_at_ms")?,
        attempts: row.next("attempts")?,
        failed: row.next("failed")?,
        next_at_ms: row.next("next_at_ms")?,
        failure: row.next("failure")?,
    })
}

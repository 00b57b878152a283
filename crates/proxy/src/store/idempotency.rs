//! The table `idempotency`: which request a guest's key was used for, and what was answered.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{StoreError, guest_key};
use crate::orders::order::Owner;

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Never seen.
    New,
    /// Used for this request, which has not been answered.
    Unanswered,
    /// Used for this request, and answered.
    Answered(StoredAnswer),
    /// Used for another request.
    Mismatch,
}

/// An answer to be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredAnswer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The JSON.
    pub(crate) body: String,
}

/// Looks a key up.
pub(crate) fn find(
    tx: &Transaction<'_>,
    owner: &Owner,
    key: &str,
    request_hash: &[u8],
) -> Result<Known, StoreError> {
    let row = tx.query_row(
        "SELECT request_hash, status, body FROM idempotency WHERE restaurant = ?1 AND guest = ?2 AND key = ?3",
        [&owner.restaurant, guest_key::text(&owner.guest).as_str(), key],
        |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<u16>>(1)?, row.get::<_, Option<String>>(2)?)),
    );
    Ok(match row.optional()? {
        None => Known::New,
        Some((hash, ..)) if hash != request_hash => Known::Mismatch,
        Some((_, Some(status), Some(body))) => Known::Answered(StoredAnswer { status, body }),
        Some(_) => Known::Unanswered,
    })
}

/// Keeps a key before its request is carried out.
pub(crate) fn claim(
    tx: &Transaction<'_>,
    owner: &Owner,
    key: &str,
    request_hash: &[u8],
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO idempotency (restaurant, guest, key, request_hash, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![owner.restaurant, guest_key::text(&owner.guest), key, request_hash, now_ms],
    )?;
    Ok(())
}

/// Keeps the answer to a key's request.
pub(crate) fn answer(
    tx: &Transaction<'_>,
    owner: &Owner,
    key: &str,
    answer: &StoredAnswer,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE idempotency SET status = ?4, body = ?5 WHERE restaurant = ?1 AND guest = ?2 AND key = ?3",
        params![owner.restaurant, guest_key::text(&owner.guest), key, answer.status, answer.body],
    )?;
    Ok(())
}

/// Forgets keys from before `at_ms`.
pub(crate) fn remove_old(tx: &Transaction<'_>, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM idempotency WHERE at_ms <= ?1", [at_ms])?;
    Ok(())
}

//! The table `idempotency`: which request a guest's key was used for, and what was answered.

use super::sql::{Query, Tx, values};
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

/// Looks a key up; what was used at or before `oldest_ms` is forgotten.
pub(crate) fn find(
    tx: &mut dyn Query,
    owner: &Owner,
    key: &str,
    request_hash: &[u8],
    oldest_ms: i64,
) -> Result<Known, StoreError> {
    let row = tx.query_opt(
        "SELECT request_hash, status, body FROM idempotency
         WHERE restaurant = ?1 AND guest = ?2 AND key = ?3 AND at_ms > ?4",
        values![&owner.restaurant, guest_key::text(&owner.guest), key, oldest_ms],
    )?;
    let Some(mut row) = row else { return Ok(Known::New) };
    if row.next::<Vec<u8>>("request_hash")? != request_hash {
        return Ok(Known::Mismatch);
    }
    Ok(match (row.next("status")?, row.next("body")?) {
        (Some(status), Some(body)) => Known::Answered(StoredAnswer { status, body }),
        _ => Known::Unanswered,
    })
}

/// Keeps a key before its request is carried out, in the place of one that is forgotten or unanswered.
pub(crate) fn claim(
    tx: &mut dyn Tx,
    owner: &Owner,
    key: &str,
    request_hash: &[u8],
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO idempotency (restaurant, guest, key, request_hash, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (restaurant, guest, key) DO UPDATE SET request_hash = excluded.request_hash,
             status = NULL, body = NULL, at_ms = excluded.at_ms",
        values![&owner.restaurant, guest_key::text(&owner.guest), key, request_hash, now_ms],
    )?;
    Ok(())
}

/// Keeps the answer to a key's request.
pub(crate) fn answer(
    tx: &mut dyn Tx,
    owner: &Owner,
    key: &str,
    answer: &StoredAnswer,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE idempotency SET status = ?4, body = ?5 WHERE restaurant = ?1 AND guest = ?2 AND key = ?3",
        values![&owner.restaurant, guest_key::text(&owner.guest), key, answer.status, &answer.body],
    )?;
    Ok(())
}

//! The table `idempotency`: which request a key was used for, and what was answered.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::sql::{Query, Tx, values};
use super::{StoreError, guest_key};
use crate::orders::order::Owner;

/// Whom a restaurant's own server is, among those who have keys. No guest's key is written like it.
const MERCHANT: &str = "merchant";

/// A key and whose it is: keys of different owners have nothing to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestKey {
    restaurant: String,
    holder: String,
    key: String,
}

impl RequestKey {
    /// A guest's key.
    pub(crate) fn of_guest(owner: &Owner, key: String) -> Self {
        Self { restaurant: owner.restaurant.clone(), holder: guest_key::text(&owner.guest), key }
    }

    /// A key of the restaurant's own server.
    pub(crate) fn of_merchant(restaurant: &str, key: String) -> Self {
        Self { restaurant: restaurant.to_owned(), holder: MERCHANT.to_owned(), key }
    }

    /// The restaurant, whose it is there, and the key.
    pub(super) fn parts(&self) -> [&str; 3] {
        [&self.restaurant, &self.holder, &self.key]
    }

    /// What is leased while a request by this key is at work that has no order yet. No order is named so: their names are
    /// random, and of another version.
    pub(crate) fn lease_id(&self) -> Uuid {
        let mut hasher = Sha256::new();
        for part in self.parts() {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hasher.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// The key without its owner.
    pub(crate) fn as_str(&self) -> &str {
        &self.key
    }
}

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
    key: &RequestKey,
    request_hash: &[u8],
    oldest_ms: i64,
) -> Result<Known, StoreError> {
    let row = tx.query_opt(
        "SELECT request_hash, status, body FROM idempotency
         WHERE restaurant = ?1 AND guest = ?2 AND key = ?3 AND at_ms > ?4",
        values![&key.restaurant, &key.holder, &key.key, oldest_ms],
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
    key: &RequestKey,
    request_hash: &[u8],
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO idempotency (restaurant, guest, key, request_hash, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (restaurant, guest, key) DO UPDATE SET request_hash = excluded.request_hash,
             status = NULL, body = NULL, at_ms = excluded.at_ms",
        values![&key.restaurant, &key.holder, &key.key, request_hash, now_ms],
    )?;
    Ok(())
}

/// Keeps the answer to a key's request.
pub(crate) fn answer(tx: &mut dyn Tx, key: &RequestKey, answer: &StoredAnswer) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE idempotency SET status = ?4, body = ?5 WHERE restaurant = ?1 AND guest = ?2 AND key = ?3",
        values![&key.restaurant, &key.holder, &key.key, answer.status, &answer.body],
    )?;
    Ok(())
}

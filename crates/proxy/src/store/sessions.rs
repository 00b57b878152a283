//! The table `sessions`: who is logged in. Only hashes of tokens are kept.

use contract::login::Embedding;
use rusqlite::{OptionalExtension, Transaction, params};
use upstream::program::GuestKey;

use super::{StoreError, guest_key};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionRow {
    /// The hash of the token.
    pub(crate) token_hash: Vec<u8>,
    /// The restaurant the guest logged in at.
    pub(crate) restaurant: String,
    /// The guest's key.
    pub(crate) guest: GuestKey,
    /// Whether the guest is known to be a member of the loyalty programme.
    pub(crate) is_member: bool,
    /// How the page shows the widget.
    pub(crate) embedding: Embedding,
    /// When the guest logged in.
    pub(crate) opened_at_ms: i64,
    /// When the session was last used, to the minute.
    pub(crate) used_at_ms: i64,
}

/// Keeps a new session.
pub(crate) fn insert(tx: &Transaction<'_>, row: &SessionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sessions (token_hash, restaurant, guest, is_member, embedding, opened_at_ms, used_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            row.token_hash,
            row.restaurant,
            guest_key::text(&row.guest),
            row.is_member,
            row.embedding.as_str(),
            row.opened_at_ms,
            row.used_at_ms
        ],
    )?;
    Ok(())
}

/// The session of this token.
pub(crate) fn find(tx: &Transaction<'_>, token_hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
    let row = tx.query_row(
        "SELECT token_hash, restaurant, guest, is_member, embedding, opened_at_ms, used_at_ms
         FROM sessions WHERE token_hash = ?1",
        [token_hash],
        |row| {
            let guest = guest_key::read(&row.get::<_, String>(2)?);
            let (token_hash, restaurant, is_member) = (row.get(0)?, row.get(1)?, row.get(3)?);
            let embedding = read_embedding(&row.get::<_, String>(4)?);
            let (opened_at_ms, used_at_ms) = (row.get(5)?, row.get(6)?);
            Ok(guest.and_then(|guest| {
                Ok(SessionRow {
                    token_hash,
                    restaurant,
                    guest,
                    is_member,
                    embedding: embedding?,
                    opened_at_ms,
                    used_at_ms,
                })
            }))
        },
    );
    row.optional()?.transpose()
}

/// Notes that the session was used.
pub(crate) fn touch(tx: &Transaction<'_>, token_hash: &[u8], now_ms: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET used_at_ms = ?2 WHERE token_hash = ?1", params![token_hash, now_ms])?;
    Ok(())
}

/// Notes that the session's guest is a member.
pub(crate) fn set_member(tx: &Transaction<'_>, token_hash: &[u8]) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET is_member = 1 WHERE token_hash = ?1", [token_hash])?;
    Ok(())
}

/// Ends a session.
pub(crate) fn remove(tx: &Transaction<'_>, token_hash: &[u8]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE token_hash = ?1", [token_hash])?;
    Ok(())
}

/// Ends the sessions of an embedding that were opened before `opened_ms` or are unused since `used_ms`.
pub(crate) fn remove_old(
    tx: &Transaction<'_>,
    embedding: Embedding,
    opened_ms: i64,
    used_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE embedding = ?1 AND (opened_at_ms <= ?2 OR used_at_ms <= ?3)",
        params![embedding.as_str(), opened_ms, used_ms],
    )?;
    Ok(())
}

fn read_embedding(text: &str) -> Result<Embedding, StoreError> {
    let known = Embedding::ALL.iter().find(|embedding| embedding.as_str() == text);
    known.copied().ok_or(StoreError::Unreadable("embedding"))
}

//! The tables `sessions` and `session_ends`: who is logged in, and who was until a moment ago. Only hashes of tokens are kept.

use contract::login::Embedding;
use upstream::program::GuestKey;

use super::sql::{Query, Tx, values};
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

/// The hash of the token of a session that was ended.
pub(crate) type Ended = [u8; 32];

/// Keeps a new session.
pub(crate) fn insert(tx: &mut dyn Tx, row: &SessionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sessions (token_hash, restaurant, guest, is_member, embedding, opened_at_ms, used_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        values![
            row.token_hash.as_slice(),
            &row.restaurant,
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
pub(crate) fn find(tx: &mut dyn Query, token_hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, guest, is_member, embedding, opened_at_ms, used_at_ms
         FROM sessions WHERE token_hash = ?1",
        values![token_hash],
    )?;
    let read = row.map(|mut row| {
        Ok(SessionRow {
            token_hash: token_hash.to_vec(),
            restaurant: row.next("restaurant")?,
            guest: guest_key::read(&row.next::<String>("guest")?)?,
            is_member: row.next("is_member")?,
            embedding: read_embedding(&row.next::<String>("embedding")?)?,
            opened_at_ms: row.next("opened_at_ms")?,
            used_at_ms: row.next("used_at_ms")?,
        })
    });
    read.transpose()
}

/// Notes that the session was used.
pub(crate) fn touch(tx: &mut dyn Tx, token_hash: &[u8], now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE sessions SET used_at_ms = ?2 WHERE token_hash = ?1 AND used_at_ms < ?2",
        values![token_hash, now_ms],
    )?;
    Ok(())
}

/// Notes that the session's guest is a member.
pub(crate) fn set_member(tx: &mut dyn Tx, token_hash: &[u8]) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET is_member = 1 WHERE token_hash = ?1", values![token_hash])?;
    Ok(())
}

/// Ends a session, and tells those that remember it.
pub(crate) fn end(tx: &mut dyn Tx, token_hash: &[u8], now_ms: i64) -> Result<(), StoreError> {
    if tx.execute("DELETE FROM sessions WHERE token_hash = ?1", values![token_hash])? > 0 {
        tx.execute(
            "INSERT INTO session_ends (token_hash, at_ms) VALUES (?1, ?2) ON CONFLICT (token_hash) DO NOTHING",
            values![token_hash, now_ms],
        )?;
    }
    Ok(())
}

/// The sessions that were ended after a time.
pub(crate) fn ended_since(tx: &mut dyn Query, since_ms: i64) -> Result<Vec<Ended>, StoreError> {
    let rows = tx.query("SELECT token_hash FROM session_ends WHERE at_ms > ?1", values![since_ms])?;
    rows.into_iter()
        .map(|mut row| {
            let hash: Vec<u8> = row.next("token_hash")?;
            hash.try_into().map_err(|_| StoreError::Unreadable("token_hash"))
        })
        .collect()
}

fn read_embedding(text: &str) -> Result<Embedding, StoreError> {
    let known = Embedding::ALL.iter().find(|embedding| embedding.as_str() == text);
    known.copied().ok_or(StoreError::Unreadable("embedding"))
}

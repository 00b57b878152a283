//! The tables `challenges` and `sendings`: login codes under way, and how often a phone was sent one.

use rusqlite::{OptionalExtension, Transaction, params};

use super::StoreError;

/// A login code that was sent. Only its keyed hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChallengeRow {
    /// Names the challenge.
    pub(crate) challenge_id: String,
    /// The restaurant the guest is logging in at.
    pub(crate) restaurant: String,
    /// The phone in E.164.
    pub(crate) phone: String,
    /// The keyed hash of challenge and code.
    pub(crate) code_mac: Vec<u8>,
    /// When the code is no longer good.
    pub(crate) expires_at_ms: i64,
    /// How many more codes may be tried.
    pub(crate) tries_left: u32,
}

/// How often a phone was sent a code since it last logged in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sendings {
    /// How many codes.
    pub(crate) count: u32,
    /// When the last one.
    pub(crate) last_at_ms: i64,
}

/// Keeps a challenge in the place of the phone's former one.
pub(crate) fn replace(tx: &Transaction<'_>, row: &ChallengeRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO challenges (challenge_id, restaurant, phone, code_mac, expires_at_ms, tries_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            row.challenge_id,
            row.restaurant,
            row.phone,
            row.code_mac,
            row.expires_at_ms,
            row.tries_left
        ],
    )?;
    Ok(())
}

/// The challenge of this name.
pub(crate) fn find(tx: &Transaction<'_>, challenge_id: &str) -> Result<Option<ChallengeRow>, StoreError> {
    let row = tx.query_row(
        "SELECT challenge_id, restaurant, phone, code_mac, expires_at_ms, tries_left
         FROM challenges WHERE challenge_id = ?1",
        [challenge_id],
        |row| {
            Ok(ChallengeRow {
                challenge_id: row.get(0)?,
                restaurant: row.get(1)?,
                phone: row.get(2)?,
                code_mac: row.get(3)?,
                expires_at_ms: row.get(4)?,
                tries_left: row.get(5)?,
            })
        },
    );
    Ok(row.optional()?)
}

/// Leaves a challenge so many tries.
pub(crate) fn set_tries(tx: &Transaction<'_>, challenge_id: &str, tries_left: u32) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE challenges SET tries_left = ?2 WHERE challenge_id = ?1",
        params![challenge_id, tries_left],
    )?;
    Ok(())
}

/// Removes a challenge.
pub(crate) fn remove(tx: &Transaction<'_>, challenge_id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM challenges WHERE challenge_id = ?1", [challenge_id])?;
    Ok(())
}

/// Removes what expired before `now_ms`.
pub(crate) fn remove_expired(tx: &Transaction<'_>, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM challenges WHERE expires_at_ms <= ?1", [now_ms])?;
    Ok(())
}

/// How often the phone was sent a code; nothing where it never was.
pub(crate) fn sendings(tx: &Transaction<'_>, restaurant: &str, phone: &str) -> Result<Sendings, StoreError> {
    let row = tx.query_row(
        "SELECT count, last_at_ms FROM sendings WHERE restaurant = ?1 AND phone = ?2",
        [restaurant, phone],
        |row| Ok(Sendings { count: row.get(0)?, last_at_ms: row.get(1)? }),
    );
    Ok(row.optional()?.unwrap_or_default())
}

/// Keeps how often the phone was sent a code.
pub(crate) fn set_sendings(
    tx: &Transaction<'_>,
    restaurant: &str,
    phone: &str,
    sendings: Sendings,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO sendings (restaurant, phone, count, last_at_ms) VALUES (?1, ?2, ?3, ?4)",
        params![restaurant, phone, sendings.count, sendings.last_at_ms],
    )?;
    Ok(())
}

/// Forgets how often the phone was sent a code.
pub(crate) fn forget_sendings(tx: &Transaction<'_>, restaurant: &str, phone: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sendings WHERE restaurant = ?1 AND phone = ?2", [restaurant, phone])?;
    Ok(())
}

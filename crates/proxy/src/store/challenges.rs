//! The tables `challenges` and `sendings`: login codes under way, and how often a phone was sent one.

use super::StoreError;
use super::sql::{Query, Tx, values};

/// A login code that was sent. Only its keyed hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChallengeRow {
    /// Names the challenge.
    pub(crate) challenge_id: String,
    /// The restaurant the guest is logging in at.
    pub(crate) restaurant: String,
    /// The phone in E.164.
    pub(crate) phone: String,
    /// The keyed hash of challenge and code. Empty where the loyalty system has made the code, which nobody here knows.
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
pub(crate) fn replace(tx: &mut dyn Tx, row: &ChallengeRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO challenges (challenge_id, restaurant, phone, code_mac, expires_at_ms, tries_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (restaurant, phone) DO UPDATE SET challenge_id = excluded.challenge_id,
             code_mac = excluded.code_mac, expires_at_ms = excluded.expires_at_ms,
             tries_left = excluded.tries_left",
        values![
            &row.challenge_id,
            &row.restaurant,
            &row.phone,
            row.code_mac.as_slice(),
            row.expires_at_ms,
            row.tries_left
        ],
    )?;
    Ok(())
}

/// The challenge of this name, unless it has expired at `now_ms`.
pub(crate) fn find(
    tx: &mut dyn Query,
    challenge_id: &str,
    now_ms: i64,
) -> Result<Option<ChallengeRow>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, phone, code_mac, expires_at_ms, tries_left
         FROM challenges WHERE challenge_id = ?1 AND expires_at_ms > ?2",
        values![challenge_id, now_ms],
    )?;
    let read = row.map(|mut row| {
        Ok(ChallengeRow {
            challenge_id: challenge_id.to_owned(),
            restaurant: row.next("restaurant")?,
            phone: row.next("phone")?,
            code_mac: row.next("code_mac")?,
            expires_at_ms: row.next("expires_at_ms")?,
            tries_left: row.next("tries_left")?,
        })
    });
    read.transpose()
}

/// Uses up one try of a challenge. Says whether there was one: of tries at the same time no more are evaluated than are
/// left.
pub(crate) fn take_try(tx: &mut dyn Tx, challenge_id: &str) -> Result<bool, StoreError> {
    let taken = tx.execute(
        "UPDATE challenges SET tries_left = tries_left - 1 WHERE challenge_id = ?1 AND tries_left > 0",
        values![challenge_id],
    )?;
    Ok(taken > 0)
}

/// Gives a try back that nobody has evaluated.
pub(crate) fn give_try_back(tx: &mut dyn Tx, challenge_id: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE challenges SET tries_left = tries_left + 1 WHERE challenge_id = ?1",
        values![challenge_id],
    )?;
    Ok(())
}

/// Removes a challenge. Says whether it was there: a code is good for the one who removed its challenge.
pub(crate) fn remove(tx: &mut dyn Tx, challenge_id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM challenges WHERE challenge_id = ?1", values![challenge_id])? > 0)
}

/// How often the phone was sent a code; nothing where it never was.
pub(crate) fn sendings(tx: &mut dyn Query, restaurant: &str, phone: &str) -> Result<Sendings, StoreError> {
    let row = tx.query_opt(
        "SELECT count, last_at_ms FROM sendings WHERE restaurant = ?1 AND phone = ?2",
        values![restaurant, phone],
    )?;
    let Some(mut row) = row else { return Ok(Sendings::default()) };
    Ok(Sendings { count: row.next("count")?, last_at_ms: row.next("last_at_ms")? })
}

/// Keeps how often the phone was sent a code.
pub(crate) fn set_sendings(
    tx: &mut dyn Tx,
    restaurant: &str,
    phone: &str,
    sendings: Sendings,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sendings (restaurant, phone, count, last_at_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (restaurant, phone) DO UPDATE SET count = excluded.count, last_at_ms = excluded.last_at_ms",
        values![restaurant, phone, sendings.count, sendings.last_at_ms],
    )?;
    Ok(())
}

/// Forgets how often the phone was sent a code.
pub(crate) fn forget_sendings(tx: &mut dyn Tx, restaurant: &str, phone: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sendings WHERE restaurant = ?1 AND phone = ?2", values![restaurant, phone])?;
    Ok(())
}

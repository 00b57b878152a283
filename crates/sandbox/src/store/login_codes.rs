//! Login codes that the sandbox has sent: one for a phone in a network, and the messages they went in.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// How many messages are kept.
const KEPT: i64 = 100;

/// A site's key.
pub(crate) struct SiteKey {
    /// The network whose guests it is for.
    pub(crate) network_id: i64,
    /// What the network is called.
    pub(crate) network: String,
    /// The only site a browser may use it from.
    pub(crate) origin: String,
}

/// A code that was sent.
pub(crate) struct LoginCode {
    pub(crate) code: String,
    pub(crate) sent_at_ms: i64,
    /// How many more may be tried.
    pub(crate) tries_left: u32,
}

/// A message that was sent.
pub(crate) struct Sms {
    pub(crate) phone: String,
    pub(crate) text: String,
    pub(crate) code: String,
    pub(crate) sent_at_ms: i64,
}

/// Adds the key of a site of a network.
pub(crate) fn add_site_key(
    tx: &Transaction<'_>,
    key: &str,
    network_id: i64,
    origin: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO site_key (key, network_id, origin) VALUES (?1, ?2, ?3)",
        params![key, network_id, origin],
    )?;
    Ok(())
}

/// The site of a key.
pub(crate) fn site(tx: &Transaction<'_>, key: &str) -> Result<Option<SiteKey>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT s.network_id, n.name, s.origin FROM site_key AS s JOIN network AS n ON n.id = s.network_id
         WHERE s.key = ?1",
    )?;
    let row = statement.query_row([key], |row| {
        Ok(SiteKey { network_id: row.get(0)?, network: row.get(1)?, origin: row.get(2)? })
    });
    Ok(row.optional()?)
}

/// The phone's newest code.
pub(crate) fn find(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
) -> Result<Option<LoginCode>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT code, sent_at_ms, tries_left FROM login_code WHERE network_id = ?1 AND phone = ?2",
    )?;
    let row = statement.query_row(params![network_id, phone], |row| {
        Ok(LoginCode { code: row.get(0)?, sent_at_ms: row.get(1)?, tries_left: row.get(2)? })
    });
    Ok(row.optional()?)
}

/// Keeps a code in the place of the phone's former one.
pub(crate) fn replace(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
    code: &LoginCode,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO login_code (network_id, phone, code, sent_at_ms, tries_left)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![network_id, phone, code.code, code.sent_at_ms, code.tries_left],
    )?;
    Ok(())
}

/// Uses up one try of the phone's code.
pub(crate) fn take_try(tx: &Transaction<'_>, network_id: i64, phone: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE login_code SET tries_left = tries_left - 1 WHERE network_id = ?1 AND phone = ?2",
        params![network_id, phone],
    )?;
    Ok(())
}

/// Uses the phone's code up.
pub(crate) fn remove(tx: &Transaction<'_>, network_id: i64, phone: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM login_code WHERE network_id = ?1 AND phone = ?2", params![network_id, phone])?;
    Ok(())
}

/// Sends a message, which only the sandbox's own inbox receives.
pub(crate) fn send(tx: &Transaction<'_>, sms: &Sms) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sms (phone, text, code, sent_at_ms) VALUES (?1, ?2, ?3, ?4)",
        params![sms.phone, sms.text, sms.code, sms.sent_at_ms],
    )?;
    tx.execute("DELETE FROM sms WHERE id <= ?1", [tx.last_insert_rowid() - KEPT])?;
    Ok(())
}

/// What was sent, newest first.
pub(crate) fn sent(tx: &Transaction<'_>) -> Result<Vec<Sms>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT phone, text, code, sent_at_ms FROM sms ORDER BY id DESC LIMIT ?1")?;
    let rows = statement.query_map([KEPT], |row| {
        Ok(Sms { phone: row.get(0)?, text: row.get(1)?, code: row.get(2)?, sent_at_ms: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

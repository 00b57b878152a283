//! Sessions: opaque tokens, of which only hashes are kept.

use contract::Phone;
use sha2::{Digest, Sha256};

use super::{Auth, AuthError};
use crate::orders::order::Owner;
use crate::random::NoRandomness;
use crate::store::StoreError;
use crate::store::sessions;

/// How often the time of a session's last use is written down.
const TOUCH_EVERY_MS: i64 = 60_000;

/// Who is asking.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The guest, at the restaurant they logged in at.
    pub(crate) owner: Owner,
    /// Whether the guest is known to have joined the loyalty programme.
    pub(crate) is_member: bool,
    token_hash: Vec<u8>,
}

impl Auth {
    /// A new token and the hash by which it is kept.
    pub(super) fn make_token(&self) -> Result<(String, Vec<u8>), NoRandomness> {
        let bytes: [u8; 32] = self.random.bytes()?;
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let hash = hash(&token);
        Ok((token, hash))
    }

    /// The session of a token.
    ///
    /// # Errors
    /// `NotLoggedIn` where there is none, or it was unused too long, or it is too old.
    pub(crate) async fn session(&self, token: &str) -> Result<Session, AuthError> {
        let token_hash = hash(token);
        let now_ms = self.now_ms();
        let ttl_ms = i64::from(self.limits.session_ttl_s) * 1000;
        let idle_ms = i64::from(self.limits.session_idle_s) * 1000;
        let found = self.store.run(move |tx| {
            let Some(row) = sessions::find(tx, &token_hash)? else { return Ok(None) };
            if now_ms >= row.opened_at_ms + ttl_ms || now_ms >= row.used_at_ms + idle_ms {
                sessions::remove(tx, &token_hash)?;
                return Ok(None);
            }
            if now_ms >= row.used_at_ms + TOUCH_EVERY_MS {
                sessions::touch(tx, &token_hash, now_ms)?;
            }
            Ok(Some(row))
        });
        let row = found.await?.ok_or(AuthError::NotLoggedIn)?;
        let phone = Phone::parse(&row.phone).ok_or(StoreError::Unreadable("phone"))?;
        Ok(Session {
            owner: Owner { restaurant: row.restaurant, phone },
            is_member: row.is_member,
            token_hash: row.token_hash,
        })
    }

    /// Notes that the session's guest has joined the loyalty programme.
    pub(crate) async fn note_member(&self, session: &Session) -> Result<(), AuthError> {
        let token_hash = session.token_hash.clone();
        Ok(self.store.run(move |tx| sessions::set_member(tx, &token_hash)).await?)
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, session: &Session) -> Result<(), AuthError> {
        let token_hash = session.token_hash.clone();
        Ok(self.store.run(move |tx| sessions::remove(tx, &token_hash)).await?)
    }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

//! Sessions: opaque tokens of 256 random bits, kept only as hashes, that end by age, by disuse or by logout.

use clock::Clock;
use contract::login::Embedding;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::config::{Lifetime, SessionLimits};
use crate::entropy::{Entropy, EntropyError};
use crate::orders::order::Owner;
use crate::store::sessions::{self, SessionRow};
use crate::store::sql::Tx;
use crate::store::{Scope, Store, StoreError};

/// The last use is noted once in so long: a write for every request would be slow.
const TOUCH_EVERY_MS: i64 = 60_000;

/// Why there is no session.
#[derive(Debug, Error)]
pub(crate) enum SessionError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No token can be made.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// A logged-in guest.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Whose session it is.
    pub(crate) owner: Owner,
    /// Whether the guest is known to be a member of the loyalty programme.
    pub(crate) is_member: bool,
    /// Whether the guest's browser keeps the token in a cookie.
    pub(crate) in_cookie: bool,
    token_hash: Vec<u8>,
}

/// A session that was just opened.
pub(crate) struct Opened {
    /// Its token, which is not kept.
    pub(crate) token: String,
    /// Seconds it lasts without being used.
    pub(crate) expires_in_s: u32,
    /// Seconds it lasts in any case.
    pub(crate) ttl_s: u32,
}

/// The service that opens, finds and ends sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) limits: SessionLimits,
}

impl Sessions {
    /// Opens a session under a token that nobody has had, and ends the one whose token the guest has `had` until now.
    ///
    /// # Errors
    /// [`SessionError`] where no token can be made or kept.
    pub(crate) async fn open(
        &self,
        owner: &Owner,
        is_member: bool,
        embedding: Option<Embedding>,
        had: Option<&str>,
    ) -> Result<Opened, SessionError> {
        let embedding = embedding.unwrap_or(Embedding::Page);
        let token = hex(&self.entropy.bytes::<32>()?);
        let now_ms = self.clock.now().as_millisecond();
        let row = SessionRow {
            token_hash: hash(&token),
            restaurant: owner.restaurant.clone(),
            guest: owner.guest.clone(),
            is_member,
            embedding,
            opened_at_ms: now_ms,
            used_at_ms: now_ms,
        };
        let former = had.map_or_else(|| row.token_hash.clone(), hash);
        let scopes = [Scope::session(&row.token_hash), Scope::session(&former)];
        let opened = move |tx: &mut dyn Tx| {
            sessions::remove(tx, &former)?;
            sessions::insert(tx, &row)
        };
        self.store.write(scopes, opened).await?;
        let Lifetime { idle_s, ttl_s } = self.limits.of(embedding);
        Ok(Opened { token, expires_in_s: idle_s.min(ttl_s), ttl_s })
    }

    /// The live session of a token.
    pub(crate) async fn find(&self, token: &str) -> Result<Option<Session>, SessionError> {
        let token_hash = hash(token);
        let now_ms = self.clock.now().as_millisecond();
        let Some(row) = self.store.read(move |tx| sessions::find(tx, &token_hash)).await? else {
            return Ok(None);
        };
        let lifetime = self.limits.of(row.embedding);
        let (opened_ms, used_ms) = oldest_ms(lifetime, now_ms);
        if row.opened_at_ms <= opened_ms || row.used_at_ms <= used_ms {
            return Ok(None);
        }
        if now_ms - row.used_at_ms >= touch_every_ms(lifetime) {
            let token_hash = row.token_hash.clone();
            let touched = move |tx: &mut dyn Tx| sessions::touch(tx, &token_hash, now_ms);
            self.store.write(Scope::session(&row.token_hash), touched).await?;
        }
        let owner = Owner { restaurant: row.restaurant, guest: row.guest };
        Ok(Some(Session { owner, is_member: row.is_member, in_cookie: false, token_hash: row.token_hash }))
    }

    /// Notes that the guest has become a member.
    pub(crate) async fn set_member(&self, session: &Session) -> Result<(), SessionError> {
        let token_hash = session.token_hash.clone();
        Ok(self
            .store
            .write(Scope::session(&session.token_hash), move |tx| sessions::set_member(tx, &token_hash))
            .await?)
    }

    /// Ends a session.
    pub(crate) async fn end(&self, session: &Session) -> Result<(), SessionError> {
        let token_hash = session.token_hash.clone();
        Ok(self
            .store
            .write(Scope::session(&session.token_hash), move |tx| sessions::remove(tx, &token_hash))
            .await?)
    }
}

/// Sessions opened or last used at or before these times have ended.
fn oldest_ms(lifetime: Lifetime, now_ms: i64) -> (i64, i64) {
    (now_ms - i64::from(lifetime.ttl_s) * 1000, now_ms - i64::from(lifetime.idle_s) * 1000)
}

/// How exactly the last use of a session is noted: of a short one more exactly, lest it end while it is used.
fn touch_every_ms(lifetime: Lifetime) -> i64 {
    TOUCH_EVERY_MS.min(i64::from(lifetime.idle_s) * 100)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

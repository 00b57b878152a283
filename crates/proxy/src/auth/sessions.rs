//! Sessions: opaque tokens of 256 random bits, kept only as hashes, that end by age, by disuse or by logout.

use std::sync::Arc;

use clock::Clock;
use contract::login::Embedding;
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::time::Instant;

use super::session_cache::{Look, SessionCache};
use crate::config::{Lifetime, SessionLimits};
use crate::entropy::{Entropy, EntropyError};
use crate::orders::order::Owner;
use crate::store::sessions::{self, SessionRow};
use crate::store::sql::Tx;
use crate::store::{Scope, Store, StoreError};

/// The last use is noted once in so long: a write for every request would be slow.
const TOUCH_EVERY_MS: i64 = 60_000;

/// How long it is known that a session was ended. Longer than any proxy goes without asking for it that remembers one.
pub(crate) const FORGET_ENDS_MS: i64 = 3_600_000;

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
    /// Those that were found a moment ago.
    pub(crate) cache: Arc<SessionCache>,
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
        let ended = former.clone();
        let opened = move |tx: &mut dyn Tx| {
            sessions::end(tx, &former, now_ms)?;
            sessions::insert(tx, &row)
        };
        self.store.write(scopes, opened).await?;
        self.cache.forget(&ended);
        let Lifetime { idle_s, ttl_s } = self.limits.of(embedding);
        Ok(Opened { token, expires_in_s: idle_s.min(ttl_s), ttl_s })
    }

    /// The live session of a token.
    pub(crate) async fn find(&self, token: &str) -> Result<Option<Session>, SessionError> {
        let token_hash = hash(token);
        let now_ms = self.clock.now().as_millisecond();
        match self.store.read(move |tx| sessions::find(tx, &token_hash)).await? {
            Some(row) => self.use_found(row, now_ms).await,
            None => Ok(None),
        }
    }

    /// The same for a preview, which changes nothing: as it was found a moment ago, where that may still be believed.
    pub(crate) async fn find_to_preview(&self, token: &str) -> Result<Option<Session>, SessionError> {
        let token_hash = digest(token);
        let now_ms = self.clock.now().as_millisecond();
        // Where its use is to be noted again, or it may have ended by itself, the store knows more.
        let is_fresh = |row: &SessionRow| self.is_fresh(row, now_ms);
        let asking = match self.cache.look(&token_hash, Instant::now(), now_ms, is_fresh) {
            Look::Known(row) => return Ok(Some(session(row))),
            Look::Ask(asking) => asking,
        };
        let since_ms = asking.since_ms;
        let asked = self.store.read(move |tx| {
            let ended = since_ms.map(|since_ms| sessions::ended_since(tx, since_ms)).transpose()?;
            Ok((sessions::find(tx, &token_hash)?, ended.unwrap_or_default()))
        });
        let (row, ended) = asked.await.inspect_err(|_| self.cache.unanswered())?;
        let Some(row) = row else {
            self.cache.answered(&asking, None, &ended);
            return Ok(None);
        };
        let found = self.use_found(row.clone(), now_ms).await?;
        // Its use was noted just now, unless it need not be yet.
        let used_at_ms = if self.is_fresh(&row, now_ms) { row.used_at_ms } else { now_ms };
        let used = SessionRow { used_at_ms, ..row };
        self.cache.answered(&asking, found.as_ref().map(|_| &used), &ended);
        Ok(found)
    }

    /// Whether a session is certainly live, and its last use noted recently enough.
    fn is_fresh(&self, row: &SessionRow, now_ms: i64) -> bool {
        let lifetime = self.limits.of(row.embedding);
        let (opened_ms, used_ms) = oldest_ms(lifetime, now_ms);
        row.opened_at_ms > opened_ms
            && row.used_at_ms > used_ms
            && now_ms - row.used_at_ms < touch_every_ms(lifetime)
    }

    /// The session of a row, whose use is noted, unless it has ended by itself.
    async fn use_found(&self, row: SessionRow, now_ms: i64) -> Result<Option<Session>, SessionError> {
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
        Ok(Some(session(row)))
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
        let now_ms = self.clock.now().as_millisecond();
        let end = move |tx: &mut dyn Tx| sessions::end(tx, &token_hash, now_ms);
        let ended = self.store.write(Scope::session(&session.token_hash), end).await;
        // Also where it is not known whether it was ended.
        self.cache.forget(&session.token_hash);
        Ok(ended?)
    }
}

fn session(row: SessionRow) -> Session {
    let owner = Owner { restaurant: row.restaurant, guest: row.guest };
    Session { owner, is_member: row.is_member, in_cookie: false, token_hash: row.token_hash }
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
    digest(token).to_vec()
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

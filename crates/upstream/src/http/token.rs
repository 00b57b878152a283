//! Keeps the one token that every request carries, and renews it once however many requests need it, whether the
//! renewal succeeds or not.
//!
//! Does not speak HTTP: the exchange of secrets for a token, and the request that carries it, are handed in.

use std::sync::atomic::{AtomicU64, Ordering};

use clock::Clock;
use http::{HeaderValue, StatusCode};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::Reply;
use crate::UpstreamError;

/// A token is renewed so long before its end, or at four fifths of a shorter life.
const MARGIN_S: i64 = 60;

/// A token and which one it is, so that a request whose token was refused can tell whether a newer one is there.
#[derive(Clone)]
struct Token {
    header: HeaderValue,
    number: u64,
    renew_at: Timestamp,
}

/// What an exchange brings.
pub(crate) struct Exchanged {
    /// The whole value of the header `Authorization`.
    pub(crate) header: HeaderValue,
    /// How long the token lives, as the answer says.
    pub(crate) ttl_s: i64,
}

#[derive(Default)]
struct State {
    current: Option<Token>,
    /// How the latest renewal failed, if it did.
    failure: Option<UpstreamError>,
}

pub(crate) struct TokenKeeper {
    clock: Clock,
    /// A token is good for this long at most, whatever its answer says.
    longest_ttl_s: i64,
    /// How many renewals have ended: a request that waited learns by it whether one ended meanwhile.
    ended: AtomicU64,
    state: Mutex<State>,
}

impl TokenKeeper {
    pub(crate) fn new(clock: Clock, longest_ttl_s: i64) -> Self {
        Self { clock, longest_ttl_s, ended: AtomicU64::new(0), state: Mutex::default() }
    }

    /// Sends a request with a token; after a 401, which says that nothing was done, once more with a new one. Where there
    /// is no token, nothing of the request itself was sent.
    pub(crate) async fn authorised<E, S>(
        &self,
        deadline: Instant,
        exchange: impl Fn() -> E,
        send: impl Fn(HeaderValue) -> S,
    ) -> Result<Reply, UpstreamError>
    where
        E: Future<Output = Result<Exchanged, UpstreamError>>,
        S: Future<Output = Result<Reply, UpstreamError>>,
    {
        let token = |refused| self.token_before(deadline, refused, &exchange);
        let first = token(None).await?;
        let reply = send(first.header).await?;
        if reply.status != StatusCode::UNAUTHORIZED {
            return Ok(reply);
        }
        send(token(Some(first.number)).await?.header).await
    }

    /// Makes sure that there is a token.
    pub(crate) async fn ready<E>(
        &self,
        deadline: Instant,
        exchange: impl Fn() -> E,
    ) -> Result<(), UpstreamError>
    where
        E: Future<Output = Result<Exchanged, UpstreamError>>,
    {
        self.token_before(deadline, None, exchange).await.map(drop)
    }

    async fn token_before<E>(
        &self,
        deadline: Instant,
        refused: Option<u64>,
        exchange: impl Fn() -> E,
    ) -> Result<Token, UpstreamError>
    where
        E: Future<Output = Result<Exchanged, UpstreamError>>,
    {
        if let Some(token) = self.token_at_hand(refused) {
            return Ok(token);
        }
        let token = timeout_at(deadline, self.token(refused, exchange)).await;
        token.unwrap_or(Err(UpstreamError::Timeout { in_doubt: false })).map_err(without_token)
    }

    /// The current token, where it is good and nobody is at work on it: then nobody need be waited for.
    fn token_at_hand(&self, refused: Option<u64>) -> Option<Token> {
        let state = self.state.try_lock().ok()?;
        state.current.clone().filter(|token| self.is_good(token, refused))
    }

    fn is_good(&self, token: &Token, refused: Option<u64>) -> bool {
        self.clock.now() < token.renew_at && refused != Some(token.number)
    }

    /// The current token; a new one where there is none, where it is about to end, or where it is the one `refused`.
    ///
    /// The lock is held during the exchange: that is what makes many waiting requests share one renewal. They share its
    /// failure too, lest a wrong password be tried once for each of them; but not a time limit, which is each one's own.
    async fn token<F>(
        &self,
        refused: Option<u64>,
        exchange: impl FnOnce() -> F,
    ) -> Result<Token, UpstreamError>
    where
        F: Future<Output = Result<Exchanged, UpstreamError>>,
    {
        let ended_before = self.ended.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        let asked_at = self.clock.now();
        if let Some(token) = &state.current
            && asked_at < token.renew_at
            && refused != Some(token.number)
        {
            return Ok(token.clone());
        }
        if self.ended.load(Ordering::SeqCst) != ended_before
            && let Some(failure) = &state.failure
        {
            return Err(failure.clone());
        }
        let number = state.current.as_ref().map_or(0, |token| token.number) + 1;
        let exchanged = exchange().await;
        self.ended.fetch_add(1, Ordering::SeqCst);
        let Exchanged { header, ttl_s } = match exchanged {
            Ok(exchanged) => exchanged,
            Err(error) => {
                let shared = !matches!(error, UpstreamError::Timeout { .. });
                state.failure = shared.then(|| error.clone());
                return Err(error);
            }
        };
        let token = Token { header, number, renew_at: self.renew_at(asked_at, ttl_s) };
        *state = State { current: Some(token.clone()), failure: None };
        Ok(token)
    }

    /// When a token that was asked for at `asked_at` is to be renewed.
    fn renew_at(&self, asked_at: Timestamp, ttl_s: i64) -> Timestamp {
        let ttl_s = ttl_s.clamp(0, self.longest_ttl_s);
        let useful_s = ttl_s - MARGIN_S.min(ttl_s / 5);
        asked_at.checked_add(SignedDuration::from_secs(useful_s)).unwrap_or(Timestamp::MAX)
    }
}

/// A failure before the request itself was sent. That the secrets are refused is no refusal of the request.
fn without_token(error: UpstreamError) -> UpstreamError {
    match error.not_in_doubt() {
        refused @ UpstreamError::Refused { .. } => {
            UpstreamError::Unavailable { reason: format!("no token: {refused}"), in_doubt: false }
        }
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_before_its_end() {
        let keeper = TokenKeeper::new(Clock::manual(Timestamp::UNIX_EPOCH), 900);
        for (ttl_s, useful_s) in [(900, 840), (86_400, 840), (100, 80), (5, 4), (0, 0), (-1, 0)] {
            let at = keeper.renew_at(Timestamp::UNIX_EPOCH, ttl_s);
            assert_eq!(at.as_second(), useful_s, "ttl {ttl_s}");
        }
    }
}

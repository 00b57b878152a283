//! Keeps the one token that every request carries, and renews it once however many requests need it, whether the
//! renewal succeeds or not.
//!
//! Does not speak HTTP: the exchange of key and password for a token is handed in.

use std::sync::atomic::{AtomicU64, Ordering};

use clock::Clock;
use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::UpstreamError;

/// A token is good for this long at most, whatever the answer says: the makers ask for a renewal within 15 minutes.
const LONGEST_TTL_S: i64 = 15 * 60;

/// A token is renewed so long before its end, or at four fifths of a shorter life.
const MARGIN_S: i64 = 60;

/// A token and which one it is, so that a request whose token was refused can tell whether a newer one is there.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) header: HeaderValue,
    pub(super) number: u64,
    renew_at: Timestamp,
}

/// What an exchange brings.
pub(super) struct Exchanged {
    /// The whole value of the header `Authorization`.
    pub(super) header: HeaderValue,
    /// How long the token lives, as the answer says.
    pub(super) ttl_s: i64,
}

#[derive(Default)]
struct State {
    current: Option<Token>,
    /// How the latest renewal failed, if it did.
    failure: Option<UpstreamError>,
}

pub(super) struct TokenKeeper {
    clock: Clock,
    /// How many renewals have ended: a request that waited learns by it whether one ended meanwhile.
    ended: AtomicU64,
    state: Mutex<State>,
}

impl TokenKeeper {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, ended: AtomicU64::new(0), state: Mutex::default() }
    }

    /// The current token; a new one where there is none, where it is about to end, or where it is the one `refused`.
    ///
    /// The lock is held during the exchange: that is what makes many waiting requests share one renewal. They share its
    /// failure too, lest a wrong password be tried once for each of them; but not a time limit, which is each one's own.
    pub(super) async fn token<F>(
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
        let token = Token { header, number, renew_at: renew_at(asked_at, ttl_s) };
        *state = State { current: Some(token.clone()), failure: None };
        Ok(token)
    }
}

/// When a token that was asked for at `asked_at` is to be renewed.
fn renew_at(asked_at: Timestamp, ttl_s: i64) -> Timestamp {
    let ttl_s = ttl_s.clamp(0, LONGEST_TTL_S);
    let useful_s = ttl_s - MARGIN_S.min(ttl_s / 5);
    asked_at.checked_add(SignedDuration::from_secs(useful_s)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_before_its_end() {
        for (ttl_s, useful_s) in [(900, 840), (86_400, 840), (100, 80), (5, 4), (0, 0), (-1, 0)] {
            let at = renew_at(Timestamp::UNIX_EPOCH, ttl_s);
            assert_eq!(at.as_second(), useful_s, "ttl {ttl_s}");
        }
    }
}

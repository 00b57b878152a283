//! Sessions that were found a moment ago, so that a preview need not ask the store for one again.
//!
//! What is remembered is good for as long as the store was asked, within the last second, which sessions have been ended:
//! a session that is ended at any proxy is ended here a second later. Where the store does not answer, nothing is
//! remembered for longer. Only previews ask here, for they change nothing; everything else reads the session itself.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::store::sessions::{Ended, SessionRow};

/// How long after it was asked the store's word on ended sessions is good.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// When the store is asked anew, by one request while the others go on.
const ASK_AFTER: Duration = Duration::from_millis(500);

/// The most sessions that are remembered; when there are more, all are forgotten and found again as they are used.
const MOST: usize = 20_000;

/// How far the clocks of proxies may be apart.
pub(super) const SKEW_MS: i64 = 60_000;

/// Longer than this no gap between two looks may be, or an end of a session in between might be swept away by then.
const LONGEST_GAP: Duration = Duration::from_secs(600);

/// What is remembered. Clones of its owner share it.
#[derive(Default)]
pub(crate) struct SessionCache(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    rows: HashMap<[u8; 32], SessionRow>,
    /// When the store was last asked what has ended, by the runtime's clock and by the time of day.
    asked: Option<(Instant, i64)>,
    /// Whether somebody is asking it now.
    is_asking: bool,
    /// How often a session was ended here; what was read before an end is not remembered after it.
    ends: u64,
}

/// What a look has brought.
pub(super) enum Look {
    /// The session, as it was found before.
    Known(SessionRow),
    /// The store is to be asked for it, and for what has ended since a time of day.
    Ask(Asking),
}

/// The right to have what the store answers remembered.
pub(super) struct Asking {
    began: Instant,
    now_ms: i64,
    ends: u64,
    /// Since when ended sessions are to be looked for, where it is time for that.
    pub(super) since_ms: Option<i64>,
}

impl SessionCache {
    /// Looks for a session that is still as `is_fresh` wants it.
    pub(super) fn look(
        &self,
        token_hash: &[u8; 32],
        now: Instant,
        now_ms: i64,
        is_fresh: impl Fn(&SessionRow) -> bool,
    ) -> Look {
        let mut remembered = self.lock();
        let age = remembered.asked.map(|(asked, _)| now.saturating_duration_since(asked));
        let is_good = age.is_some_and(|age| age < GOOD_FOR);
        let is_due = age.is_none_or(|age| age >= ASK_AFTER) && !(is_good && remembered.is_asking);
        if is_good
            && !is_due
            && let Some(row) = remembered.rows.get(token_hash).filter(|row| is_fresh(row))
        {
            return Look::Known(row.clone());
        }
        if age.is_none_or(|age| age > LONGEST_GAP) {
            remembered.rows.clear();
        }
        remembered.is_asking |= is_due;
        // What has ended before anything was remembered need not be known.
        let since_ms = remembered.asked.map_or(now_ms, |(_, asked_ms)| asked_ms.min(now_ms)) - SKEW_MS;
        Look::Ask(Asking { began: now, now_ms, ends: remembered.ends, since_ms: is_due.then_some(since_ms) })
    }

    /// Remembers what the store has answered.
    pub(super) fn answered(&self, asking: &Asking, found: Option<&SessionRow>, ended: &[Ended]) {
        let mut remembered = self.lock();
        for hash in ended {
            remembered.rows.remove(hash);
        }
        if asking.since_ms.is_some() {
            remembered.is_asking = false;
            if remembered.asked.is_none_or(|(asked, _)| asked < asking.began) {
                remembered.asked = Some((asking.began, asking.now_ms));
            }
        }
        let Some(row) = found.filter(|row| row.is_member && remembered.ends == asking.ends) else { return };
        let Ok(hash) = <[u8; 32]>::try_from(row.token_hash.as_slice()) else { return };
        if ended.contains(&hash) {
            return;
        }
        if remembered.rows.len() >= MOST {
            remembered.rows.clear();
        }
        remembered.rows.insert(hash, row.clone());
    }

    /// The store has not answered.
    pub(super) fn unanswered(&self) {
        self.lock().is_asking = false;
    }

    /// Forgets a session that is ended here, at once.
    pub(super) fn forget(&self, token_hash: &[u8]) {
        let mut remembered = self.lock();
        remembered.ends += 1;
        if let Ok(hash) = <[u8; 32]>::try_from(token_hash) {
            remembered.rows.remove(&hash);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;

//! Removes what has expired, from time to time and a little at once. Nothing depends on it: whoever reads knows what has
//! expired.

use std::time::Duration;

use clock::Clock;
use contract::login::Embedding;
use tokio::task::JoinHandle;

use super::sql::{Tx, values};
use super::{Scope, Store, StoreError, retention};
use crate::config::Limits;

/// How long it is between two sweeps.
const EVERY: Duration = Duration::from_secs(60);

/// How many rows are removed in one transaction, so that nobody waits long for it.
const AT_ONCE: u32 = 500;

/// The tables, each with what removes its expired rows: those until `?1`, at most `?2` of them.
const REMOVALS: [(Age, &str); 9] = [
    (
        Age::Expired,
        "DELETE FROM challenges WHERE challenge_id IN
             (SELECT challenge_id FROM challenges WHERE expires_at_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::Sending,
        "DELETE FROM sendings WHERE (restaurant, phone) IN
             (SELECT restaurant, phone FROM sendings WHERE last_at_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::Answer,
        "DELETE FROM idempotency WHERE (restaurant, guest, key) IN
             (SELECT restaurant, guest, key FROM idempotency WHERE at_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::KeyTries,
        "DELETE FROM key_tries WHERE (restaurant, window_ms) IN
             (SELECT restaurant, window_ms FROM key_tries WHERE window_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::Expired,
        "DELETE FROM order_leases WHERE order_id IN
             (SELECT order_id FROM order_leases WHERE until_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::Ended,
        "DELETE FROM session_ends WHERE token_hash IN
             (SELECT token_hash FROM session_ends WHERE at_ms <= ?1 LIMIT ?2)",
    ),
    (
        Age::Expired,
        "DELETE FROM rates WHERE (rate, key, until_ms) IN
             (SELECT rate, key, until_ms FROM rates WHERE until_ms <= ?1 LIMIT ?2)",
    ),
    (
        // Nobody could confirm what was last calculated so long ago, so there is nobody to wait for.
        Age::Preview,
        "DELETE FROM orders WHERE order_id IN
             (SELECT order_id FROM orders
              WHERE state = 'open' AND pending IS NULL AND known_upstream = 0 AND touched_at_ms <= ?1
                  AND NOT EXISTS (SELECT 1 FROM registrations WHERE registrations.order_id = orders.order_id)
              LIMIT ?2)
         AND state = 'open' AND pending IS NULL AND touched_at_ms <= ?1",
    ),
    (
        Age::DeadWebhook,
        "DELETE FROM webhooks WHERE webhook_id IN
             (SELECT webhook_id FROM webhooks WHERE next_at_ms IS NULL AND made_at_ms <= ?1 LIMIT ?2)
         AND next_at_ms IS NULL",
    ),
];

/// What removes the sessions of an embedding, `?3`, that are not used, and those that are old.
const SESSIONS: [&str; 2] = [
    "DELETE FROM sessions WHERE token_hash IN
         (SELECT token_hash FROM sessions WHERE used_at_ms <= ?1 AND embedding = ?3 LIMIT ?2)",
    "DELETE FROM sessions WHERE token_hash IN
         (SELECT token_hash FROM sessions WHERE opened_at_ms <= ?1 AND embedding = ?3 LIMIT ?2)",
];

/// How old a row must be.
#[derive(Clone, Copy, Debug)]
enum Age {
    /// It says itself until when it holds.
    Expired,
    /// A phone's sendings.
    Sending,
    /// A kept answer.
    Answer,
    /// A window of tries.
    KeyTries,
    /// An order that only a page has described, and that nobody has confirmed.
    Preview,
    /// What a restaurant's server could not be told.
    DeadWebhook,
    /// That a session was ended.
    Ended,
}

impl Age {
    /// In milliseconds.
    fn ms(self, limits: &Limits) -> i64 {
        match self {
            Self::Expired => 0,
            Self::Sending => crate::auth::login::FORGET_SENDINGS_MS,
            Self::Answer => i64::from(limits.idempotency_ttl_s) * 1000,
            Self::KeyTries => crate::auth::key_login::WINDOW_MS,
            Self::Preview => i64::from(limits.previews_kept_s) * 1000,
            Self::DeadWebhook => i64::from(limits.dead_webhooks_kept_s) * 1000,
            Self::Ended => crate::auth::sessions::FORGET_ENDS_MS,
        }
    }
}

/// What is swept, and by which limits.
#[derive(Clone)]
struct Broom {
    store: Store,
    clock: Clock,
    limits: Limits,
}

/// The task that sweeps; it ends with this value.
pub(crate) struct Sweeper {
    broom: Broom,
    task: JoinHandle<()>,
}

impl Sweeper {
    /// Sweeps now, and from now on.
    pub(crate) fn start(store: Store, clock: Clock, limits: Limits) -> Self {
        let broom = Broom { store, clock, limits };
        let own = broom.clone();
        let task = tokio::spawn(async move {
            let mut turns = tokio::time::interval(EVERY);
            loop {
                turns.tick().await;
                own.sweep().await;
            }
        });
        Self { broom, task }
    }

    /// Sweeps once more, and returns when it is done.
    pub(crate) async fn run(&self) {
        self.broom.sweep().await;
    }
}

impl Broom {
    async fn sweep(&self) {
        if let Err(error) = sweep(&self.store, self.clock.now().as_millisecond(), &self.limits).await {
            tracing::warn!(%error, "what has expired was not removed");
        }
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Removes everything that has expired at `now_ms`.
pub(crate) async fn sweep(store: &Store, now_ms: i64, limits: &Limits) -> Result<(), StoreError> {
    for (age, sql) in REMOVALS {
        let until_ms = now_ms - age.ms(limits);
        let remove = move |tx: &mut dyn Tx| tx.execute(sql, values![until_ms, AT_ONCE]);
        while store.write(Scope::sweep(), remove).await? == u64::from(AT_ONCE) {}
    }
    for embedding in Embedding::ALL {
        let lifetime = limits.sessions.of(*embedding);
        for (age_s, sql) in [lifetime.idle_s, lifetime.ttl_s].into_iter().zip(SESSIONS) {
            let until_ms = now_ms - i64::from(age_s) * 1000;
            let remove =
                move |tx: &mut dyn Tx| tx.execute(sql, values![until_ms, AT_ONCE, embedding.as_str()]);
            while store.write(Scope::sweep(), remove).await? == u64::from(AT_ONCE) {}
        }
    }
    retention::sweep_orders(store, now_ms - i64::from(limits.orders_kept_s) * 1000, now_ms).await
}

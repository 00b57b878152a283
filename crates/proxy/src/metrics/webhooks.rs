//! What became of webhooks: how attempts ended, how many were not the first, and what restaurants' servers have not heard.
//!
//! Attempts are those of this process since its start. What waits is the store's, as it was last looked at.

use std::sync::{Mutex, PoisonError};

use clock::Clock;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::labels::{Attempt, Event, Restaurant};
use crate::store::webhooks::{Backlog, WebhookRow};

/// How an attempt to tell a restaurant's server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttemptEnd {
    /// The server has heard.
    Heard,
    /// It has not, and is told again.
    Failed,
    /// It has not, and this was the last attempt.
    GivenUp,
}

impl AttemptEnd {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
        }
    }
}

/// Counts.
pub(crate) struct Webhooks {
    clock: Clock,
    attempts: Family<Attempt, Counter>,
    retries: Family<Event, Counter>,
    waiting: Family<Restaurant, Gauge>,
    dead: Family<Restaurant, Gauge>,
    oldest: Family<Restaurant, Gauge>,
    seen: Mutex<Vec<Backlog>>,
}

impl Webhooks {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            attempts: Family::default(),
            retries: Family::default(),
            waiting: Family::default(),
            dead: Family::default(),
            oldest: Family::default(),
            seen: Mutex::default(),
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let help = "Attempts to tell restaurants' servers of orders, by what came of them";
        registry.register("webhook_attempts", help, self.attempts.clone());
        let help = "Attempts that were not the first for what was to be told";
        registry.register("webhook_retries", help, self.retries.clone());
        let help = "What is still to be told, as the store had it when last looked at";
        registry.register("webhooks_waiting", help, self.waiting.clone());
        let help = "What was given up and is listed as such";
        registry.register("webhooks_dead", help, self.dead.clone());
        let help = "How long the oldest of what is still to be told has waited";
        registry.register_with_unit("webhook_oldest", help, Unit::Seconds, self.oldest.clone());
    }

    /// An attempt has ended.
    pub(crate) fn attempted(&self, row: &WebhookRow, end: AttemptEnd) {
        let event = Event { restaurant: row.restaurant.clone(), event: row.event.clone() };
        if row.attempts > 0 {
            self.retries.get_or_create(&event).inc();
        }
        self.attempts.get_or_create(&Attempt { event, result: end.as_str() }).inc();
    }

    /// What the store has of each restaurant that has not heard everything.
    pub(crate) fn saw(&self, backlogs: Vec<Backlog>) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = backlogs;
    }

    /// Brings the numbers of what waits up to this moment: a wait grows by itself.
    pub(super) fn look(&self) {
        let now_ms = self.clock.now().as_millisecond();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for family in [&self.waiting, &self.dead, &self.oldest] {
            family.clear();
        }
        for backlog in seen.iter() {
            let restaurant = Restaurant { restaurant: backlog.restaurant.clone() };
            let waits_ms = backlog.oldest_at_ms.map_or(0, |made_at_ms| (now_ms - made_at_ms).max(0));
            self.waiting.get_or_create(&restaurant).set(backlog.waiting);
            self.dead.get_or_create(&restaurant).set(backlog.dead);
            self.oldest.get_or_create(&restaurant).set(waits_ms / 1000);
        }
    }
}

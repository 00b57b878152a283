//! Counts the calls of one restaurant's loyalty system.

use std::sync::Arc;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use upstream::{BreakerState, CallObserver, CallOutcome};

use super::Metrics;
use super::at_hand::AtHand;
use super::labels::{Call, CallResult, System};
use crate::otel::CALLS;

/// The observer of one restaurant's loyalty system.
pub(super) struct Calls {
    pub(super) metrics: Arc<Metrics>,
    pub(super) system: System,
    pub(super) counts: AtHand<(&'static str, &'static str), Counter>,
    pub(super) times: AtHand<&'static str, Histogram>,
    /// Where the breaker is.
    pub(super) breaker: Gauge,
}

impl CallObserver for Calls {
    fn called(&self, operation: &'static str, outcome: CallOutcome, took: Duration) {
        let call = || Call { system: self.system.clone(), operation };
        if !matches!(outcome, CallOutcome::BreakerOpen | CallOutcome::Unsupported) {
            let find = || (operation, self.metrics.call_time.get_or_create(&call()).clone());
            self.times.with(|known| *known == operation, find, |time| time.observe(took.as_secs_f64()));
        }
        let outcome = word(outcome);
        let System { restaurant, system } = &self.system;
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(target: CALLS, restaurant, system, operation, outcome, took_us, "the loyalty system was asked");
        let key = (operation, outcome);
        let find = || (key, self.metrics.calls.get_or_create(&CallResult { call: call(), outcome }).clone());
        self.counts.with(
            |known| *known == key,
            find,
            |count| {
                count.inc();
            },
        );
    }

    fn breaker_is(&self, state: BreakerState) {
        let number = match state {
            BreakerState::Closed => 0,
            BreakerState::HalfOpen => 1,
            BreakerState::Open => 2,
        };
        let before = self.breaker.set(number);
        if before != number && number == 2 {
            let System { restaurant, system } = &self.system;
            tracing::warn!(
                restaurant,
                system,
                "the loyalty system does not answer and is left alone for a while"
            );
        }
    }
}

const fn word(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Answered => "answered",
        CallOutcome::Refused => "refused",
        CallOutcome::Malformed => "malformed",
        CallOutcome::Unavailable => "unavailable",
        CallOutcome::Timeout => "timeout",
        CallOutcome::Unsupported => "unsupported",
        CallOutcome::BreakerOpen => "breaker_open",
        CallOutcome::GivenUp => "given_up",
    }
}

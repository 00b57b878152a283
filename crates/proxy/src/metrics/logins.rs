//! What became of login codes: how far logins came, which sender sent, which limit refused; and whether somebody seems to
//! be guessing.
//!
//! The numbers are those of this process, since its start.

mod failure_watch;

use std::sync::{Mutex, PoisonError};

use clock::Clock;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use self::failure_watch::{FailureWatch, Turn};
use super::labels::{Message, Refusal, Step};
use crate::auth::rates::Limit;
use crate::config::Limits;
use crate::sms::SendError;

/// How far a guest has come in a login by phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginStep {
    /// A code was asked for.
    Started,
    /// A code was sent.
    Sent,
    /// A code could not be sent.
    NotSent,
    /// The right code was told.
    Verified,
    /// Another code was told.
    Wrong,
    /// The code had expired, was used, was replaced or was tried too often.
    Spent,
}

impl LoginStep {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Sent => "sent",
            Self::NotSent => "not_sent",
            Self::Verified => "verified",
            Self::Wrong => "wrong",
            Self::Spent => "spent",
        }
    }

    /// Whether a check of a code ended here, and whether the code passed.
    const fn passed(self) -> Option<bool> {
        match self {
            Self::Started | Self::Sent | Self::NotSent => None,
            Self::Verified => Some(true),
            Self::Wrong | Self::Spent => Some(false),
        }
    }
}

/// Counts. Shared by everything that has to do with login codes.
pub(crate) struct Logins {
    clock: Clock,
    steps: Family<Step, Counter>,
    messages: Family<Message, Counter>,
    refusals: Family<Refusal, Counter>,
    alarm: Gauge,
    watch: Mutex<FailureWatch>,
}

impl Logins {
    pub(super) fn new(clock: Clock, limits: &Limits) -> Self {
        Self {
            clock,
            steps: Family::default(),
            messages: Family::default(),
            refusals: Family::default(),
            alarm: Gauge::default(),
            watch: Mutex::new(FailureWatch::new(limits.failed_checks_percent, limits.failed_checks_least)),
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("login_steps", "How far logins by phone have come", self.steps.clone());
        let help = "Attempts to send a login code, by the sender and what came of them";
        registry.register("login_messages", help, self.messages.clone());
        let help = "Codes that were not sent and checks that were not made because of a limit";
        registry.register("login_refusals", help, self.refusals.clone());
        let help = "Whether so many login codes are wrong that somebody may be guessing: 0 no, 1 yes";
        registry.register("login_alarm", help, self.alarm.clone());
    }

    /// A guest has come this far. The log hears of it once when checks begin to fail as guesses do, and once when that is
    /// over.
    pub(crate) fn reached(&self, step: LoginStep) {
        self.steps.get_or_create(&Step { step: step.as_str() }).inc();
        if let Some(passed) = step.passed() {
            self.tell(|watch, now_ms| watch.note(now_ms, passed));
        }
    }

    /// A sender was given a code to send.
    pub(crate) fn sent(&self, sender: &str, answer: Result<(), SendError>) {
        let message = Message { sender: sender.to_owned(), outcome: word(answer) };
        self.messages.get_or_create(&message).inc();
    }

    /// A limit has refused a request.
    pub(crate) fn refused(&self, limit: Limit) {
        self.refusals.get_or_create(&Refusal { limit: limit.as_str() }).inc();
    }

    /// An alarm ends also where nobody tries a code any more.
    pub(super) fn look(&self) {
        self.tell(FailureWatch::look);
    }

    fn tell(&self, turn: impl FnOnce(&mut FailureWatch, i64) -> Option<Turn>) {
        let now_ms = self.clock.now().as_millisecond();
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        match turn(&mut watch, now_ms) {
            None => {}
            Some(Turn::Raised) => {
                self.alarm.set(1);
                tracing::warn!("unusually many login codes are wrong: somebody may be guessing");
            }
            Some(Turn::Over) => {
                self.alarm.set(0);
                tracing::warn!("login codes are no longer wrong unusually often");
            }
        }
    }
}

const fn word(answer: Result<(), SendError>) -> &'static str {
    match answer {
        Ok(()) => "sent",
        Err(SendError::NotReached) => "not_reached",
        Err(SendError::BrokenOff) => "broken_off",
        Err(SendError::TimedOut) => "timed_out",
        Err(SendError::Refused(_)) => "refused",
        Err(SendError::Malformed) => "malformed",
    }
}

//! What became of login codes, in numbers: how many were asked for, left, were tried, were refused; and whether somebody
//! seems to be guessing.
//!
//! Knows no phone and no address. The numbers are those of this process, since its start.

mod failure_watch;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use clock::Clock;

use self::failure_watch::{FailureWatch, Turn};
use crate::config::Limits;
use crate::sms::SendError;

/// What came of one attempt to send a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SendOutcome {
    /// It left.
    Sent,
    /// The gateway could not be reached.
    NotReached,
    /// The connection broke before an answer.
    BrokenOff,
    /// The gateway did not answer in time.
    TimedOut,
    /// The gateway said no.
    Refused,
    /// The gateway's answer cannot be understood.
    Malformed,
}

impl SendOutcome {
    pub(crate) const fn of(answer: Result<(), SendError>) -> Self {
        match answer {
            Ok(()) => Self::Sent,
            Err(SendError::NotReached) => Self::NotReached,
            Err(SendError::BrokenOff) => Self::BrokenOff,
            Err(SendError::TimedOut) => Self::TimedOut,
            Err(SendError::Refused(_)) => Self::Refused,
            Err(SendError::Malformed) => Self::Malformed,
        }
    }

    /// A label for a metric.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NotReached => "not_reached",
            Self::BrokenOff => "broken_off",
            Self::TimedOut => "timed_out",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
        }
    }
}

/// Which limit refused a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The wait between two codes of a phone.
    ResendWait,
    /// A phone's codes in a day.
    PhoneDay,
    /// The codes in an hour to numbers that are nearly alike.
    PrefixHour,
    /// An address's codes in an hour.
    AddressHour,
    /// An address's checks in an hour.
    AddressChecks,
}

impl Limit {
    /// A label for a metric.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResendWait => "resend_wait",
            Self::PhoneDay => "phone_day",
            Self::PrefixHour => "prefix_hour",
            Self::AddressHour => "address_hour",
            Self::AddressChecks => "address_checks",
        }
    }
}

/// The numbers at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoginNumbers {
    /// Attempts to send, by the sender's name and what came of them.
    pub sendings: BTreeMap<(String, SendOutcome), u64>,
    /// Checks of a code that was right.
    pub checks_passed: u64,
    /// Checks of a code that was wrong, or no longer good.
    pub checks_failed: u64,
    /// Requests that a limit refused.
    pub refused: BTreeMap<Limit, u64>,
    /// Whether so many checks fail that somebody seems to be guessing.
    pub is_alarmed: bool,
}

/// Counts. Shared by everything that has to do with login codes.
#[derive(Debug)]
pub struct LoginFigures {
    clock: Clock,
    inner: Mutex<(LoginNumbers, FailureWatch)>,
}

impl LoginFigures {
    pub(crate) fn new(clock: Clock, limits: &Limits) -> Self {
        let watch = FailureWatch::new(limits.failed_checks_percent, limits.failed_checks_least);
        Self { clock, inner: Mutex::new((LoginNumbers::default(), watch)) }
    }

    /// The numbers now.
    #[must_use]
    pub fn read(&self) -> LoginNumbers {
        let now_ms = self.clock.now().as_millisecond();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let (numbers, watch) = &mut *inner;
        tell(watch.look(now_ms));
        LoginNumbers { is_alarmed: watch.is_raised(), ..numbers.clone() }
    }

    pub(crate) fn sent(&self, sender: &str, outcome: SendOutcome) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *inner.0.sendings.entry((sender.to_owned(), outcome)).or_default() += 1;
    }

    pub(crate) fn refused(&self, limit: Limit) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *inner.0.refused.entry(limit).or_default() += 1;
    }

    /// Counts a check; the log hears of it once when checks begin to fail as guesses do, and once when that is over.
    pub(crate) fn checked(&self, passed: bool) {
        let now_ms = self.clock.now().as_millisecond();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let (numbers, watch) = &mut *inner;
        if passed {
            numbers.checks_passed += 1;
        } else {
            numbers.checks_failed += 1;
        }
        tell(watch.note(now_ms, passed));
    }
}

fn tell(turn: Option<Turn>) {
    match turn {
        None => {}
        Some(Turn::Raised) => {
            tracing::warn!("unusually many login codes are wrong: somebody may be guessing");
        }
        Some(Turn::Over) => tracing::warn!("login codes are no longer wrong unusually often"),
    }
}

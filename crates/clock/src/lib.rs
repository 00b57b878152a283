//! The time of day as a value that is handed in, so that tests can move it.
//!
//! The proxy, the upstream clients and the sandbox ask a [`Clock`] and nothing else for the time; `cargo xtask tidy`
//! holds them to it. Waiting (timeouts, sleeps) is the runtime's business, not this crate's.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Where the time comes from. Clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Milliseconds ahead of the machine's clock.
    Shifted(Arc<AtomicI64>),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that runs with the machine's, ahead of it by `shift_ms` milliseconds, which may be changed.
    #[must_use]
    pub fn shifted(shift_ms: i64) -> Self {
        Self(Source::Shifted(Arc::new(AtomicI64::new(shift_ms))))
    }

    /// A clock that stands still at `start`, to the millisecond, until it is moved.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.as_millisecond()))))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => machine_now(),
            Source::Shifted(shift_ms) => {
                from_ms(machine_now().as_millisecond().saturating_add(shift_ms.load(Ordering::SeqCst)))
            }
            Source::Manual(millis) => from_ms(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a shifted or manual clock; the machine's clock cannot be moved, and says so by `false`.
    pub fn advance(&self, by: SignedDuration) -> bool {
        match &self.0 {
            Source::System => false,
            Source::Shifted(millis) | Source::Manual(millis) => {
                let step_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
                let moved = |now_ms: i64| Some(now_ms.saturating_add(step_ms));
                // The closure always gives a value, so this cannot fail.
                millis.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved).is_ok()
            }
        }
    }

    /// Lets a shifted clock run on from `to`, or a manual one stand there; the machine's clock cannot be set, and says
    /// so by `false`.
    pub fn set(&self, to: Timestamp) -> bool {
        match &self.0 {
            Source::System => return false,
            Source::Shifted(shift_ms) => {
                shift_ms.store(to.as_millisecond() - machine_now().as_millisecond(), Ordering::SeqCst);
            }
            Source::Manual(millis) => millis.store(to.as_millisecond(), Ordering::SeqCst),
        }
        true
    }

    /// How far a shifted clock is ahead of the machine's, in milliseconds; `None` for the other clocks.
    #[must_use]
    pub fn shift_ms(&self) -> Option<i64> {
        match &self.0 {
            Source::Shifted(shift_ms) => Some(shift_ms.load(Ordering::SeqCst)),
            Source::System | Source::Manual(_) => None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that may ask the machine")]
fn machine_now() -> Timestamp {
    Timestamp::now()
}

/// The moment, or the last one there is.
fn from_ms(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_manual_clock_move_together() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let other = clock.clone();
        assert!(other.advance(SignedDuration::from_secs(90)));
        assert_eq!(clock.now().as_second(), 90);
    }

    #[test]
    fn the_system_clock_cannot_be_moved() {
        assert!(!Clock::system().advance(SignedDuration::from_secs(1)));
        assert!(!Clock::system().set(Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn a_shifted_clock_runs_on_from_where_it_is_set() {
        let clock = Clock::shifted(0);
        let other = clock.clone();
        assert!(clock.set(Timestamp::UNIX_EPOCH));
        let first = other.now();
        assert!((0..60_000).contains(&first.as_millisecond()), "{first}");
        assert!(other.advance(SignedDuration::from_hours(1)));
        std::thread::sleep(std::time::Duration::from_millis(2));
        let later = clock.now().as_millisecond() - first.as_millisecond();
        assert!((3_600_002..3_660_000).contains(&later), "{later}");
    }

    #[test]
    fn a_clock_can_be_made_again_from_its_shift() {
        let clock = Clock::shifted(0);
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(clock.shift_ms(), Some(86_400_000));
        let again = Clock::shifted(86_400_000);
        assert!(again.now().duration_since(clock.now()) < SignedDuration::from_secs(60));
        assert_eq!(Clock::system().shift_ms(), None);
    }
}

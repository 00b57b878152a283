//! Leaves a loyalty system alone that is down: after some failures in a row nothing is sent for a while, and then one
//! request tries whether it is back, on which those that come meanwhile wait.
//!
//! Owns the three states and nothing else: sends nothing, starts no timer, and has the time from the clock it was given.

use std::sync::{Mutex, MutexGuard, PoisonError};

use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

/// When a breaker opens, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerOptions {
    /// After so many failures in a row; at least one.
    pub failures: u32,
    /// Nothing is sent for so long.
    pub open: SignedDuration,
}

/// Where a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    /// Requests go through.
    Closed,
    /// One request tries; the others wait for what becomes of it.
    HalfOpen,
    /// Nothing is sent.
    Open,
}

/// What a request has shown of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// It answers, be it a refusal.
    Up,
    /// It does not.
    Down,
    /// Nothing: the request was given up, or nothing was sent.
    Nothing,
}

/// The right to send one request, to be given back by [`Breaker::report`].
#[derive(Debug)]
pub(crate) struct Permit {
    is_probe: bool,
}

/// Whether a request may be sent.
#[derive(Debug)]
enum Admission {
    Yes(Permit),
    No,
    /// Another one tries just now. To refuse this one would not do: the calls that answer one question go together, and
    /// whoever asks it gives all of them up where one fails, the one that tries among them.
    Wait,
}

#[derive(Debug)]
enum State {
    Closed { failures: u32 },
    Open { since: Timestamp },
    HalfOpen { is_probed: bool },
}

/// The breaker of one system.
#[derive(Debug)]
pub(crate) struct Breaker {
    clock: Clock,
    options: BreakerOptions,
    state: Mutex<State>,
    /// Told when the one that tries has ended.
    tried: Notify,
}

impl Breaker {
    pub(crate) fn new(clock: Clock, options: BreakerOptions) -> Self {
        Self { clock, options, state: Mutex::new(State::Closed { failures: 0 }), tried: Notify::new() }
    }

    /// The right to send, unless the system is being left alone.
    pub(crate) async fn admit(&self) -> Option<Permit> {
        loop {
            // Listens before it looks, so that an end in between is not missed.
            let mut tried = std::pin::pin!(self.tried.notified());
            tried.as_mut().enable();
            match self.try_admit() {
                Admission::Yes(permit) => return Some(permit),
                Admission::No => return None,
                Admission::Wait => tried.await,
            }
        }
    }

    fn try_admit(&self) -> Admission {
        let mut state = self.lock();
        if let State::Open { since } = *state {
            let left_alone = self.clock.now().duration_since(since);
            // A clock that was set back must not keep the breaker open for hours.
            if left_alone < self.options.open && !left_alone.is_negative() {
                return Admission::No;
            }
            *state = State::HalfOpen { is_probed: false };
        }
        match &mut *state {
            State::HalfOpen { is_probed: true } => Admission::Wait,
            State::Open { .. } => Admission::No,
            State::HalfOpen { is_probed } => {
                *is_probed = true;
                Admission::Yes(Permit { is_probe: true })
            }
            State::Closed { .. } => Admission::Yes(Permit { is_probe: false }),
        }
    }

    /// Takes note of what became of a request.
    ///
    /// Once the breaker is open only the probe counts: what was under way before tells of the past.
    #[expect(clippy::needless_pass_by_value, reason = "a permit is good for one report")]
    pub(crate) fn report(&self, permit: Permit, shown: Shown) {
        let mut state = self.lock();
        match (&mut *state, permit.is_probe, shown) {
            (State::Closed { failures }, _, Shown::Up) => *failures = 0,
            (State::Closed { failures }, _, Shown::Down) => {
                *failures += 1;
                if *failures >= self.options.failures {
                    *state = State::Open { since: self.clock.now() };
                }
            }
            (State::HalfOpen { .. }, true, Shown::Up) => *state = State::Closed { failures: 0 },
            (State::HalfOpen { .. }, true, Shown::Down) => *state = State::Open { since: self.clock.now() },
            (State::HalfOpen { is_probed }, true, Shown::Nothing) => *is_probed = false,
            _ => {}
        }
        drop(state);
        if permit.is_probe {
            self.tried.notify_waiters();
        }
    }

    pub(crate) fn state(&self) -> BreakerState {
        match *self.lock() {
            State::Closed { .. } => BreakerState::Closed,
            State::HalfOpen { .. } => BreakerState::HalfOpen,
            State::Open { .. } => BreakerState::Open,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> (Breaker, Clock) {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let options = BreakerOptions { failures: 3, open: SignedDuration::from_secs(10) };
        (Breaker::new(clock.clone(), options), clock)
    }

    fn admitted(breaker: &Breaker) -> Option<Permit> {
        match breaker.try_admit() {
            Admission::Yes(permit) => Some(permit),
            Admission::No | Admission::Wait => None,
        }
    }

    fn show(breaker: &Breaker, shown: Shown) {
        let permit = admitted(breaker).expect("admitted");
        breaker.report(permit, shown);
    }

    fn opened() -> (Breaker, Clock) {
        let (breaker, clock) = breaker();
        (0..3).for_each(|_| show(&breaker, Shown::Down));
        (breaker, clock)
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_not_before() {
        let (breaker, _) = breaker();
        for shown in [Shown::Down, Shown::Down, Shown::Up, Shown::Down, Shown::Nothing, Shown::Down] {
            show(&breaker, shown);
            assert_eq!(breaker.state(), BreakerState::Closed);
        }
        show(&breaker, Shown::Down);
        assert_eq!(breaker.state(), BreakerState::Open);
        assert!(admitted(&breaker).is_none());
    }

    #[test]
    fn after_a_while_one_request_tries_and_its_success_closes() {
        let (breaker, clock) = opened();
        clock.advance(SignedDuration::from_millis(9_999));
        assert!(admitted(&breaker).is_none());
        clock.advance(SignedDuration::from_millis(1));
        let probe = admitted(&breaker).expect("one may try");
        assert_eq!(breaker.state(), BreakerState::HalfOpen);
        assert!(matches!(breaker.try_admit(), Admission::Wait), "only one");
        breaker.report(probe, Shown::Up);
        assert_eq!(breaker.state(), BreakerState::Closed);
        show(&breaker, Shown::Down);
        assert_eq!(breaker.state(), BreakerState::Closed, "it counts anew");
    }

    #[test]
    fn a_failed_try_opens_it_for_as_long_again() {
        let (breaker, clock) = opened();
        clock.advance(SignedDuration::from_secs(10));
        show(&breaker, Shown::Down);
        assert_eq!(breaker.state(), BreakerState::Open);
        clock.advance(SignedDuration::from_secs(9));
        assert!(admitted(&breaker).is_none());
        clock.advance(SignedDuration::from_secs(1));
        assert!(admitted(&breaker).is_some());
    }

    #[test]
    fn a_try_that_was_given_up_lets_the_next_one_try() {
        let (breaker, clock) = opened();
        clock.advance(SignedDuration::from_secs(10));
        show(&breaker, Shown::Nothing);
        show(&breaker, Shown::Up);
        assert_eq!(breaker.state(), BreakerState::Closed);
    }

    #[test]
    fn what_was_under_way_before_it_opened_changes_nothing() {
        let (breaker, clock) = breaker();
        let early = [admitted(&breaker).expect("admitted"), admitted(&breaker).expect("admitted")];
        (0..3).for_each(|_| show(&breaker, Shown::Down));
        clock.advance(SignedDuration::from_secs(10));
        let probe = admitted(&breaker).expect("one may try");
        for (permit, shown) in early.into_iter().zip([Shown::Up, Shown::Down]) {
            breaker.report(permit, shown);
            assert_eq!(breaker.state(), BreakerState::HalfOpen);
        }
        breaker.report(probe, Shown::Up);
        assert_eq!(breaker.state(), BreakerState::Closed);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_it_open() {
        let (breaker, clock) = opened();
        assert!(clock.set("1969-12-31T00:00:00Z".parse().expect("a time")));
        assert!(admitted(&breaker).is_some());
    }

    #[tokio::test]
    async fn those_that_come_meanwhile_go_through_once_the_try_has_succeeded() {
        let (breaker, clock) = opened();
        clock.advance(SignedDuration::from_secs(10));
        let probe = breaker.admit().await.expect("one may try");
        let succeed = async { breaker.report(probe, Shown::Up) };
        let (waiting, other, ()) = tokio::join!(breaker.admit(), breaker.admit(), succeed);
        assert!(waiting.is_some() && other.is_some());
    }

    #[tokio::test]
    async fn those_that_come_meanwhile_are_refused_once_the_try_has_failed() {
        let (breaker, clock) = opened();
        clock.advance(SignedDuration::from_secs(10));
        let probe = breaker.admit().await.expect("one may try");
        let fail = async { breaker.report(probe, Shown::Down) };
        let (waiting, other, ()) = tokio::join!(breaker.admit(), breaker.admit(), fail);
        assert!(waiting.is_none() && other.is_none());
    }
}

//! The breaker before a client: when nothing is sent, what that means for a write, and what is told of each call.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clock::Clock;
use contract::{Money, Phone};
use jiff::{SignedDuration, Timestamp};
use upstream::program::{GuestKey, OrderRef};
use upstream::{
    BreakerOptions, BreakerState, CallObserver, CallOutcome, Guarded, LoyaltyProgram, UpstreamError,
};
use uuid::Uuid;

use crate::stub::{Stub, plazius};

#[derive(Default)]
struct Told {
    calls: Mutex<Vec<(&'static str, CallOutcome)>>,
    state: Mutex<Option<BreakerState>>,
}

impl CallObserver for Told {
    fn called(&self, operation: &'static str, outcome: CallOutcome, _: Duration) {
        self.calls.lock().expect("not poisoned").push((operation, outcome));
    }

    fn breaker_is(&self, state: BreakerState) {
        *self.state.lock().expect("not poisoned") = Some(state);
    }
}

struct Stand {
    stub: Stub,
    is_down: Arc<AtomicBool>,
    clock: Clock,
    told: Arc<Told>,
    guarded: Guarded,
}

/// A system that is down until it is told to be up, behind a breaker that opens after two failures for ten seconds.
async fn stand() -> Stand {
    let is_down = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&is_down);
    let stub = Stub::start(move |_| {
        let status = if switch.load(Ordering::SeqCst) { 503 } else { 200 };
        (status, String::new(), Duration::ZERO)
    })
    .await;
    let clock = Clock::manual(Timestamp::UNIX_EPOCH);
    let told = Arc::new(Told::default());
    let inner = Box::new(plazius(&format!("http://{}/pub", stub.address), clock.clone(), false));
    let options = BreakerOptions { failures: 2, open: SignedDuration::from_secs(10) };
    let guarded = Guarded::new(inner, clock.clone(), options, Arc::clone(&told) as Arc<dyn CallObserver>);
    Stand { stub, is_down, clock, told, guarded }
}

impl Stand {
    async fn reset(&self) -> Result<(), UpstreamError> {
        let order = OrderRef {
            order_id: Uuid::nil(),
            reference: None,
            guest: &ivan(),
            items_total: Money::ZERO,
            payment: Money::ZERO,
        };
        self.guarded.reset(order, Timestamp::UNIX_EPOCH).await
    }

    fn state(&self) -> BreakerState {
        self.told.state.lock().expect("not poisoned").expect("told")
    }
}

fn ivan() -> GuestKey {
    GuestKey::Phone(Phone::parse("+79990001122").expect("E.164"))
}

#[tokio::test]
async fn a_write_that_an_open_breaker_stops_was_not_sent_and_is_not_in_doubt() {
    let stand = stand().await;
    assert_eq!(stand.state(), BreakerState::Closed);
    for _ in 0..2 {
        let error = stand.reset().await.expect_err("it is down");
        assert!(error.in_doubt(), "a write that failed there may have been done: {error:?}");
    }
    assert_eq!(stand.state(), BreakerState::Open);
    let sent = stand.stub.all().len();
    let error = stand.reset().await.expect_err("it is left alone");
    assert!(matches!(error, UpstreamError::Unavailable { in_doubt: false, .. }), "{error:?}");
    assert_eq!(stand.stub.all().len(), sent, "nothing was sent");
    let told = stand.told.calls.lock().expect("not poisoned").clone();
    let expected = [CallOutcome::Unavailable, CallOutcome::Unavailable, CallOutcome::BreakerOpen]
        .map(|outcome| ("reset", outcome));
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_answer_nobody_can_believe_leaves_it_to_the_next_request_to_try() {
    let stand = stand().await;
    while stand.state() != BreakerState::Open {
        stand.reset().await.expect_err("it is down");
    }
    stand.is_down.store(false, Ordering::SeqCst);
    stand.reset().await.expect_err("the breaker does not know yet");
    stand.clock.advance(SignedDuration::from_secs(10));
    // The empty answer is none that Plazius gives: it neither closes the breaker nor opens it, and the next one may try.
    let error = stand.reset().await.expect_err("nothing to believe");
    assert!(matches!(error, UpstreamError::Malformed { .. }), "{error:?}");
    assert_eq!(stand.state(), BreakerState::HalfOpen);
}

#[tokio::test]
async fn a_call_that_is_given_up_is_told_and_does_not_keep_others_from_trying() {
    let stand = stand().await;
    while stand.state() != BreakerState::Open {
        stand.reset().await.expect_err("it is down");
    }
    stand.clock.advance(SignedDuration::from_secs(10));
    let mut call = Box::pin(stand.reset());
    let polled = poll_once(&mut call);
    assert!(polled.is_pending());
    drop(call);
    let last = stand.told.calls.lock().expect("not poisoned").last().copied();
    assert_eq!(last, Some(("reset", CallOutcome::GivenUp)));
    let error = stand.reset().await.expect_err("it is still down");
    assert!(error.in_doubt(), "the next one was sent: {error:?}");
    assert_eq!(stand.state(), BreakerState::Open);
}

/// Polls once, as a runtime would.
fn poll_once<F: Future + Unpin>(future: &mut F) -> std::task::Poll<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    std::pin::Pin::new(future).poll(&mut context)
}

//! A loyalty system behind a breaker, whose every call is told to an observer.
//!
//! Asks nothing by itself and changes no answer: a call goes to the system as it came, or, while the breaker is open,
//! not at all. Then it fails as unavailable and is not in doubt, because nothing was sent.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use contract::Phone;
use jiff::Timestamp;
use tokio::time::Instant;

use crate::UpstreamError;
use crate::breaker::{Breaker, BreakerOptions, BreakerState, Permit, Shown};
use crate::program::{
    Answer, Calculation, Capabilities, Confirmation, Confirmed, Guest, GuestAccount, GuestKey,
    LoyaltyProgram, OrderRecord, OrderRef, PaymentCode, Question, Refund, SentCode, Wallet,
};

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOutcome {
    /// It was answered.
    Answered,
    /// The system refused.
    Refused,
    /// The answer cannot be believed.
    Malformed,
    /// The system is not reachable or cannot work.
    Unavailable,
    /// No answer in time.
    Timeout,
    /// The system cannot be asked this; nothing was sent.
    Unsupported,
    /// The breaker is open; nothing was sent.
    BreakerOpen,
    /// Whoever asked no longer wants to know.
    GivenUp,
}

/// Who is told of each call.
pub trait CallObserver: Send + Sync {
    /// A call of the method `operation` has ended.
    fn called(&self, operation: &'static str, outcome: CallOutcome, took: Duration);

    /// Where the breaker stands now; told after each call.
    fn breaker_is(&self, state: BreakerState);
}

/// A loyalty system, guarded.
pub struct Guarded {
    inner: Box<dyn LoyaltyProgram>,
    breaker: Breaker,
    observer: Arc<dyn CallObserver>,
}

impl Guarded {
    /// Guards a system.
    #[must_use]
    pub fn new(
        inner: Box<dyn LoyaltyProgram>,
        clock: Clock,
        options: BreakerOptions,
        observer: Arc<dyn CallObserver>,
    ) -> Self {
        observer.breaker_is(BreakerState::Closed);
        Self { inner, breaker: Breaker::new(clock, options), observer }
    }

    /// Lets `answer` happen, which sends nothing before it is awaited.
    fn guard<'a, T: Send + 'a>(&'a self, operation: &'static str, answer: Answer<'a, T>) -> Answer<'a, T> {
        Box::pin(async move {
            let Some(permit) = self.breaker.admit().await else {
                self.observer.called(operation, CallOutcome::BreakerOpen, Duration::ZERO);
                let reason = "it did not answer before, and is left alone for a while".to_owned();
                return Err(UpstreamError::Unavailable { reason, in_doubt: false });
            };
            let mut call = Call {
                guarded: self,
                operation,
                permit: Some(permit),
                began: Instant::now(),
                outcome: CallOutcome::GivenUp,
            };
            let answer = answer.await;
            call.outcome = outcome(&answer);
            answer
        })
    }
}

/// A call under way. Its end is told also where it is dropped in the middle.
struct Call<'a> {
    guarded: &'a Guarded,
    operation: &'static str,
    permit: Option<Permit>,
    began: Instant,
    outcome: CallOutcome,
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let Guarded { breaker, observer, .. } = self.guarded;
        if let Some(permit) = self.permit.take() {
            breaker.report(permit, shown(self.outcome));
        }
        observer.called(self.operation, self.outcome, self.began.elapsed());
        observer.breaker_is(breaker.state());
    }
}

fn outcome<T>(answer: &Result<T, UpstreamError>) -> CallOutcome {
    match answer {
        Ok(_) => CallOutcome::Answered,
        Err(UpstreamError::Refused { .. }) => CallOutcome::Refused,
        Err(UpstreamError::Malformed { .. }) => CallOutcome::Malformed,
        Err(UpstreamError::Unavailable { .. }) => CallOutcome::Unavailable,
        Err(UpstreamError::Timeout { .. }) => CallOutcome::Timeout,
        Err(UpstreamError::Unsupported { .. }) => CallOutcome::Unsupported,
    }
}

/// An answer nobody can believe says neither that the system works nor that it is down.
const fn shown(outcome: CallOutcome) -> Shown {
    match outcome {
        CallOutcome::Answered | CallOutcome::Refused => Shown::Up,
        CallOutcome::Unavailable | CallOutcome::Timeout => Shown::Down,
        CallOutcome::Malformed
        | CallOutcome::Unsupported
        | CallOutcome::BreakerOpen
        | CallOutcome::GivenUp => Shown::Nothing,
    }
}

impl LoyaltyProgram for Guarded {
    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn reach(&self) -> Answer<'_, ()> {
        self.guard("reach", self.inner.reach())
    }

    fn guest<'a>(&'a self, key: &'a GuestKey) -> Answer<'a, Option<Guest>> {
        self.guard("guest", self.inner.guest(key))
    }

    fn join<'a>(&'a self, phone: &'a Phone) -> Answer<'a, ()> {
        self.guard("join", self.inner.join(phone))
    }

    fn wallet<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Wallet> {
        self.guard("wallet", self.inner.wallet(guest))
    }

    fn calculate<'a>(&'a self, question: Question<'a>) -> Answer<'a, Calculation> {
        self.guard("calculate", self.inner.calculate(question))
    }

    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, Confirmed> {
        self.guard("confirm", self.inner.confirm(confirmation))
    }

    fn reset<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        self.guard("reset", self.inner.reset(order, at))
    }

    fn abort<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        self.guard("abort", self.inner.abort(order, at))
    }

    fn close<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        self.guard("close", self.inner.close(order, at))
    }

    fn refund<'a>(&'a self, order: OrderRef<'a>, refund: Refund<'a>) -> Answer<'a, ()> {
        self.guard("refund", self.inner.refund(order, refund))
    }

    fn order<'a>(&'a self, order: OrderRef<'a>) -> Answer<'a, Option<OrderRecord>> {
        self.guard("order", self.inner.order(order))
    }

    fn payment_code<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, PaymentCode> {
        self.guard("payment_code", self.inner.payment_code(guest))
    }

    fn send_code<'a>(&'a self, phone: &'a Phone) -> Answer<'a, SentCode> {
        self.guard("send_code", self.inner.send_code(phone))
    }

    fn check_code<'a>(&'a self, phone: &'a Phone, code: &'a str) -> Answer<'a, bool> {
        self.guard("check_code", self.inner.check_code(phone, code))
    }

    /// Unguarded: no guest waits for these.
    fn accounts(&self) -> Option<&dyn GuestAccount> {
        self.inner.accounts()
    }
}

//! Random walks through the lives of orders, each step held against a model of a dozen lines.

use proptest::prelude::*;

use crate::orders::{Cart, abort, close, plain, reset};
use crate::stand::{Answer, IVAN, MARIA, Stand};

const GUESTS: [&str; 2] = [IVAN, MARIA];

/// Each order is of 200.00, half of it payable, 5 % back.
const HALF_MINOR: i64 = 10_000;

#[derive(Clone, Copy, Debug)]
enum Step {
    Confirm { order: usize, guest: usize, payment_minor: i64 },
    Reset { order: usize },
    Abort { order: usize },
    Close { order: usize },
    Restart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unknown,
    Open,
    Confirmed { guest: usize, payment_minor: i64 },
    Closed,
    Aborted,
}

/// What must come of a step: success, or this code.
type Expected = Result<(), &'static str>;

struct Model {
    balances: [i64; 2],
    orders: [State; 4],
}

impl Model {
    fn confirm(&mut self, order: usize, guest: usize, payment_minor: i64) -> Expected {
        let asked = State::Confirmed { guest, payment_minor };
        match self.orders[order] {
            State::Closed => Err("1001"),
            State::Aborted => Err("1002"),
            state if state == asked => Ok(()),
            State::Confirmed { .. } => Err("9004"),
            State::Unknown | State::Open if payment_minor > HALF_MINOR.min(self.balances[guest]) => {
                Err("9004")
            }
            State::Unknown | State::Open => {
                self.balances[guest] -= payment_minor;
                self.orders[order] = asked;
                Ok(())
            }
        }
    }

    fn leave(&mut self, order: usize, to: State) -> Expected {
        match (self.orders[order], to) {
            (State::Unknown, _) | (State::Open, State::Closed) => return Err("9004"),
            (State::Closed, State::Closed) | (State::Aborted, State::Aborted) => return Ok(()),
            (State::Closed, _) => return Err("1001"),
            (State::Aborted, _) => return Err("1002"),
            (State::Confirmed { guest, payment_minor }, State::Closed) => {
                self.balances[guest] += ((20_000 - payment_minor) * 5 + 50) / 100;
            }
            (State::Confirmed { guest, payment_minor }, _) => self.balances[guest] += payment_minor,
            (State::Open, _) => {}
        }
        self.orders[order] = to;
        Ok(())
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let payment = prop_oneof![Just(0), Just(HALF_MINOR), 0..=HALF_MINOR + 500];
    let step = prop_oneof![
        5 => (0..4_usize, 0..2_usize, payment)
            .prop_map(|(order, guest, payment_minor)| Step::Confirm { order, guest, payment_minor }),
        3 => (0..4_usize).prop_map(|order| Step::Reset { order }),
        1 => (0..4_usize).prop_map(|order| Step::Abort { order }),
        2 => (0..4_usize).prop_map(|order| Step::Close { order }),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec(step, 1..30)
}

fn id(order: usize) -> String {
    format!("00000000-0000-4000-8000-00000000000{order}")
}

fn held(expected: Expected, answer: &Answer) {
    match expected {
        Ok(()) => drop(answer.ok()),
        Err(code) => drop(answer.refused(code)),
    }
}

async fn walk(steps: &[Step]) {
    let mut stand = Stand::start().await;
    let mut model = Model { balances: [10_000, 123_058], orders: [State::Unknown; 4] };
    for step in steps {
        match *step {
            Step::Confirm { order, guest, payment_minor } => {
                let cart = Cart::of(GUESTS[guest], vec![plain(20_000)]);
                let answer = cart.confirm(&stand, &id(order), payment_minor).await;
                held(model.confirm(order, guest, payment_minor), &answer);
            }
            Step::Reset { order } => {
                held(model.leave(order, State::Open), &reset(&stand, &id(order)).await);
            }
            Step::Abort { order } => {
                held(model.leave(order, State::Aborted), &abort(&stand, &id(order)).await);
            }
            Step::Close { order } => {
                held(model.leave(order, State::Closed), &close(&stand, &id(order)).await);
            }
            Step::Restart => stand.restart(),
        }
        stand.sandbox.check().expect("the books hold together after every step");
        for (phone, balance) in GUESTS.into_iter().zip(model.balances) {
            let amount = contract::decimal::Decimal::<2>(balance);
            assert_eq!(stand.balance(phone).await, amount.to_string(), "{phone} after {step:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn every_walk_keeps_the_books_and_agrees_with_the_model(steps in steps()) {
        tokio::runtime::Runtime::new().expect("a runtime").block_on(walk(&steps));
    }
}

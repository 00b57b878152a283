//! What may happen to two guests and three orders, and how often.

use proptest::prelude::*;

/// One request, or one thing that happens beside the requests. Amounts are in kopecks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Save {
        guest: usize,
        name: u8,
    },
    Rename {
        guest: usize,
        name: Option<u8>,
    },
    AddBonus {
        guest: usize,
        minor: i64,
    },
    WriteOff {
        guest: usize,
        minor: i64,
    },
    AddCard {
        guest: usize,
        card: usize,
    },
    GenerateCard {
        guest: usize,
    },
    Confirm {
        order: usize,
        guest: usize,
        portions: i64,
        payment_minor: i64,
        with_code: bool,
    },
    /// The very request that was confirmed last, once more.
    ConfirmAgain {
        order: usize,
    },
    Reset {
        order: usize,
    },
    Abort {
        order: usize,
    },
    Close {
        order: usize,
    },
    /// Some portions, often more than are left, or all that are.
    Refund {
        order: usize,
        refund: usize,
        portions: Option<i64>,
    },
    Pass {
        minutes: i64,
    },
    Restart,
}

pub(super) const GUESTS: usize = 2;
pub(super) const ORDERS: usize = 3;
pub(super) const CARDS: usize = 3;
pub(super) const REFUNDS: usize = 4;

fn order_step() -> impl Strategy<Value = Step> {
    let order = || 0..ORDERS;
    let payment = prop_oneof![2 => Just(0), 5 => 1..=5_000_i64, 2 => 5_001..=20_000_i64];
    prop_oneof![
        60 => (order(), 0..GUESTS, 1..=4_i64, payment, any::<bool>()).prop_map(
            |(order, guest, portions, payment_minor, with_code)| Step::Confirm {
                order, guest, portions, payment_minor, with_code
            }
        ),
        10 => order().prop_map(|order| Step::ConfirmAgain { order }),
        10 => order().prop_map(|order| Step::Reset { order }),
        15 => order().prop_map(|order| Step::Abort { order }),
        60 => order().prop_map(|order| Step::Close { order }),
        50 => (order(), 0..REFUNDS, proptest::option::weighted(0.7, 1..=6_i64))
            .prop_map(|(order, refund, portions)| Step::Refund { order, refund, portions }),
    ]
}

fn guest_step() -> impl Strategy<Value = Step> {
    let guest = || 0..GUESTS;
    prop_oneof![
        3 => (guest(), any::<u8>()).prop_map(|(guest, name)| Step::Save { guest, name }),
        2 => (guest(), any::<Option<u8>>()).prop_map(|(guest, name)| Step::Rename { guest, name }),
        6 => (guest(), 0..=30_000_i64).prop_map(|(guest, minor)| Step::AddBonus { guest, minor }),
        5 => (guest(), 0..=20_000_i64).prop_map(|(guest, minor)| Step::WriteOff { guest, minor }),
        3 => (guest(), 0..CARDS).prop_map(|(guest, card)| Step::AddCard { guest, card }),
        2 => guest().prop_map(|guest| Step::GenerateCard { guest }),
        1 => (0..=3_000_i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// Nearly always there, and with something to spend.
fn beginning(guest: usize) -> impl Strategy<Value = Vec<Step>> {
    (proptest::bool::weighted(0.9), any::<u8>(), 1..=40_000_i64).prop_map(move |(is_there, name, minor)| {
        let steps = vec![Step::Save { guest, name }, Step::AddBonus { guest, minor }];
        if is_there { steps } else { Vec::new() }
    })
}

/// Up to two dozen steps with those that begin; a restart, which takes longest, now and then.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![200 => order_step(), 60 => guest_step(), 1 => Just(Step::Restart)];
    (beginning(0), beginning(1), proptest::collection::vec(step, 1..17))
        .prop_map(|(first, second, steps)| [first, second, steps].concat())
}

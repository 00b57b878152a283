//! The table of what is believed: the step in doubt, what was to be frozen, and what the loyalty system knows.

use contract::cart::Expedition;
use contract::{Money, Phone};
use jiff::Timestamp;
use upstream::program::{GuestKey, OrderContents, OrderRecord, OrderStatus};
use uuid::Uuid;

use super::settle;
use crate::orders::order::{Order, Owner, Settled, Step, StoredPreview};

const FULL: i64 = 64_000;

fn guest() -> GuestKey {
    GuestKey::Phone(Phone::parse("+79990001122").expect("E.164"))
}

/// An order in doubt: `discount` and `spend` were to be frozen, or are.
fn order(state: Settled, pending: Step, known_upstream: bool, discount: i64, spend: i64) -> Order {
    let contents = OrderContents {
        opened_at: Timestamp::UNIX_EPOCH,
        expected_at: None,
        expedition: Expedition::Pickup,
        lines: Vec::new(),
    };
    Order {
        order_id: Uuid::nil(),
        owner: Owner { restaurant: "pirogi".to_owned(), guest: guest() },
        currency: "RUB".to_owned(),
        state,
        pending: Some(pending),
        step_at_ms: 0,
        known_upstream,
        preview: StoredPreview {
            preview_id: Uuid::nil(),
            at_ms: 0,
            contents,
            echo: String::new(),
            items_total: Money::from_minor(FULL),
            discount_total: Money::from_minor(discount),
            spend_min: Money::ZERO,
            spend_max: Money::from_minor(spend),
            revision: None,
        },
        preview_number: 0,
        spend: Money::from_minor(spend),
        reference: None,
        held_until_ms: None,
        refunding: None,
    }
}

fn record(status: OrderStatus, discount: i64, spend: i64) -> OrderRecord {
    OrderRecord {
        status,
        full: Money::from_minor(FULL),
        to_pay: Money::from_minor(FULL - discount - spend),
        discount: Money::from_minor(discount),
        paid_with_bonuses: Money::from_minor(spend),
        earned_bonuses: Money::ZERO,
    }
}

#[test]
fn a_confirm_counts_as_done_where_the_frozen_sums_are_found() {
    let lost = order(Settled::Open, Step::Confirm, false, 16_000, 10_000);
    let cases = [
        (None, Settled::Open),
        (Some(record(OrderStatus::Open, 16_000, 10_000)), Settled::Confirmed),
        (Some(record(OrderStatus::Open, 0, 0)), Settled::Open),
        (Some(record(OrderStatus::Open, 16_000, 5_000)), Settled::Open),
        (Some(record(OrderStatus::Closed, 16_000, 10_000)), Settled::Closed),
        (Some(record(OrderStatus::Aborted, 0, 0)), Settled::Aborted),
    ];
    for (known, expected) in cases {
        assert_eq!(settle(&lost, known.as_ref()), expected, "{known:?}");
    }
}

#[test]
fn a_confirm_that_freezes_nothing_counts_as_done_only_if_it_made_the_order_known() {
    let nothing_frozen = record(OrderStatus::Open, 0, 0);
    let first = order(Settled::Open, Step::Confirm, false, 0, 0);
    assert_eq!(settle(&first, Some(&nothing_frozen)), Settled::Confirmed);
    let after_a_reset = order(Settled::Open, Step::Confirm, true, 0, 0);
    assert_eq!(settle(&after_a_reset, Some(&nothing_frozen)), Settled::Open);
}

#[test]
fn a_reset_counts_as_done_where_nothing_is_frozen_any_more() {
    let lost = order(Settled::Confirmed, Step::Reset, true, 16_000, 10_000);
    assert_eq!(settle(&lost, Some(&record(OrderStatus::Open, 0, 0))), Settled::Open);
    assert_eq!(settle(&lost, Some(&record(OrderStatus::Open, 16_000, 10_000))), Settled::Confirmed);
    assert_eq!(settle(&lost, Some(&record(OrderStatus::Closed, 16_000, 10_000))), Settled::Closed);
    let nothing_was_frozen = order(Settled::Confirmed, Step::Reset, true, 0, 0);
    assert_eq!(settle(&nothing_was_frozen, Some(&record(OrderStatus::Open, 0, 0))), Settled::Confirmed);
}

#[test]
fn a_final_step_counts_as_done_only_where_the_system_says_so() {
    let open = record(OrderStatus::Open, 16_000, 10_000);
    for (step, status, done) in [
        (Step::Abort, OrderStatus::Aborted, Settled::Aborted),
        (Step::Close, OrderStatus::Closed, Settled::Closed),
    ] {
        let lost = order(Settled::Confirmed, step, true, 16_000, 10_000);
        assert_eq!(settle(&lost, Some(&open)), Settled::Confirmed);
        assert_eq!(settle(&lost, Some(&record(status, 16_000, 10_000))), done);
    }
}

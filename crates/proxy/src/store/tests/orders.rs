//! Orders and their keys: nothing is lost by writing and reading, and the newest preview stays.

use contract::cart::Expedition;
use contract::{Money, Phone};
use jiff::Timestamp;
use upstream::program::{GuestKey, OrderContents};
use uuid::Uuid;

use super::Bed;
use crate::orders::order::{Order, Owner, Settled, Step, StoredPreview};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::{Scope, Store, orders};

pub(super) fn owner() -> Owner {
    let guest = GuestKey::Phone(Phone::parse("+79990001122").expect("E.164"));
    Owner { restaurant: "pirogi".to_owned(), guest }
}

pub(super) fn order(order_id: u128) -> Order {
    Order {
        order_id: Uuid::from_u128(order_id),
        owner: owner(),
        currency: "RUB".to_owned(),
        state: Settled::Open,
        pending: None,
        step_at_ms: 0,
        known_upstream: false,
        preview: preview(1),
        preview_number: 0,
        spend: Money::ZERO,
        reference: None,
        held_until_ms: None,
        refunding: None,
    }
}

fn preview(preview_id: u128) -> StoredPreview {
    let contents = OrderContents {
        opened_at: Timestamp::UNIX_EPOCH,
        expected_at: None,
        expedition: Expedition::Pickup,
        lines: Vec::new(),
    };
    StoredPreview {
        preview_id: Uuid::from_u128(preview_id),
        at_ms: 1,
        contents,
        echo: "Ω".to_owned(),
        items_total: Money::from_minor(64_000),
        discount_total: Money::from_minor(16_000),
        spend_min: Money::ZERO,
        spend_max: Money::from_minor(10_000),
        revision: None,
    }
}

fn once() -> RequestKey {
    RequestKey::of_guest(&owner(), "once".to_owned())
}

pub(super) async fn insert(store: &Store, order: &Order) {
    let order = order.clone();
    store.write(Scope::guest(&owner()), move |tx| orders::insert(tx, &order)).await.expect("kept");
}

async fn set_state(store: &Store, order: &Order) {
    let order = order.clone();
    store.write(Scope::guest(&owner()), move |tx| orders::set_state(tx, &order, 1)).await.expect("kept");
}

async fn set_preview(store: &Store, order: &Order) -> bool {
    let order = order.clone();
    store.write(Scope::guest(&owner()), move |tx| orders::set_preview(tx, &order)).await.expect("asked")
}

pub(super) async fn find(store: &Store, order_id: Uuid) -> Option<Order> {
    store.read(move |tx| orders::find(tx, order_id)).await.expect("readable")
}

pub(super) async fn an_order_is_read_as_it_was_written_also_after_reopening(bed: Bed) {
    let mut order = order(7);
    {
        let store = bed.open().await;
        insert(&store, &order).await;
        order.pending = Some(Step::Confirm);
        order.spend = Money::from_minor(10_000);
        order.reference = Some("R-1".to_owned());
        order.held_until_ms = Some(i64::MAX);
        set_state(&store, &order).await;
    }
    let store = bed.open().await;
    assert_eq!(find(&store, order.order_id).await.as_ref(), Some(&order));
    let states = [Settled::Open, Settled::Confirmed, Settled::Closed, Settled::Aborted, Settled::Refunded];
    for state in states {
        let changed = Order { state, pending: None, known_upstream: true, ..order.clone() };
        set_state(&store, &changed).await;
        assert_eq!(find(&store, order.order_id).await, Some(changed));
    }
}

pub(super) async fn a_preview_asked_for_earlier_does_not_replace_a_later_one(bed: Bed) {
    let store = bed.open().await;
    let order = order(7);
    insert(&store, &order).await;
    let order_id = order.order_id;
    let begin = || store.write(Scope::guest(&owner()), move |tx| orders::begin_preview(tx, order_id));
    let (earlier, later) = (begin().await.expect("a number"), begin().await.expect("a number"));
    for (number, preview_id) in [(later, 3), (earlier, 2)] {
        let calculated = Order { preview: preview(preview_id), preview_number: number, ..order.clone() };
        assert!(set_preview(&store, &calculated).await);
    }
    let kept = find(&store, order_id).await.expect("there");
    assert_eq!(kept.preview.preview_id, Uuid::from_u128(3));
}

pub(super) async fn a_preview_does_not_replace_what_is_being_confirmed(bed: Bed) {
    let store = bed.open().await;
    let order = Order { pending: Some(Step::Confirm), ..order(7) };
    insert(&store, &order).await;
    let calculated = Order { preview: preview(2), preview_number: 1, ..order.clone() };
    assert!(!set_preview(&store, &calculated).await);
    assert_eq!(find(&store, order.order_id).await, Some(order));
}

pub(super) async fn a_guests_other_orders_with_something_held_are_found(bed: Bed) {
    let store = bed.open().await;
    let someone = Owner { guest: GuestKey::Card("1".to_owned()), ..owner() };
    let elsewhere = Owner { restaurant: "lapsha".to_owned(), ..owner() };
    for (number, owner, held_until_ms) in [
        (1, owner(), Some(600_000)),
        (2, owner(), Some(600_000)),
        (3, owner(), None),
        (4, someone, Some(600_000)),
        (5, elsewhere, Some(600_000)),
    ] {
        let order = Order { owner, held_until_ms, ..order(number) };
        insert(&store, &order).await;
        set_state(&store, &order).await;
    }
    let found = store.read(|tx| orders::others_held(tx, &owner(), Uuid::from_u128(1))).await;
    assert_eq!(found.expect("readable"), [Uuid::from_u128(2)]);
}

pub(super) async fn a_key_is_new_again_when_it_is_forgotten(bed: Bed) {
    let store = bed.open().await;
    let known = |hash: &'static [u8], oldest_ms| {
        store.read(move |tx| idempotency::find(tx, &once(), hash, oldest_ms))
    };
    let claim = |hash: &'static [u8], at_ms| {
        store.write(Scope::guest(&owner()), move |tx| idempotency::claim(tx, &once(), hash, at_ms))
    };
    let answer = StoredAnswer { status: 200, body: "{}".to_owned() };
    assert_eq!(known(b"a", 0).await, Ok(Known::New));
    claim(b"a", 10).await.expect("claimed");
    assert_eq!(known(b"a", 9).await, Ok(Known::Unanswered));
    let kept = answer.clone();
    let keep = store.write(Scope::guest(&owner()), move |tx| idempotency::answer(tx, &once(), &kept));
    keep.await.expect("kept");
    assert_eq!(known(b"a", 9).await, Ok(Known::Answered(answer)));
    assert_eq!(known(b"b", 9).await, Ok(Known::Mismatch));
    assert_eq!(known(b"b", 10).await, Ok(Known::New));
    claim(b"b", 20).await.expect("claimed anew");
    assert_eq!(known(b"b", 19).await, Ok(Known::Unanswered));
}

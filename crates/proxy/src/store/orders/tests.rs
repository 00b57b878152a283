//! What the table promises: nothing is lost by writing and reading, and the newest preview stays.

use contract::Phone;
use contract::cart::Expedition;
use jiff::Timestamp;
use upstream::program::{GuestKey, OrderContents};

use super::*;
use crate::orders::order::StoredPreview;
use crate::store::Store;

fn guest() -> GuestKey {
    GuestKey::Phone(Phone::parse("+79990001122").expect("E.164"))
}

fn order(order_id: u128) -> Order {
    Order {
        order_id: Uuid::from_u128(order_id),
        owner: Owner { restaurant: "pirogi".to_owned(), guest: guest() },
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
    }
}

async fn kept(store: &Store, order_id: Uuid) -> Order {
    store.run(move |tx| find(tx, order_id)).await.expect("readable").expect("there")
}

#[tokio::test]
async fn an_order_is_read_as_it_was_written_also_after_reopening() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let mut order = order(7);
    {
        let store = Store::open(dir.path()).expect("opened");
        let first = order.clone();
        store.run(move |tx| insert(tx, &first)).await.expect("kept");
        order.pending = Some(Step::Confirm);
        order.step_at_ms = 5;
        order.spend = Money::from_minor(10_000);
        order.reference = Some("128763".to_owned());
        order.held_until_ms = Some(600_000);
        let second = order.clone();
        store.run(move |tx| set_state(tx, &second)).await.expect("kept");
    }
    let store = Store::open(dir.path()).expect("opened again");
    assert_eq!(kept(&store, order.order_id).await, order);
    for (state, _) in STATES {
        let changed = Order { state, pending: None, known_upstream: true, ..order.clone() };
        let written = changed.clone();
        store.run(move |tx| set_state(tx, &written)).await.expect("kept");
        assert_eq!(kept(&store, order.order_id).await, changed);
    }
}

#[tokio::test]
async fn a_guests_other_orders_with_something_held_are_found() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let store = Store::open(dir.path()).expect("opened");
    let someone = Owner { restaurant: "pirogi".to_owned(), guest: GuestKey::Card("1".to_owned()) };
    let elsewhere = Owner { restaurant: "lapsha".to_owned(), guest: guest() };
    let held = Some(600_000);
    for (number, owner, held_until_ms) in [
        (1, order(0).owner, held),
        (2, order(0).owner, held),
        (3, order(0).owner, None),
        (4, someone, held),
        (5, elsewhere, held),
    ] {
        let kept = Order { owner, held_until_ms, ..order(number) };
        let put = store.run(move |tx| insert(tx, &kept).and_then(|()| set_state(tx, &kept)));
        put.await.expect("kept");
    }
    let found = store.run(|tx| others_held(tx, &order(1).owner, Uuid::from_u128(1))).await;
    assert_eq!(found.expect("read"), [Uuid::from_u128(2)]);
}

#[tokio::test]
async fn a_preview_asked_for_earlier_does_not_replace_a_later_one() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let store = Store::open(dir.path()).expect("opened");
    let order = order(7);
    let first = order.clone();
    store.run(move |tx| insert(tx, &first)).await.expect("kept");
    let order_id = order.order_id;
    let earlier = store.run(move |tx| begin_preview(tx, order_id)).await.expect("a number");
    let later = store.run(move |tx| begin_preview(tx, order_id)).await.expect("a number");
    for (number, preview_id) in [(later, 3), (earlier, 2)] {
        let calculated = Order { preview: preview(preview_id), preview_number: number, ..order.clone() };
        assert!(store.run(move |tx| set_preview(tx, &calculated)).await.expect("kept"));
    }
    assert_eq!(kept(&store, order_id).await.preview.preview_id, Uuid::from_u128(3));
}

#[tokio::test]
async fn a_preview_does_not_replace_what_is_being_confirmed() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let store = Store::open(dir.path()).expect("opened");
    let order = Order { pending: Some(Step::Confirm), ..order(7) };
    let (first, calculated) =
        (order.clone(), Order { preview: preview(2), preview_number: 1, ..order.clone() });
    store.run(move |tx| insert(tx, &first)).await.expect("kept");
    assert!(!store.run(move |tx| set_preview(tx, &calculated)).await.expect("asked"));
    assert_eq!(kept(&store, order.order_id).await, order);
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing_behind() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let store = Store::open(dir.path()).expect("opened");
    let order = order(7);
    let order_id = order.order_id;
    let failed = store
        .run(move |tx| {
            insert(tx, &order)?;
            Err::<(), _>(StoreError::Unreadable("test"))
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(store.run(move |tx| find(tx, order_id)).await.expect("asked"), None);
}

//! What is over goes once it is old, with all that was kept of it; what anybody may still need stays.

use contract::Money;
use contract::cart::{Cart, Expedition};
use uuid::Uuid;

use super::Bed;
use super::orders::{find, insert, order};
use crate::config::Limits;
use crate::orders::order::{Order, Settled, Step};
use crate::orders::refund::DoneRefund;
use crate::store::registrations::{self, Registration};
use crate::store::sql::{Query, Tx, values};
use crate::store::sweep::sweep;
use crate::store::webhooks::{self, WebhookRow};
use crate::store::{Scope, Store, StoreError, leases, orders, refunds, retention};

const KEPT_MS: i64 = 30 * 24 * 3600 * 1000;
const PREVIEWS_KEPT_MS: i64 = 2 * 24 * 3600 * 1000;

/// When everything of these tests is touched last.
const TOUCHED_MS: i64 = 1_000_000;

/// An order as it stands, touched at a time.
async fn keep(store: &Store, number: u128, touched_at_ms: i64, change: impl FnOnce(&mut Order)) -> Uuid {
    let mut order = order(number);
    order.preview.at_ms = touched_at_ms;
    insert(store, &order).await;
    order.step_at_ms = touched_at_ms;
    change(&mut order);
    let order_id = order.order_id;
    let scope = Scope::guest(&order.owner);
    let set = move |tx: &mut dyn Tx| orders::set_state(tx, &order, touched_at_ms);
    store.write(scope, set).await.expect("kept");
    order_id
}

fn closed(order: &mut Order) {
    (order.state, order.known_upstream) = (Settled::Closed, true);
}

/// Registers an order, with a token and a refund of it.
async fn register(store: &Store, order_id: Uuid, opened_at_ms: i64) {
    let new = Registration {
        restaurant: "pirogi".to_owned(),
        order_ref: order_id.to_string(),
        order_id,
        nonce: vec![1],
        revision: 1,
        body_hash: vec![4],
        cart: Cart { currency: "RUB".to_owned(), expedition: Expedition::Pickup, lines: Vec::new() },
        items_total: Money::ZERO,
        guest_phone: None,
        guest: None,
        is_aborted: false,
        opened_at_ms,
    };
    let refund = DoneRefund { refund_id: order_id, at_ms: opened_at_ms, items: None };
    let keep = move |tx: &mut dyn Tx| {
        registrations::insert(tx, &new)?;
        registrations::add_token(tx, order_id.as_bytes(), order_id)?;
        refunds::insert(tx, order_id, &refund)
    };
    store.write(Scope::lease(order_id), keep).await.expect("kept");
}

/// How many rows there are of orders, registrations, tokens and refunds.
async fn rows(store: &Store) -> Vec<i64> {
    let count = |tx: &mut dyn Query| {
        let statements = [
            "SELECT count(*) FROM orders",
            "SELECT count(*) FROM registrations",
            "SELECT count(*) FROM order_tokens",
            "SELECT count(*) FROM refunds",
        ];
        let counted = statements.map(|sql| {
            let row = tx.query_opt(sql, values![])?;
            row.ok_or(StoreError::Unreadable("count"))?.next("count")
        });
        counted.into_iter().collect()
    };
    store.read(count).await.expect("readable")
}

async fn swept_at(store: &Store, now_ms: i64) {
    sweep(store, now_ms, &Limits::default()).await.expect("swept");
}

pub(super) async fn orders_that_are_over_go_with_all_that_was_kept_of_them(bed: Bed) {
    let store = bed.open().await;
    for (number, state) in
        [(1, Settled::Closed), (2, Settled::Aborted), (3, Settled::Refunded), (4, Settled::Open)]
    {
        let end = move |order: &mut Order| (order.state, order.known_upstream) = (state, true);
        let order_id = keep(&store, number, TOUCHED_MS, end).await;
        register(&store, order_id, TOUCHED_MS).await;
    }
    let cancelled = |order: &mut Order| order.state = Settled::Aborted;
    keep(&store, 5, TOUCHED_MS, cancelled).await;
    // One that a guest has only looked at, and one that no guest has seen.
    let looked_at = keep(&store, 6, TOUCHED_MS, |_| {}).await;
    register(&store, looked_at, TOUCHED_MS).await;
    register(&store, Uuid::from_u128(7), TOUCHED_MS).await;
    swept_at(&store, TOUCHED_MS + KEPT_MS - 1).await;
    assert_eq!(rows(&store).await, [6, 6, 6, 6]);
    swept_at(&store, TOUCHED_MS + KEPT_MS).await;
    assert_eq!(rows(&store).await, [0, 0, 0, 0]);
}

pub(super) async fn what_only_a_page_has_described_goes_sooner(bed: Bed) {
    let store = bed.open().await;
    // More than are removed at once.
    for number in 0..600 {
        insert(&store, &order(number)).await;
    }
    let fresh = keep(&store, 1_000, PREVIEWS_KEPT_MS, |_| {}).await;
    let known = keep(&store, 1_001, 1, |order| order.known_upstream = true).await;
    let registered = keep(&store, 1_002, 1, |_| {}).await;
    register(&store, registered, 1).await;
    swept_at(&store, 1 + PREVIEWS_KEPT_MS).await;
    assert_eq!(rows(&store).await, [3, 1, 1, 1]);
    for order_id in [fresh, known, registered] {
        assert!(find(&store, order_id).await.is_some(), "{order_id}");
    }
}

pub(super) async fn what_is_held_unknown_untold_or_in_use_stays(bed: Bed) {
    let store = bed.open().await;
    let now_ms = TOUCHED_MS + 2 * KEPT_MS;
    keep(&store, 1, TOUCHED_MS, |order| order.state = Settled::Confirmed).await;
    keep(&store, 2, TOUCHED_MS, |order| order.pending = Some(Step::Confirm)).await;
    let refunding = |order: &mut Order| {
        closed(order);
        order.pending = Some(Step::Refund);
    };
    keep(&store, 3, TOUCHED_MS, refunding).await;
    let untold = keep(&store, 4, TOUCHED_MS, closed).await;
    let in_use = keep(&store, 5, TOUCHED_MS, closed).await;
    let asked_for = keep(&store, 6, TOUCHED_MS, closed).await;
    register(&store, asked_for, TOUCHED_MS).await;
    let hook = WebhookRow {
        webhook_id: "1".to_owned(),
        restaurant: "pirogi".to_owned(),
        event: "order.closed".to_owned(),
        body: "{}".to_owned(),
        made_at_ms: now_ms,
        attempts: 0,
        failed: 0,
        next_at_ms: Some(now_ms),
        failure: None,
    };
    let fill = move |tx: &mut dyn Tx| {
        webhooks::insert(tx, &hook, untold)?;
        leases::take(tx, in_use, Uuid::nil(), now_ms + 1, TOUCHED_MS)?;
        registrations::touch(tx, asked_for, now_ms)
    };
    store.write(Scope::sweep(), fill).await.expect("kept");
    swept_at(&store, now_ms).await;
    assert_eq!(rows(&store).await, [6, 1, 1, 1]);
    // Once it was heard and the work has ended, they go.
    store.write(Scope::sweep(), |tx| webhooks::remove(tx, "1")).await.expect("written");
    swept_at(&store, now_ms + 1).await;
    assert_eq!(rows(&store).await, [4, 1, 1, 1]);
    assert_eq!((find(&store, untold).await, find(&store, in_use).await), (None, None));
}

pub(super) async fn what_a_till_has_is_forgotten_only_for_its_restaurant(bed: Bed) {
    let store = bed.open().await;
    let confirmed = |order: &mut Order| order.state = Settled::Confirmed;
    let handed_over = keep(&store, 1, TOUCHED_MS, confirmed).await;
    keep(&store, 2, TOUCHED_MS + 1, confirmed).await;
    let held = |order: &mut Order| (order.state, order.held_until_ms) = (Settled::Confirmed, Some(1));
    keep(&store, 3, TOUCHED_MS, held).await;
    keep(&store, 4, TOUCHED_MS, |order| order.pending = Some(Step::Confirm)).await;
    let forget = |restaurant: &'static str| {
        let store = store.clone();
        async move { retention::forget_handed_over(&store, restaurant, TOUCHED_MS, TOUCHED_MS + KEPT_MS).await }
    };
    assert_eq!(forget("lapsha").await, Ok(()));
    assert_eq!(rows(&store).await[0], 4);
    assert_eq!(forget("pirogi").await, Ok(()));
    assert_eq!((rows(&store).await[0], find(&store, handed_over).await), (3, None));
}

//! What restaurants' servers register and are told: nothing is there twice, and one proxy at a time does a thing.

use contract::cart::{Cart, Expedition};
use contract::{Money, Phone, Quantity};
use futures_util::future::join_all;
use upstream::program::GuestKey;
use uuid::Uuid;

use super::Bed;
use super::orders::{insert, order};
use crate::config::Limits;
use crate::orders::order::{Settled, Step};
use crate::orders::refund::{DoneRefund, RefundPart};
use crate::store::registrations::{self, Registration};
use crate::store::sweep::sweep;
use crate::store::webhooks::{self, Backlog, WebhookRow};
use crate::store::{Scope, Store, StoreError, orders, refunds};

const ORDER: Uuid = Uuid::from_u128(7);

fn guest(last: u32) -> GuestKey {
    GuestKey::Phone(Phone::parse(&format!("+7999000112{last}")).expect("E.164"))
}

fn registration() -> Registration {
    Registration {
        restaurant: "pirogi".to_owned(),
        order_ref: "стол 7".to_owned(),
        order_id: ORDER,
        nonce: vec![1, 2, 3],
        revision: 1,
        body_hash: vec![4],
        cart: Cart { currency: "RUB".to_owned(), expedition: Expedition::Pickup, lines: Vec::new() },
        items_total: Money::from_minor(64_000),
        guest_phone: Some("+79990001122".to_owned()),
        guest: None,
        is_aborted: false,
        opened_at_ms: 5,
    }
}

async fn register(store: &Store, new: Registration) -> Result<bool, StoreError> {
    let scope = Scope::registration(&new.restaurant, &new.order_ref);
    store.write(scope, move |tx| registrations::insert(tx, &new)).await
}

async fn found(store: &Store) -> Option<Registration> {
    store.read(|tx| registrations::find(tx, "pirogi", "стол 7")).await.expect("readable")
}

pub(super) async fn an_order_is_registered_once_and_found_by_its_names(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let tries = (0..10_u128).map(|number| {
        let new = Registration { order_id: Uuid::from_u128(7 + number), ..registration() };
        register(if number % 2 == 0 { &one } else { &other }, new)
    });
    let made = join_all(tries).await;
    assert_eq!(made.iter().filter(|made| **made == Ok(true)).count(), 1, "{made:?}");
    let known = found(&one).await.expect("registered");
    let expected = Registration { order_id: known.order_id, ..registration() };
    assert_eq!(known, expected);
    let order_id = known.order_id;
    for _ in 0..2 {
        one.write(Scope::lease(order_id), move |tx| registrations::add_token(tx, b"hash", order_id))
            .await
            .expect("kept");
    }
    let by_token = other.read(|tx| registrations::find_by_token(tx, b"hash")).await.expect("readable");
    let by_order = other.read(move |tx| registrations::find_by_order(tx, order_id)).await.expect("readable");
    assert_eq!((by_token, by_order), (Some(known.clone()), Some(known)));
    assert_eq!(one.read(|tx| registrations::find_by_token(tx, b"other")).await, Ok(None));
    assert_eq!(one.read(|tx| registrations::find(tx, "lapsha", "стол 7")).await, Ok(None));
}

pub(super) async fn contents_are_replaced_by_the_one_who_knew_the_former_ones(bed: Bed) {
    let (one, other) = bed.open_two().await;
    assert_eq!(register(&one, registration()).await, Ok(true));
    let replace = |store: &Store, revision, total| {
        let new = Registration {
            revision,
            items_total: Money::from_minor(total),
            body_hash: vec![9],
            guest_phone: None,
            ..registration()
        };
        let store = store.clone();
        async move { store.write(Scope::lease(ORDER), move |tx| registrations::replace(tx, &new)).await }
    };
    let (first, second) = tokio::join!(replace(&one, 2, 10), replace(&other, 2, 20));
    let replaced = [first, second];
    assert_eq!(replaced.iter().filter(|replaced| **replaced == Ok(true)).count(), 1, "{replaced:?}");
    assert_eq!(replace(&one, 2, 30).await, Ok(false), "made from contents that are no more");
    assert_eq!(replace(&one, 3, 40).await, Ok(true));
    let known = found(&other).await.expect("there");
    assert_eq!((known.revision, known.items_total.minor(), known.guest_phone), (3, 40, None));
    assert_eq!((known.body_hash, known.nonce), (vec![9], vec![1, 2, 3]));

    // Whoever thinks that nobody has the order does not change it behind the back of the guest who got it meanwhile.
    let bound = one.write(Scope::lease(ORDER), |tx| registrations::bind(tx, ORDER, &guest(1))).await;
    assert_eq!(bound, Ok(true));
    assert_eq!(replace(&one, 4, 50).await, Ok(false));
}

pub(super) async fn an_order_goes_to_one_guest_or_is_cancelled(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let for_anybody = Registration { guest_phone: None, ..registration() };
    assert_eq!(register(&one, for_anybody.clone()).await, Ok(true));
    let bind = |store: &Store, last| {
        let store = store.clone();
        let scope = Scope::rate("guest", &format!("{last}"));
        async move { store.write(scope, move |tx| registrations::bind(tx, ORDER, &guest(last))).await }
    };
    let (first, second) = tokio::join!(bind(&one, 1), bind(&other, 2));
    assert_eq!([&first, &second].iter().filter(|bound| ***bound == Ok(true)).count(), 1);
    let winner = if first == Ok(true) { 1 } else { 2 };
    assert_eq!(bind(&other, winner).await, Ok(true), "again");
    assert_eq!(found(&one).await.expect("there").guest, Some(guest(winner)));
    let abort = |order_id| {
        let store = one.clone();
        async move { store.write(Scope::lease(order_id), move |tx| registrations::abort(tx, order_id)).await }
    };
    assert_eq!(abort(ORDER).await, Ok(false), "a guest has it");

    let free = Uuid::from_u128(8);
    let new = Registration { order_ref: "8".to_owned(), order_id: free, ..for_anybody };
    assert_eq!(register(&one, new).await, Ok(true));
    assert_eq!(abort(free).await, Ok(true));
    let late = other.write(Scope::lease(free), move |tx| registrations::bind(tx, free, &guest(1))).await;
    assert_eq!(late, Ok(false));
}

pub(super) async fn an_order_for_one_phone_goes_to_no_other(bed: Bed) {
    let store = bed.open().await;
    assert_eq!(register(&store, registration()).await, Ok(true));
    let card = GuestKey::Card("+79990001122".to_owned());
    for (who, is_the_one) in [(guest(1), false), (card, false), (guest(2), true)] {
        let bound = store.write(Scope::lease(ORDER), move |tx| registrations::bind(tx, ORDER, &who)).await;
        assert_eq!(bound, Ok(is_the_one));
    }
    assert_eq!(found(&store).await.expect("there").guest, Some(guest(2)));
}

pub(super) async fn a_refund_is_kept_once(bed: Bed) {
    let store = bed.open().await;
    let part = RefundPart { code: "soup".to_owned(), quantity_milli: Quantity::from_milli(500) };
    let done = |number: u128, items| DoneRefund { refund_id: Uuid::from_u128(number), at_ms: 3, items };
    let all = [done(1, Some(vec![part])), done(2, None)];
    for refund in all.iter().chain(&all) {
        let refund = refund.clone();
        store.write(Scope::lease(ORDER), move |tx| refunds::insert(tx, ORDER, &refund)).await.expect("kept");
    }
    assert_eq!(store.read(|tx| refunds::of_order(tx, ORDER)).await, Ok(all.to_vec()));
    assert_eq!(store.read(|tx| refunds::of_order(tx, Uuid::nil())).await, Ok(Vec::new()));
}

fn hook(id: &str, made_at_ms: i64) -> WebhookRow {
    WebhookRow {
        webhook_id: id.to_owned(),
        restaurant: "pirogi".to_owned(),
        event: "order.closed".to_owned(),
        body: r#"{"Ω": 1}"#.to_owned(),
        made_at_ms,
        attempts: 0,
        failed: 0,
        next_at_ms: Some(made_at_ms),
        failure: None,
    }
}

async fn keep(store: &Store, row: &WebhookRow) {
    let row = row.clone();
    store.write(Scope::webhook("all"), move |tx| webhooks::insert(tx, &row, ORDER)).await.expect("kept");
}

async fn due_ids(store: &Store, now_ms: i64) -> Vec<String> {
    let due = store.read(move |tx| webhooks::due(tx, now_ms, 10)).await.expect("readable");
    due.into_iter().map(|row| row.webhook_id).collect()
}

pub(super) async fn an_attempt_to_tell_is_begun_by_one_proxy(bed: Bed) {
    let (one, other) = bed.open_two().await;
    keep(&one, &hook("b", 20)).await;
    keep(&one, &hook("a", 10)).await;
    assert_eq!(due_ids(&other, 9).await, Vec::<String>::new());
    assert_eq!(due_ids(&other, 20).await, ["a", "b"]);
    let due = other.read(|tx| webhooks::due(tx, 10, 10)).await;
    assert_eq!(due, Ok(vec![hook("a", 10)]));
    let claims = (0..10).map(|turn| {
        let store = if turn % 2 == 0 { one.clone() } else { other.clone() };
        async move { store.write(Scope::webhook("a"), |tx| webhooks::claim(tx, "a", 0, 100)).await }
    });
    let begun = join_all(claims).await;
    assert_eq!(begun.iter().filter(|begun| **begun == Ok(true)).count(), 1, "{begun:?}");
    assert_eq!(due_ids(&one, 99).await, ["b"], "somebody is at it");
    assert_eq!(due_ids(&one, 100).await, ["b", "a"], "who began it was killed");
    let again = one.write(Scope::webhook("a"), |tx| webhooks::claim(tx, "a", 1, 200)).await;
    assert_eq!(again, Ok(true));
    // The first attempt's end is known after the second has begun: it changes nothing.
    one.write(Scope::webhook("a"), |tx| webhooks::fail(tx, "a", 1, None, "late")).await.expect("written");
    assert_eq!(due_ids(&one, 200).await, ["b", "a"]);
    one.write(Scope::webhook("a"), |tx| webhooks::remove(tx, "a")).await.expect("written");
    assert_eq!(due_ids(&one, 1000).await, ["b"]);
}

pub(super) async fn what_could_not_be_told_is_kept_apart(bed: Bed) {
    let store = bed.open().await;
    for (id, made_at_ms) in [("old", 1), ("new", 2), ("waiting", 3)] {
        keep(&store, &hook(id, made_at_ms)).await;
    }
    for id in ["old", "new"] {
        let dead = store.write(Scope::webhook(id), move |tx| {
            webhooks::claim(tx, id, 0, 50)?;
            webhooks::fail(tx, id, 1, None, "status 500")
        });
        dead.await.expect("written");
    }
    let dead_ids = || async {
        let dead = store.read(|tx| webhooks::dead(tx, "pirogi", 10)).await.expect("readable");
        dead.into_iter().map(|row| row.webhook_id).collect::<Vec<_>>()
    };
    assert_eq!(dead_ids().await, ["new", "old"]);
    let backlog = Backlog { restaurant: "pirogi".to_owned(), waiting: 1, dead: 2, oldest_at_ms: Some(3) };
    assert_eq!(store.read(webhooks::backlogs).await, Ok(vec![backlog]));
    assert_eq!(store.read(|tx| webhooks::dead(tx, "lapsha", 10)).await, Ok(Vec::new()));
    let revive = |restaurant: &'static str, id: &'static str| {
        store.write(Scope::webhook(id), move |tx| webhooks::revive(tx, restaurant, id, 60))
    };
    assert_eq!(revive("lapsha", "new").await, Ok(false));
    assert_eq!(revive("pirogi", "waiting").await, Ok(false));
    assert_eq!(revive("pirogi", "new").await, Ok(true));
    assert_eq!(due_ids(&store, 60).await, ["waiting", "new"]);
    let limits = Limits::default();
    let forgotten_ms = i64::from(limits.dead_webhooks_kept_s) * 1000;
    sweep(&store, forgotten_ms, &limits).await.expect("swept");
    assert_eq!(dead_ids().await, ["old"]);
    sweep(&store, forgotten_ms + 1, &limits).await.expect("swept");
    assert_eq!(dead_ids().await, Vec::<String>::new());
    assert_eq!(due_ids(&store, 60).await, ["waiting", "new"], "what waits is not forgotten");
    let backlog = Backlog { restaurant: "pirogi".to_owned(), waiting: 2, dead: 0, oldest_at_ms: Some(2) };
    assert_eq!(store.read(webhooks::backlogs).await, Ok(vec![backlog]));
}

pub(super) async fn untouched_orders_are_found_by_their_age(bed: Bed) {
    let store = bed.open().await;
    for (number, state, pending, step_at_ms) in [
        (1, Settled::Confirmed, None, 30),
        (2, Settled::Open, Some(Step::Confirm), 10),
        (3, Settled::Open, None, 10),
        (4, Settled::Closed, None, 10),
        (5, Settled::Confirmed, None, 31),
        (6, Settled::Confirmed, None, 30),
    ] {
        let mut order = order(number);
        insert(&store, &order).await;
        (order.state, order.pending, order.step_at_ms) = (state, pending, step_at_ms);
        let scope = Scope::guest(&order.owner);
        store.write(scope, move |tx| orders::set_state(tx, &order, step_at_ms)).await.expect("kept");
    }
    let untouched = |restaurant: &'static str, after: (i64, String), most| {
        let store = store.clone();
        async move {
            let found = move |tx: &mut dyn crate::store::sql::Query| {
                orders::untouched(tx, restaurant, 30, (after.0, &after.1), most)
            };
            store.read(found).await.expect("readable")
        }
    };
    let id = |number| Uuid::from_u128(number);
    let first = untouched("pirogi", (i64::MIN, String::new()), 2).await;
    assert_eq!(first, [(10, id(2)), (30, id(1))]);
    let rest = untouched("pirogi", (30, id(1).to_string()), 2).await;
    assert_eq!(rest, [(30, id(6))]);
    assert_eq!(untouched("lapsha", (i64::MIN, String::new()), 2).await, []);
}

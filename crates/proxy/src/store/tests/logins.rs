//! Codes, sessions and tries: what is used up is used up for all, and what has expired goes.

use contract::login::Embedding;
use futures_util::future::join_all;
use upstream::program::GuestKey;
use uuid::Uuid;

use super::Bed;
use super::orders::owner;
use crate::config::Limits;
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::idempotency::RequestKey;
use crate::store::rates::{self, Slot};
use crate::store::sessions::{self, SessionRow};
use crate::store::sql::{Query, values};
use crate::store::sweep::sweep;
use crate::store::{Scope, Scopes, Store, StoreError, idempotency, key_tries, leases};

fn challenge(challenge_id: &str, phone: &str, expires_at_ms: i64) -> ChallengeRow {
    ChallengeRow {
        challenge_id: challenge_id.to_owned(),
        restaurant: "pirogi".to_owned(),
        phone: phone.to_owned(),
        code_mac: vec![0, 255],
        expires_at_ms,
        tries_left: 5,
    }
}

async fn replace(store: &Store, row: ChallengeRow) {
    let scope = Scope::phone(&row.restaurant, &row.phone);
    store.write(scope, move |tx| challenges::replace(tx, &row)).await.expect("kept");
}

async fn find(store: &Store, challenge_id: &'static str, now_ms: i64) -> Option<ChallengeRow> {
    store.read(move |tx| challenges::find(tx, challenge_id, now_ms)).await.expect("readable")
}

pub(super) async fn a_code_has_no_more_tries_than_it_was_given(bed: Bed) {
    let (one, other) = bed.open_two().await;
    replace(&one, challenge("a", "+1", 10)).await;
    let take = |turn: u32| {
        let store = if turn.is_multiple_of(2) { &one } else { &other };
        store.write(Scope::challenge("a"), |tx| challenges::take_try(tx, "a"))
    };
    let taken = join_all((0..100).map(take)).await;
    assert_eq!(taken.iter().filter(|taken| **taken == Ok(true)).count(), 5, "{taken:?}");
    assert_eq!(find(&other, "a", 9).await.map(|row| row.tries_left), Some(0));
    let remove = |store: Store| async move {
        store.write(Scope::challenge("a"), |tx| challenges::remove(tx, "a")).await
    };
    let removed = join_all([remove(one), remove(other)]).await;
    assert_eq!(removed.iter().filter(|removed| **removed == Ok(true)).count(), 1);
}

pub(super) async fn a_new_code_replaces_the_phones_former_one(bed: Bed) {
    let store = bed.open().await;
    let first = challenge("a", "+1", 10);
    replace(&store, first.clone()).await;
    assert_eq!(find(&store, "a", 9).await, Some(first));
    assert_eq!(find(&store, "a", 10).await, None, "expired");
    let second = ChallengeRow { code_mac: vec![1], tries_left: 3, ..challenge("b", "+1", 20) };
    replace(&store, second.clone()).await;
    assert_eq!(find(&store, "a", 0).await, None);
    assert_eq!(find(&store, "b", 0).await, Some(second));
}

pub(super) async fn no_more_keys_are_tried_in_a_window_than_allowed(bed: Bed) {
    let store = bed.open().await;
    let take = |window_ms| {
        store.write(Scope::key_tries("pirogi"), move |tx| key_tries::take(tx, "pirogi", window_ms, 2))
    };
    for expected in [true, true, false] {
        assert_eq!(take(0).await, Ok(expected));
    }
    let give_back = |tx: &mut dyn crate::store::sql::Tx| key_tries::give_back(tx, "pirogi", 0);
    store.write(Scope::key_tries("pirogi"), give_back).await.expect("given back");
    assert_eq!((take(0).await, take(0).await, take(600_000).await), (Ok(true), Ok(false), Ok(true)));
}

pub(super) async fn what_is_counted_slot_by_slot_counts_for_all_until_it_is_over(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let add = |turn: u32| {
        let store = if turn.is_multiple_of(2) { &one } else { &other };
        let until_ms = if turn < 10 { 10 } else { 20 };
        store.write(Scope::rate("r", "k"), move |tx| rates::add(tx, "r", "k", until_ms))
    };
    for added in join_all((0..15).map(add)).await {
        added.expect("counted");
    }
    let slots = |now_ms| one.read(move |tx| rates::slots(tx, "r", "k", now_ms));
    let slot = |until_ms, count| Slot { until_ms, count };
    assert_eq!(slots(9).await, Ok(vec![slot(10, 10), slot(20, 5)]));
    assert_eq!(slots(10).await, Ok(vec![slot(20, 5)]), "over");
    for until_ms in [20, 30] {
        let take_back = move |tx: &mut dyn crate::store::sql::Tx| rates::take_back(tx, "r", "k", until_ms);
        other.write(Scope::rate("r", "k"), take_back).await.expect("taken back");
    }
    assert_eq!(slots(10).await, Ok(vec![slot(20, 4)]));
    assert_eq!(one.read(|tx| rates::slots(tx, "r", "other", 0)).await, Ok(Vec::new()));
    assert_eq!(one.read(|tx| rates::slots(tx, "other", "k", 0)).await, Ok(Vec::new()));
}

pub(super) async fn writes_about_several_things_wait_for_each_other_where_they_share_one(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let [a, b, c] = ["a", "b", "c"].map(|key| Scope::rate("r", key));
    // Named in every order: none waits for one that waits for it. Each counts only where fewer than 5 were counted.
    let orders: [Scopes; 4] = [[a, b].into(), [b, a].into(), [c, b].into(), [b, b].into()];
    let count = |turn: usize| {
        let store = if turn.is_multiple_of(2) { &one } else { &other };
        store.write(orders[turn % orders.len()].clone(), |tx| {
            let is_free = rates::slots(tx, "r", "b", 0)?.iter().all(|slot| slot.count < 5);
            if is_free {
                rates::add(tx, "r", "b", 10)?;
            }
            Ok(is_free)
        })
    };
    let counted = join_all((0..100).map(count)).await;
    assert_eq!(counted.iter().filter(|counted| **counted == Ok(true)).count(), 5, "{counted:?}");
    assert_eq!(counted.iter().filter(|counted| **counted == Ok(false)).count(), 95, "{counted:?}");
}

/// How many rows each table has.
fn count(tx: &mut dyn Query) -> Result<Vec<i64>, StoreError> {
    let statements = [
        "SELECT count(*) FROM challenges",
        "SELECT count(*) FROM sendings",
        "SELECT count(*) FROM sessions",
        "SELECT count(*) FROM idempotency",
        "SELECT count(*) FROM key_tries",
        "SELECT count(*) FROM order_leases",
        "SELECT count(*) FROM rates",
    ];
    let mut counts = Vec::new();
    for statement in statements {
        let row = tx.query_opt(statement, values![])?;
        counts.push(row.ok_or(StoreError::Unreadable("count"))?.next("count")?);
    }
    Ok(counts)
}

pub(super) async fn what_has_expired_is_removed_and_nothing_else(bed: Bed) {
    let store = bed.open().await;
    let limits = Limits::default();
    let now_ms = 1_000_000_000_000;
    let answer_ms = i64::from(limits.idempotency_ttl_s) * 1000;
    // Of each kind one that has just expired and one that is about to; of sessions one more that is used but old.
    let fill = move |tx: &mut dyn crate::store::sql::Tx| {
        for (number, more_ms) in [(0_u8, 0), (1, 1)] {
            let name = number.to_string();
            challenges::replace(tx, &challenge(&name, &name, now_ms + more_ms))?;
            let last_at_ms = now_ms - crate::auth::login::FORGET_SENDINGS_MS + more_ms;
            challenges::set_sendings(tx, "pirogi", &name, Sendings { count: 1, last_at_ms })?;
            for (place, embedding) in (0_u8..).zip(Embedding::ALL) {
                let lifetime = limits.sessions.of(*embedding);
                let idle_ms = i64::from(lifetime.idle_s) * 1000;
                let session = SessionRow {
                    token_hash: vec![place, number],
                    restaurant: "pirogi".to_owned(),
                    guest: GuestKey::Card("1".to_owned()),
                    is_member: false,
                    embedding: *embedding,
                    opened_at_ms: now_ms - idle_ms,
                    used_at_ms: now_ms - idle_ms + more_ms,
                };
                sessions::insert(tx, &session)?;
                let old = SessionRow {
                    token_hash: vec![place, 10 + number],
                    opened_at_ms: now_ms - i64::from(lifetime.ttl_s) * 1000 + more_ms,
                    used_at_ms: now_ms,
                    ..session
                };
                sessions::insert(tx, &old)?;
            }
            rates::add(tx, "r", "k", now_ms + more_ms)?;
            let key = RequestKey::of_guest(&owner(), name.clone());
            idempotency::claim(tx, &key, b"hash", now_ms - answer_ms + more_ms)?;
            key_tries::take(tx, "pirogi", now_ms - crate::auth::key_login::WINDOW_MS + more_ms, 9)?;
            let order_id = Uuid::from_u128(number.into());
            leases::take(tx, order_id, Uuid::nil(), now_ms + more_ms, now_ms)?;
        }
        Ok(())
    };
    store.write(Scope::sweep(), fill).await.expect("kept");
    assert_eq!(store.read(count).await, Ok(vec![2, 2, 12, 2, 2, 2, 2]));
    sweep(&store, now_ms, &limits).await.expect("swept");
    assert_eq!(store.read(count).await, Ok(vec![1, 1, 6, 1, 1, 1, 1]));
}

//! Codes, sessions and tries: what is used up is used up for all, and what has expired goes.

use futures_util::future::join_all;
use upstream::program::GuestKey;
use uuid::Uuid;

use super::Bed;
use super::orders::owner;
use crate::config::Limits;
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::sessions::{self, SessionRow};
use crate::store::sql::{Query, values};
use crate::store::sweep::sweep;
use crate::store::{Scope, Store, StoreError, idempotency, key_tries, leases};

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
    let take = |turn| {
        let store = if turn % 2 == 0 { &one } else { &other };
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

/// How many rows each table has.
fn count(tx: &mut dyn Query) -> Result<Vec<i64>, StoreError> {
    let statements = [
        "SELECT count(*) FROM challenges",
        "SELECT count(*) FROM sendings",
        "SELECT count(*) FROM sessions",
        "SELECT count(*) FROM idempotency",
        "SELECT count(*) FROM key_tries",
        "SELECT count(*) FROM order_leases",
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
    let idle_ms = i64::from(limits.session_idle_s) * 1000;
    let ttl_ms = i64::from(limits.session_ttl_s) * 1000;
    let answer_ms = i64::from(limits.idempotency_ttl_s) * 1000;
    // Of each kind one that has just expired and one that is about to; of sessions one more that is used but old.
    let fill = move |tx: &mut dyn crate::store::sql::Tx| {
        for (number, more_ms) in [(0_u8, 0), (1, 1)] {
            let name = number.to_string();
            challenges::replace(tx, &challenge(&name, &name, now_ms + more_ms))?;
            let last_at_ms = now_ms - crate::auth::login::FORGET_SENDINGS_MS + more_ms;
            challenges::set_sendings(tx, "pirogi", &name, Sendings { count: 1, last_at_ms })?;
            let session = SessionRow {
                token_hash: vec![number],
                restaurant: "pirogi".to_owned(),
                guest: GuestKey::Card("1".to_owned()),
                is_member: false,
                opened_at_ms: now_ms - idle_ms,
                used_at_ms: now_ms - idle_ms + more_ms,
            };
            sessions::insert(tx, &session)?;
            let old = SessionRow {
                token_hash: vec![10 + number],
                opened_at_ms: now_ms - ttl_ms + more_ms,
                used_at_ms: now_ms,
                ..session
            };
            sessions::insert(tx, &old)?;
            idempotency::claim(tx, &owner(), &name, b"hash", now_ms - answer_ms + more_ms)?;
            key_tries::take(tx, "pirogi", now_ms - crate::auth::key_login::WINDOW_MS + more_ms, 9)?;
            let order_id = Uuid::from_u128(number.into());
            leases::take(tx, order_id, Uuid::nil(), now_ms + more_ms, now_ms)?;
        }
        Ok(())
    };
    store.write(Scope::sweep(), fill).await.expect("kept");
    assert_eq!(store.read(count).await, Ok(vec![2, 2, 4, 2, 2, 2]));
    sweep(&store, now_ms, &limits).await.expect("swept");
    assert_eq!(store.read(count).await, Ok(vec![1, 1, 2, 1, 1, 1]));
}

//! Work and its transaction: all or nothing, one after the other, and no work harmed by another.

use std::time::Duration;

use futures_util::future::join_all;
use uuid::Uuid;

use super::Bed;
use super::orders::{find, order, owner};
use crate::store::sql::{Tx, values};
use crate::store::{Scope, Store, StoreError, key_tries, orders};

/// What goes wrong in the middle of the good work.
type Bad = fn(&mut dyn Tx) -> Result<(), StoreError>;

/// Hands over good work with bad work in the middle, all at once, so that SQLite commits it together.
async fn bad_work_among_good(store: &Store, bad: Bad) -> Vec<Result<(), StoreError>> {
    let works = (0..9_u128).map(|number| {
        store.write(Scope::lease(Uuid::from_u128(number)), move |tx| {
            orders::insert(tx, &order(number))?;
            // Time for the others to queue up behind the first.
            std::thread::sleep(Duration::from_millis(if number == 0 { 50 } else { 0 }));
            if number == 4 { bad(tx) } else { Ok(()) }
        })
    });
    join_all(works).await
}

async fn only_the_bad_work_is_lost(bed: Bed, bad: Bad, error: StoreError) {
    let store = bed.open().await;
    let results = bad_work_among_good(&store, bad).await;
    for (number, result) in (0..9).zip(results) {
        assert_eq!(result, if number == 4 { Err(error.clone()) } else { Ok(()) });
        assert_eq!(find(&store, Uuid::from_u128(number)).await.is_some(), number != 4, "{number}");
    }
}

pub(super) async fn work_that_fails_leaves_nothing_behind_and_takes_nothing_along(bed: Bed) {
    let failure = StoreError::Unreadable("test");
    only_the_bad_work_is_lost(bed, |_| Err(StoreError::Unreadable("test")), failure).await;
}

pub(super) async fn work_that_panics_leaves_nothing_behind_and_takes_nothing_along(bed: Bed) {
    only_the_bad_work_is_lost(bed, |_| panic!("on purpose"), StoreError::BrokenOff).await;
}

pub(super) async fn a_failure_that_is_passed_over_keeps_nothing(bed: Bed) {
    let store = bed.open().await;
    let work = store.write(Scope::guest(&owner()), |tx| {
        orders::insert(tx, &order(1))?;
        // The same order twice cannot be.
        let again = orders::insert(tx, &order(1));
        assert!(matches!(again, Err(StoreError::Failed(_))), "{again:?}");
        Ok(())
    });
    assert!(matches!(work.await, Err(StoreError::Failed(_))));
    assert_eq!(find(&store, Uuid::from_u128(1)).await, None);
}

pub(super) async fn reading_writes_nothing(bed: Bed) {
    let store = bed.open().await;
    let written = store.read(|tx| {
        tx.query("DELETE FROM orders WHERE order_id = ?1 RETURNING order_id", values!["x"]).map(drop)
    });
    assert!(written.await.is_err());
    store.ping().await.expect("goes on");
}

pub(super) async fn work_about_one_thing_is_done_one_after_the_other(bed: Bed) {
    let (one, other) = bed.open_two().await;
    super::orders::insert(&one, &order(1)).await;
    let id = Uuid::from_u128(1);
    // Reads, waits, and writes what it read and one more: of two at the same time one would be lost.
    let add = |store: Store| async move {
        let work = store.write(Scope::guest(&owner()), move |tx| {
            let mut found = orders::find(tx, id)?.ok_or(StoreError::Unreadable("order"))?;
            std::thread::sleep(Duration::from_millis(3));
            found.step_at_ms += 1;
            orders::set_state(tx, &found, 1)
        });
        work.await
    };
    let results =
        join_all((0..20).map(|turn| add(if turn % 2 == 0 { one.clone() } else { other.clone() }))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(find(&other, id).await.expect("there").step_at_ms, 20);
}

pub(super) async fn work_about_different_things_does_not_lose_rows(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let take = |turn: i64| {
        let (store, restaurant) = (if turn % 2 == 0 { &one } else { &other }, format!("r{}", turn % 4));
        store.write(Scope::key_tries(&restaurant), move |tx| key_tries::take(tx, &restaurant, 0, 25))
    };
    let results = join_all((0..200).map(take)).await;
    let counted = results.iter().filter(|taken| **taken == Ok(true)).count();
    assert_eq!(counted, 4 * 25, "{results:?}");
}

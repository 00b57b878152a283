//! Leases: one holder at a time, for as long as it is alive and no longer.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Bed;
use crate::store::{Scope, Store, StoreError, leases};

const ORDER: Uuid = Uuid::from_u128(7);

async fn take(store: &Store, holder: u128, now_ms: i64) -> Result<bool, StoreError> {
    let holder = Uuid::from_u128(holder);
    let scope = Scope::lease(ORDER);
    store.write(scope, move |tx| leases::take(tx, ORDER, holder, now_ms + 100, now_ms)).await
}

async fn extend(store: &Store, holder: u128, until_ms: i64) -> Result<bool, StoreError> {
    let holder = Uuid::from_u128(holder);
    store.write(Scope::lease(ORDER), move |tx| leases::extend(tx, ORDER, holder, until_ms)).await
}

async fn release(store: &Store, holder: u128) -> Result<(), StoreError> {
    let holder = Uuid::from_u128(holder);
    store.write(Scope::lease(ORDER), move |tx| leases::release(tx, ORDER, holder)).await
}

pub(super) async fn an_order_has_one_holder_at_a_time(bed: Bed) {
    let (one, other) = bed.open_two().await;
    let taken = join_all((0..20).map(|turn| take(if turn % 2 == 0 { &one } else { &other }, turn, 0))).await;
    let holders: Vec<u128> =
        (0..20).zip(&taken).filter(|(_, taken)| **taken == Ok(true)).map(|(holder, _)| holder).collect();
    assert_eq!(holders.len(), 1, "{taken:?}");
    release(&other, holders[0] + 100).await.expect("not the holder's");
    assert_eq!(take(&other, 200, 0).await, Ok(false));
    release(&other, holders[0]).await.expect("the holder's");
    assert_eq!(take(&other, 200, 0).await, Ok(true));
}

pub(super) async fn a_lease_ends_by_itself_and_then_is_not_extended(bed: Bed) {
    let (one, other) = bed.open_two().await;
    assert_eq!(take(&one, 1, 0).await, Ok(true));
    assert_eq!(take(&other, 2, 99).await, Ok(false));
    assert_eq!(extend(&one, 1, 150).await, Ok(true));
    assert_eq!(take(&other, 2, 149).await, Ok(false));
    assert_eq!(take(&other, 2, 150).await, Ok(true));
    assert_eq!(extend(&one, 1, 500).await, Ok(false));
    release(&one, 1).await.expect("nothing to give back");
    assert_eq!(take(&one, 3, 160).await, Ok(false), "the second holder's still");
}

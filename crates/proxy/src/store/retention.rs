//! Removes orders that are over, with all that was kept of them, once nobody has touched them for long.
//!
//! An order stays while anything is frozen for it, while nobody knows what became of its last step, while its restaurant has
//! not heard of it or it is listed what was not heard, and while anybody is at work on it.

use futures_util::future::try_join_all;
use uuid::Uuid;

use super::sql::{Query, Row, Tx, values};
use super::{Scope, Store, StoreError};

/// How many orders are looked for at once, and how many are removed at the same time.
const AT_ONCE: u32 = 100;
const TOGETHER: usize = 10;

/// Orders that are closed, cancelled, taken back or open again.
const OVER: &str = "SELECT order_id FROM orders
     WHERE state <> 'confirmed' AND pending IS NULL AND (known_upstream = 1 OR state <> 'open')
         AND touched_at_ms <= ?1
         AND NOT EXISTS (SELECT 1 FROM webhooks WHERE webhooks.order_id = orders.order_id)
         AND NOT EXISTS (SELECT 1 FROM registrations
             WHERE registrations.order_id = orders.order_id AND registrations.touched_at_ms > ?1)
     ORDER BY touched_at_ms LIMIT ?2";

/// Registered orders that no guest has confirmed, or whose end is as old as the restaurant's last word.
const LEFT: &str = "SELECT order_id FROM registrations
     WHERE touched_at_ms <= ?1
         AND NOT EXISTS (SELECT 1 FROM webhooks WHERE webhooks.order_id = registrations.order_id)
         AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.order_id = registrations.order_id
             AND (orders.touched_at_ms > ?1 OR orders.pending IS NOT NULL OR orders.state = 'confirmed'))
     ORDER BY touched_at_ms LIMIT ?2";

/// A restaurant's confirmed orders for which nothing is held that falls off.
const HANDED_OVER: &str = "SELECT order_id FROM orders
     WHERE (state = 'confirmed' OR pending IS NOT NULL) AND restaurant = ?3 AND step_at_ms <= ?1
         AND state = 'confirmed' AND pending IS NULL AND held_until_ms IS NULL AND touched_at_ms <= ?1
         AND NOT EXISTS (SELECT 1 FROM webhooks WHERE webhooks.order_id = orders.order_id)
         AND NOT EXISTS (SELECT 1 FROM registrations
             WHERE registrations.order_id = orders.order_id AND registrations.touched_at_ms > ?1)
     ORDER BY step_at_ms LIMIT ?2";

/// What keeps an order `?1`, looked for again when nobody else can begin to work on it: somebody at work after `?2`, a
/// restaurant that has not heard of it, and one that has had to do with it after `?2`.
const KEEPS: [&str; 3] = [
    "SELECT order_id FROM order_leases WHERE order_id = ?1 AND until_ms > ?2",
    "SELECT order_id FROM webhooks WHERE order_id = ?1",
    "SELECT order_id FROM registrations WHERE order_id = ?1 AND touched_at_ms > ?2",
];

/// The same of the order itself, where only one that is over may go, and where one that the till has may.
const ORDER_KEEPS: [&str; 2] = [
    "SELECT order_id FROM orders
     WHERE order_id = ?1 AND (touched_at_ms > ?2 OR pending IS NOT NULL OR state = 'confirmed')",
    "SELECT order_id FROM orders
     WHERE order_id = ?1 AND (touched_at_ms > ?2 OR pending IS NOT NULL OR held_until_ms IS NOT NULL)",
];

/// All that is kept of an order.
const REMOVALS: [&str; 4] = [
    "DELETE FROM orders WHERE order_id = ?1",
    "DELETE FROM registrations WHERE order_id = ?1",
    "DELETE FROM order_tokens WHERE order_id = ?1",
    "DELETE FROM refunds WHERE order_id = ?1",
];

/// Removes what is over and was last touched at or before `until_ms`.
///
/// # Errors
/// [`StoreError`] where the store fails.
pub(super) async fn sweep_orders(store: &Store, until_ms: i64, now_ms: i64) -> Result<(), StoreError> {
    for sql in [OVER, LEFT] {
        let find = move |tx: &mut dyn Query| names(tx.query(sql, values![until_ms, AT_ONCE])?);
        while remove_all(store, store.read(find).await?, ORDER_KEEPS[0], until_ms, now_ms).await? {}
    }
    Ok(())
}

/// Removes a restaurant's confirmed orders that were last touched at or before `until_ms`, as [`sweep_orders`] does those
/// that are over.
///
/// # Errors
/// [`StoreError`] where the store fails.
pub(crate) async fn forget_handed_over(
    store: &Store,
    restaurant: &str,
    until_ms: i64,
    now_ms: i64,
) -> Result<(), StoreError> {
    let restaurant = restaurant.to_owned();
    loop {
        let name = restaurant.clone();
        let find = move |tx: &mut dyn Query| {
            names(tx.query(HANDED_OVER, values![until_ms, AT_ONCE, name.as_str()])?)
        };
        if !remove_all(store, store.read(find).await?, ORDER_KEEPS[1], until_ms, now_ms).await? {
            return Ok(());
        }
    }
}

fn names(rows: Vec<Row>) -> Result<Vec<Uuid>, StoreError> {
    let unreadable = |_| StoreError::Unreadable("order_id");
    rows.into_iter()
        .map(|mut row| Uuid::try_parse(&row.next::<String>("order_id")?).map_err(unreadable))
        .collect()
}

/// Removes orders a few at a time; says whether there may be more to remove.
async fn remove_all(
    store: &Store,
    found: Vec<Uuid>,
    order_keeps: &'static str,
    until_ms: i64,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let mut removed = 0;
    for some in found.chunks(TOGETHER) {
        let removals = some.iter().map(|order_id| {
            let order_id = *order_id;
            // Whoever begins to work on the order waits for this, and then finds none.
            store.write(Scope::lease(order_id), move |tx| {
                remove(tx, &order_id.to_string(), order_keeps, until_ms, now_ms)
            })
        });
        removed += try_join_all(removals).await?.into_iter().filter(|is_removed| *is_removed).count();
    }
    Ok(removed == found.len() && u32::try_from(removed) == Ok(AT_ONCE))
}

/// Removes an order and all that was kept of it, unless something keeps it; says whether it is gone.
fn remove(
    tx: &mut dyn Tx,
    order_id: &str,
    order_keeps: &'static str,
    until_ms: i64,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let [lease, webhook, registration] = KEEPS;
    let is_kept = tx.query_opt(lease, values![order_id, now_ms])?.is_some()
        || tx.query_opt(webhook, values![order_id])?.is_some()
        || tx.query_opt(registration, values![order_id, until_ms])?.is_some()
        || tx.query_opt(order_keeps, values![order_id, until_ms])?.is_some();
    if !is_kept {
        for removal in REMOVALS {
            tx.execute(removal, values![order_id])?;
        }
    }
    Ok(!is_kept)
}

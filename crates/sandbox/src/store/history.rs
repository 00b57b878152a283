//! A guest's past, newest first: the orders and the changes of the balance, as far as a key may see them.
//!
//! Every query begins at the guest's own rows in an index and reads no other guest's.

use contract::Money;
use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::bonus_entries::EntryKind;
use super::orders::{self, OrderRow};

/// A part of a history: from `from_ms` to `to_ms`, both included, in milliseconds since 1970 UTC, of which `skip`
/// entries are left out and `take` are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from_ms: i64,
    pub(crate) to_ms: i64,
    pub(crate) skip: u32,
    pub(crate) take: u32,
}

/// Which orders of a guest are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OrdersAsked<'a> {
    /// The key that asks; it sees the orders of its restaurants only.
    pub(crate) api_key: &'a str,
    pub(crate) guest_id: i64,
    /// By the time of opening.
    pub(crate) span: Span,
    /// `open`, `closed` or `aborted`; a confirmed order is still open.
    pub(crate) status: Option<&'a str>,
    /// A JSON array of `r_keeper` object ids, of which the order's restaurant must be one.
    pub(crate) rk_object_ids: Option<&'a str>,
}

const ORDERS_ASKED: &str = "
    FROM loyalty_order AS o
    WHERE o.guest_id = :guest AND o.opened_at_ms BETWEEN :from AND :to
        AND EXISTS (SELECT 1 FROM api_key_restaurant WHERE api_key = :key AND restaurant_id = o.restaurant_id)
        AND (:status IS NULL OR :status = CASE o.state WHEN 'confirmed' THEN 'open' ELSE o.state END)
        AND (:wanted IS NULL OR o.restaurant_id IN
            (SELECT r.id FROM json_each(:wanted) AS wanted JOIN restaurant AS r ON r.rk_object_id = wanted.value))";

pub(super) fn count_of_orders() -> String {
    format!("SELECT COUNT(*) {ORDERS_ASKED}")
}

pub(super) fn page_of_orders() -> String {
    let columns = orders::COLUMNS;
    format!(
        "SELECT {columns} {ORDERS_ASKED} ORDER BY o.opened_at_ms DESC, o.id DESC LIMIT :take OFFSET :skip"
    )
}

/// How many of the guest's orders are asked for, and those of the span's page.
pub(crate) fn orders(
    tx: &Transaction<'_>,
    asked: &OrdersAsked<'_>,
) -> Result<(u32, Vec<OrderRow>), StoreError> {
    let OrdersAsked { api_key, guest_id, span, status, rk_object_ids } = asked;
    let total = tx.prepare_cached(&count_of_orders())?.query_row(
        named_params! {
            ":guest": guest_id, ":from": span.from_ms, ":to": span.to_ms, ":key": api_key, ":status": status,
            ":wanted": rk_object_ids,
        },
        |row| row.get(0),
    )?;
    let mut statement = tx.prepare_cached(&page_of_orders())?;
    let mut rows = statement.query(named_params! {
        ":guest": guest_id, ":from": span.from_ms, ":to": span.to_ms, ":key": api_key, ":status": status,
        ":wanted": rk_object_ids, ":take": span.take, ":skip": span.skip,
    })?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(orders::read(row)?);
    }
    Ok((total, page))
}

/// A change of a guest's balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryRow {
    pub(crate) kind: EntryKind,
    /// How much, never negative.
    pub(crate) amount: Money,
    /// Milliseconds since 1970 UTC.
    pub(crate) at_ms: i64,
    pub(crate) order_id: Option<String>,
    /// The id and the name of the restaurant it was done at.
    pub(crate) restaurant: Option<(String, String)>,
    pub(crate) comment: Option<String>,
}

/// What the network itself did is seen by every key.
const ENTRIES_ASKED: &str = "
    FROM bonus_entry AS e
    WHERE e.guest_id = :guest AND e.at_ms BETWEEN :from AND :to
        AND (e.restaurant_id IS NULL OR EXISTS
            (SELECT 1 FROM api_key_restaurant WHERE api_key = :key AND restaurant_id = e.restaurant_id))";

pub(super) fn count_of_entries() -> String {
    format!("SELECT COUNT(*) {ENTRIES_ASKED}")
}

pub(super) fn page_of_entries() -> String {
    format!(
        "SELECT e.kind, e.amount_minor, e.at_ms, e.order_id, e.restaurant_id, e.comment,
             (SELECT name FROM restaurant WHERE id = e.restaurant_id)
         {ENTRIES_ASKED} ORDER BY e.at_ms DESC, e.id DESC LIMIT :take OFFSET :skip"
    )
}

/// How many changes of the guest's balance the key may see in the span, and those of its page.
pub(crate) fn entries(
    tx: &Transaction<'_>,
    api_key: &str,
    guest_id: i64,
    span: Span,
) -> Result<(u32, Vec<EntryRow>), StoreError> {
    let total = tx.prepare_cached(&count_of_entries())?.query_row(
        named_params! { ":guest": guest_id, ":from": span.from_ms, ":to": span.to_ms, ":key": api_key },
        |row| row.get(0),
    )?;
    let mut statement = tx.prepare_cached(&page_of_entries())?;
    let mut rows = statement.query(named_params! {
        ":guest": guest_id, ":from": span.from_ms, ":to": span.to_ms, ":key": api_key, ":take": span.take,
        ":skip": span.skip,
    })?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(EntryRow {
            kind: EntryKind::of(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?,
            amount: Money::from_minor(row.get(1)?),
            at_ms: row.get(2)?,
            order_id: row.get(3)?,
            restaurant: row.get::<_, Option<String>>(4)?.zip(row.get::<_, Option<String>>(6)?),
            comment: row.get(5)?,
        });
    }
    Ok((total, page))
}

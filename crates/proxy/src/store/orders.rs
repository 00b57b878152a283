//! The table `orders`.

use contract::Money;
use uuid::Uuid;

use super::sql::{Query, Row, Tx, values};
use super::{StoreError, guest_key};
use crate::orders::order::{Order, Owner, Settled, Step};

const STATES: [(Settled, &str); 5] = [
    (Settled::Open, "open"),
    (Settled::Confirmed, "confirmed"),
    (Settled::Closed, "closed"),
    (Settled::Aborted, "aborted"),
    (Settled::Refunded, "refunded"),
];

const STEPS: [(Step, &str); 6] = [
    (Step::Confirm, "confirm"),
    (Step::Reset, "reset"),
    (Step::Abort, "abort"),
    (Step::Close, "close"),
    (Step::Refund, "refund"),
    (Step::RefundPart, "refund_part"),
];

fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    names.iter().find(|(named, _)| named == value).map_or("", |(_, name)| name)
}

fn named<T: Copy>(names: &[(T, &'static str)], name: &str, column: &'static str) -> Result<T, StoreError> {
    let found = names.iter().find(|(_, known)| *known == name);
    found.map(|(value, _)| *value).ok_or(StoreError::Unreadable(column))
}

/// Keeps a new order.
pub(crate) fn insert(tx: &mut dyn Tx, order: &Order) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO orders (order_id, restaurant, guest, currency, state, pending, known_upstream,
             previews_begun, preview_number, preview, spend_minor, touched_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11)",
        values![
            order.order_id.to_string(),
            &order.owner.restaurant,
            guest_key::text(&order.owner.guest),
            &order.currency,
            name_of(&STATES, &order.state),
            order.pending.map(|step| name_of(&STEPS, &step)),
            order.known_upstream,
            order.preview_number,
            preview_text(order)?,
            order.spend.minor(),
            order.preview.at_ms,
        ],
    )?;
    Ok(())
}

/// Keeps an order as a step is about to change it, where nothing of it was kept; says whether its calculation is still the
/// newest, where that matters to the step. An order that a guest has only named is kept as it is to be: nobody was told of
/// it before.
pub(crate) fn begin(tx: &mut dyn Tx, order: &Order) -> Result<bool, StoreError> {
    let Some(kept) = find(tx, order.order_id)? else {
        let order = match order.pending {
            Some(_) => Order { state: Settled::Open, pending: None, ..order.clone() },
            None => order.clone(),
        };
        insert(tx, &order)?;
        return Ok(true);
    };
    let is_newest = kept.owner == order.owner && kept.preview.preview_id == order.preview.preview_id;
    Ok(is_newest || order.pending != Some(Step::Confirm))
}

/// The order of this name.
pub(crate) fn find(tx: &mut dyn Query, order_id: Uuid) -> Result<Option<Order>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, guest, currency, state, pending, known_upstream, preview_number, preview, spend_minor,
             reference, held_until_ms, step_at_ms, refunding
         FROM orders WHERE order_id = ?1",
        values![order_id.to_string()],
    )?;
    row.map(|row| read(order_id, row)).transpose()
}

fn read(order_id: Uuid, mut row: Row) -> Result<Order, StoreError> {
    let restaurant = row.next("restaurant")?;
    let guest = guest_key::read(&row.next::<String>("guest")?)?;
    let currency = row.next("currency")?;
    let state = named(&STATES, &row.next::<String>("state")?, "state")?;
    let pending: Option<String> = row.next("pending")?;
    Ok(Order {
        order_id,
        owner: Owner { restaurant, guest },
        currency,
        state,
        pending: pending.map(|name| named(&STEPS, &name, "pending")).transpose()?,
        known_upstream: row.next("known_upstream")?,
        preview_number: row.next("preview_number")?,
        preview: serde_json::from_str(&row.next::<String>("preview")?)
            .map_err(|_| StoreError::Unreadable("preview"))?,
        spend: Money::from_minor(row.next("spend_minor")?),
        reference: row.next("reference")?,
        held_until_ms: row.next("held_until_ms")?,
        step_at_ms: row.next("step_at_ms")?,
        refunding: row
            .next::<Option<String>>("refunding")?
            .map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("refunding")))
            .transpose()?,
    })
}

fn preview_text(order: &Order) -> Result<String, StoreError> {
    serde_json::to_string(&order.preview).map_err(|_| StoreError::Unreadable("preview"))
}

/// Keeps where an order stands, as of a time.
pub(crate) fn set_state(tx: &mut dyn Tx, order: &Order, now_ms: i64) -> Result<(), StoreError> {
    let refunding = order.refunding.as_ref().map(serde_json::to_string).transpose();
    tx.execute(
        "UPDATE orders SET state = ?2, pending = ?3, known_upstream = ?4, spend_minor = ?5, reference = ?6,
             held_until_ms = ?7, step_at_ms = ?8, refunding = ?9, touched_at_ms = ?10
         WHERE order_id = ?1",
        values![
            order.order_id.to_string(),
            name_of(&STATES, &order.state),
            order.pending.map(|step| name_of(&STEPS, &step)),
            order.known_upstream,
            order.spend.minor(),
            order.reference.as_ref(),
            order.held_until_ms,
            order.step_at_ms,
            refunding.map_err(|_| StoreError::Unreadable("refunding"))?,
            now_ms,
        ],
    )?;
    Ok(())
}

/// Where an order stands.
pub(crate) fn state(tx: &mut dyn Query, order_id: Uuid) -> Result<Option<Settled>, StoreError> {
    let row = tx.query_opt("SELECT state FROM orders WHERE order_id = ?1", values![order_id.to_string()])?;
    row.map(|mut row| named(&STATES, &row.next::<String>("state")?, "state")).transpose()
}

/// A restaurant's orders that are confirmed, or of which a step is open, and whose newest step was asked for at or before
/// a time; the oldest first, after the one named by `after`.
pub(crate) fn untouched(
    tx: &mut dyn Query,
    restaurant: &str,
    until_ms: i64,
    after: (i64, &str),
    most: u32,
) -> Result<Vec<(i64, Uuid)>, StoreError> {
    let rows = tx.query(
        "SELECT step_at_ms, order_id FROM orders
         WHERE (state = 'confirmed' OR pending IS NOT NULL) AND restaurant = ?1 AND step_at_ms <= ?2
             AND (step_at_ms, order_id) > (?3, ?4)
         ORDER BY step_at_ms, order_id LIMIT ?5",
        values![restaurant, until_ms, after.0, after.1, most],
    )?;
    let unreadable = |_| StoreError::Unreadable("order_id");
    rows.into_iter()
        .map(|mut row| {
            let at_ms = row.next("step_at_ms")?;
            Ok((at_ms, Uuid::try_parse(&row.next::<String>("order_id")?).map_err(unreadable)?))
        })
        .collect()
}

/// The owner's other orders for which something is held.
pub(crate) fn others_held(
    tx: &mut dyn Query,
    owner: &Owner,
    order_id: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = tx.query(
        "SELECT order_id FROM orders
         WHERE restaurant = ?1 AND guest = ?2 AND held_until_ms IS NOT NULL AND order_id <> ?3",
        values![&owner.restaurant, guest_key::text(&owner.guest), order_id.to_string()],
    )?;
    let unreadable = |_| StoreError::Unreadable("order_id");
    rows.into_iter()
        .map(|mut row| Uuid::try_parse(&row.next::<String>("order_id")?).map_err(unreadable))
        .collect()
}

/// The number of a calculation that is about to be made for an order.
pub(crate) fn begin_preview(tx: &mut dyn Tx, order_id: Uuid) -> Result<i64, StoreError> {
    let row = tx.query_opt(
        "UPDATE orders SET previews_begun = previews_begun + 1 WHERE order_id = ?1 RETURNING previews_begun",
        values![order_id.to_string()],
    )?;
    row.ok_or(StoreError::Unreadable("order"))?.next("previews_begun")
}

/// Keeps an open order's calculation, unless one that was asked for later is there already. Says whether the order is
/// still open.
pub(crate) fn set_preview(tx: &mut dyn Tx, order: &Order) -> Result<bool, StoreError> {
    let open = find(tx, order.order_id)?
        .is_some_and(|current| current.state == Settled::Open && current.pending.is_none());
    if open {
        tx.execute(
            "UPDATE orders SET preview = ?2, preview_number = ?3, touched_at_ms = ?4
             WHERE order_id = ?1 AND preview_number < ?3",
            values![
                order.order_id.to_string(),
                preview_text(order)?,
                order.preview_number,
                order.preview.at_ms
            ],
        )?;
    }
    Ok(open)
}

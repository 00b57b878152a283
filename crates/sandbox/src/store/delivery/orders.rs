//! The numbers under which r_k Delivery knows its orders, and what it knows of each besides.

use loyalty::Expedition;
use rusqlite::{Params, Transaction, params};

use crate::store::StoreError;
use crate::store::orders::{COLUMNS, OrderRow, read};

/// An order of r_k Delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeliveryOrder {
    pub(crate) number: i64,
    pub(crate) order: OrderRow,
    /// Whose it is, also while no loyalty is bound to it.
    pub(crate) phone: String,
    pub(crate) expedition: Expedition,
    /// How often its loyalty was reset.
    pub(crate) resets: u32,
}

/// What is written down of a new order.
pub(crate) struct NewDeliveryOrder<'a> {
    pub(crate) number: i64,
    /// The order in the tables that every system shares.
    pub(crate) order_id: &'a str,
    pub(crate) phone: &'a str,
    pub(crate) expedition: Expedition,
}

/// The number the next order gets.
pub(crate) fn next_number(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    Ok(tx
        .prepare_cached("SELECT COALESCE(MAX(number), 0) + 1 FROM delivery_order")?
        .query_row([], |row| row.get(0))?)
}

/// Adds an order.
pub(crate) fn add(tx: &Transaction<'_>, new: &NewDeliveryOrder<'_>) -> Result<(), StoreError> {
    let expedition = match new.expedition {
        Expedition::Delivery => "delivery",
        Expedition::Pickup => "pickup",
        Expedition::InRestaurant => {
            return Err(StoreError::Corrupt("an order of r_k Delivery served in the restaurant".to_owned()));
        }
    };
    tx.prepare_cached(
        "INSERT INTO delivery_order (number, order_id, phone, expedition) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![new.number, new.order_id, new.phone, expedition])?;
    Ok(())
}

/// Counts that the order's loyalty was reset.
pub(crate) fn count_reset(tx: &Transaction<'_>, number: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE delivery_order SET resets = resets + 1 WHERE number = ?1")?
        .execute([number])?;
    Ok(())
}

/// The order with this number, of a restaurant the client may see.
pub(crate) fn find(
    tx: &Transaction<'_>,
    client_id: &str,
    number: i64,
) -> Result<Option<DeliveryOrder>, StoreError> {
    let joined = "JOIN delivery_client_restaurant AS a ON a.restaurant_id = o.restaurant_id
         WHERE d.number = ?1 AND a.client_id = ?2";
    Ok(query(tx, joined, params![number, client_id])?.map(|(_, order)| order))
}

/// The order with this number and its network, whoever may see it.
pub(crate) fn find_any(
    tx: &Transaction<'_>,
    number: i64,
) -> Result<Option<(i64, DeliveryOrder)>, StoreError> {
    query(tx, "WHERE d.number = ?1", params![number])
}

fn query(
    tx: &Transaction<'_>,
    condition: &str,
    values: impl Params,
) -> Result<Option<(i64, DeliveryOrder)>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, d.number, d.phone, d.expedition, d.resets, r.network_id FROM delivery_order AS d
             JOIN loyalty_order AS o ON o.id = d.order_id JOIN restaurant AS r ON r.id = o.restaurant_id {condition}"
    ))?;
    let mut rows = statement.query(values)?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let expedition = match row.get::<_, String>("expedition")?.as_str() {
        "delivery" => Expedition::Delivery,
        "pickup" => Expedition::Pickup,
        other => return Err(StoreError::Corrupt(format!("expedition {other}"))),
    };
    let order = DeliveryOrder {
        number: row.get("number")?,
        order: read(row)?,
        phone: row.get("phone")?,
        expedition,
        resets: row.get("resets")?,
    };
    Ok(Some((row.get("network_id")?, order)))
}

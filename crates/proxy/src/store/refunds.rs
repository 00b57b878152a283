//! The table `refunds`: what of closed orders was taken back.

use uuid::Uuid;

use super::StoreError;
use super::sql::{Query, Tx, values};
use crate::orders::refund::{DoneRefund, RefundPart};

/// Keeps a refund that was carried out, if it is not there yet.
pub(crate) fn insert(tx: &mut dyn Tx, order_id: Uuid, done: &DoneRefund) -> Result<(), StoreError> {
    let items = done.items.as_ref().map(serde_json::to_string).transpose();
    tx.execute(
        "INSERT INTO refunds (refund_id, order_id, at_ms, items) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (refund_id) DO NOTHING",
        values![
            done.refund_id.to_string(),
            order_id.to_string(),
            done.at_ms,
            items.map_err(|_| StoreError::Unreadable("items"))?
        ],
    )?;
    Ok(())
}

/// What of an order was taken back, oldest first.
pub(crate) fn of_order(tx: &mut dyn Query, order_id: Uuid) -> Result<Vec<DoneRefund>, StoreError> {
    let rows = tx.query(
        "SELECT refund_id, at_ms, items FROM refunds WHERE order_id = ?1 ORDER BY at_ms, refund_id",
        values![order_id.to_string()],
    )?;
    rows.into_iter()
        .map(|mut row| {
            let unreadable = |_| StoreError::Unreadable("refund_id");
            let refund_id = Uuid::try_parse(&row.next::<String>("refund_id")?).map_err(unreadable)?;
            let at_ms = row.next("at_ms")?;
            let items: Option<Vec<RefundPart>> = row
                .next::<Option<String>>("items")?
                .map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("items")))
                .transpose()?;
            Ok(DoneRefund { refund_id, at_ms, items })
        })
        .collect()
}

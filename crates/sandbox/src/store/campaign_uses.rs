//! How many orders of a guest a campaign is a part of: counted over the orders, so that nothing has to be kept in step.

use rusqlite::{Transaction, params};

use super::StoreError;

/// The guest's confirmed and closed orders that the campaign takes something off, or brings something with. An order that
/// was refunded whole counts no more.
pub(crate) fn of_guest(tx: &Transaction<'_>, guest_id: i64, campaign_id: &str) -> Result<u64, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT COUNT(*) FROM loyalty_order AS o
             WHERE o.guest_id = ?1 AND o.state IN ('confirmed', 'closed') AND o.is_refunded = 0 AND (
                 EXISTS (SELECT 1 FROM order_discount WHERE order_id = o.id AND campaign_id = ?2)
                 OR EXISTS (SELECT 1 FROM order_reward WHERE order_id = o.id AND campaign_id = ?2))",
        )?
        .query_row(params![guest_id, campaign_id], |row| row.get(0))?)
}

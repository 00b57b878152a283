//! Orders as they were confirmed, and where they stand.

use contract::Money;
use loyalty::life::OrderState;
use rusqlite::{Transaction, params};

use super::StoreError;
use row::state_text;

mod lines;
mod row;

pub(crate) use lines::lines;
pub(super) use row::{COLUMNS, read};
pub(crate) use row::{DiscountRow, LineRow, OrderRow};

/// The order with this id, of a restaurant the key may see.
pub(crate) fn find(
    tx: &Transaction<'_>,
    api_key: &str,
    order_id: &str,
) -> Result<Option<OrderRow>, StoreError> {
    let mut statement = tx.prepare_cached(&find_query())?;
    let mut rows = statement.query(params![order_id, api_key])?;
    rows.next()?.map(read).transpose()
}

pub(super) fn find_query() -> String {
    format!(
        "SELECT {COLUMNS} FROM loyalty_order AS o JOIN api_key_restaurant AS a ON a.restaurant_id = o.restaurant_id
         WHERE o.id = ?1 AND a.api_key = ?2"
    )
}

/// Whether the id is taken, by whatever restaurant.
pub(crate) fn is_taken(tx: &Transaction<'_>, order_id: &str) -> Result<bool, StoreError> {
    Ok(tx.prepare_cached("SELECT 1 FROM loyalty_order WHERE id = ?1")?.exists([order_id])?)
}

/// Writes an order, replacing what was there under its id.
pub(crate) fn put(
    tx: &Transaction<'_>,
    order: &OrderRow,
    lines: &[LineRow],
    discounts: &[DiscountRow],
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO loyalty_order (id, restaurant_id, guest_id, state, source, contents, opened_at_ms,
             closed_at_ms, price_minor, total_minor, discount_minor, payment_minor, accrual_minor,
             rolled_back_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
             restaurant_id = excluded.restaurant_id, guest_id = excluded.guest_id, state = excluded.state,
             source = excluded.source, contents = excluded.contents, opened_at_ms = excluded.opened_at_ms,
             closed_at_ms = excluded.closed_at_ms, price_minor = excluded.price_minor,
             total_minor = excluded.total_minor, discount_minor = excluded.discount_minor,
             payment_minor = excluded.payment_minor, accrual_minor = excluded.accrual_minor,
             rolled_back_minor = excluded.rolled_back_minor",
    )?
    .execute(params![
        order.id,
        order.restaurant_id,
        order.guest_id,
        state_text(order.state),
        if order.is_delivery { "delivery" } else { "indoor" },
        order.contents,
        order.opened_at_ms,
        order.closed_at_ms,
        order.price.minor(),
        order.total.minor(),
        order.discount.minor(),
        order.payment.minor(),
        order.accrual.minor(),
        order.rolled_back.minor(),
    ])?;
    lines::replace(tx, &order.id, lines)?;
    replace_discounts(tx, &order.id, discounts)
}

fn replace_discounts(
    tx: &Transaction<'_>,
    order_id: &str,
    discounts: &[DiscountRow],
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM order_discount WHERE order_id = ?1")?.execute([order_id])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO order_discount (order_id, campaign_id, name, discount_minor, uses_privilege)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for one in discounts {
        insert.execute(params![
            order_id,
            one.campaign_id,
            one.name,
            one.discount.minor(),
            one.uses_privilege
        ])?;
    }
    Ok(())
}

/// Closes a confirmed order: at the till at `closed_at_ms`, in these books at `counted_at_ms`.
pub(crate) fn close(
    tx: &Transaction<'_>,
    order_id: &str,
    closed_at_ms: i64,
    counted_at_ms: i64,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE loyalty_order SET state = 'closed', closed_at_ms = ?2, counted_at_ms = ?3 WHERE id = ?1",
    )?
    .execute(params![order_id, closed_at_ms, counted_at_ms])?;
    Ok(())
}

/// Counts a refund of a closed order: the bonuses given back and the accrual taken back.
pub(crate) fn count_refund(
    tx: &Transaction<'_>,
    order_id: &str,
    payment: Money,
    cancelled: Money,
    is_last: bool,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE loyalty_order SET rolled_back_minor = rolled_back_minor + ?2,
             cancelled_minor = cancelled_minor + ?3, is_refunded = ?4
         WHERE id = ?1",
    )?
    .execute(params![order_id, payment.minor(), cancelled.minor(), is_last])?;
    Ok(())
}

/// Takes the guest, the discounts and the bonuses off an order: it is open again, or aborted for good at
/// `aborted_at_ms`, which keeps in mind what was given back. Whose order it was stays known of an aborted one: the
/// guest's history shows it.
pub(crate) fn unbind(
    tx: &Transaction<'_>,
    order_id: &str,
    aborted_at_ms: Option<i64>,
) -> Result<(), StoreError> {
    let state = if aborted_at_ms.is_some() { OrderState::Aborted } else { OrderState::Open };
    tx.execute(
        "UPDATE loyalty_order SET
             rolled_back_minor = CASE ?2 WHEN 'aborted' THEN payment_minor ELSE 0 END,
             state = ?2, closed_at_ms = ?3, guest_id = CASE ?2 WHEN 'aborted' THEN guest_id END,
             total_minor = total_minor + discount_minor,
             discount_minor = 0, payment_minor = 0, accrual_minor = 0
         WHERE id = ?1",
        params![order_id, state_text(state), aborted_at_ms],
    )?;
    tx.execute(
        "UPDATE order_line SET total_minor = cost_minor, payment_minor = 0 WHERE order_id = ?1",
        [order_id],
    )?;
    tx.execute("DELETE FROM order_discount WHERE order_id = ?1", [order_id])?;
    Ok(())
}

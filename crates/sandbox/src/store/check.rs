//! The invariants of the books, each a query that must find nothing.

use rusqlite::Transaction;

use super::StoreError;

mod clients;
mod delivery;
mod gifts;
mod networks;
mod refunds;

/// What must hold, and the query whose rows break it. The first column says where.
type Invariant = (&'static str, &'static str);

/// Of guests, their bonuses and their orders.
const INVARIANTS: &[Invariant] = &[
    (
        "balance + frozen = given − taken",
        "SELECT phone FROM guest WHERE balance_minor + frozen_minor <> (
             SELECT COALESCE(SUM(CASE WHEN kind IN ('write_off', 'api_write_off', 'accrual_cancelled')
                 THEN -amount_minor ELSE amount_minor END), 0)
             FROM bonus_entry WHERE guest_id = guest.id)",
    ),
    (
        "a guest's count of orders is that of the closed ones",
        "SELECT phone FROM guest WHERE closed_orders <> (
             SELECT COUNT(*) FROM loyalty_order WHERE guest_id = guest.id AND state = 'closed')",
    ),
    (
        "a guest's money paid is that of the closed orders less the refunds",
        "SELECT phone FROM guest WHERE paid_total_minor <> (
             SELECT COALESCE(SUM(total_minor - payment_minor), 0) FROM loyalty_order
             WHERE guest_id = guest.id AND state = 'closed') - (
             SELECT COALESCE(SUM(r.money_minor), 0) FROM refund AS r JOIN loyalty_order AS o ON o.id = r.order_id
             WHERE o.guest_id = guest.id)",
    ),
    (
        "a guest's frozen bonuses are those of the guest's confirmed orders and holds",
        "SELECT phone FROM guest WHERE frozen_minor <> (
             SELECT COALESCE(SUM(payment_minor), 0) FROM loyalty_order
             WHERE guest_id = guest.id AND state = 'confirmed') + (
             SELECT COALESCE(SUM(amount_minor), 0) FROM hold WHERE guest_id = guest.id)",
    ),
    (
        "no balance and no frozen sum is negative",
        "SELECT phone FROM guest WHERE balance_minor < 0 OR frozen_minor < 0",
    ),
    (
        "an order's total is the sum of its lines",
        "SELECT id FROM loyalty_order WHERE total_minor <> (
             SELECT COALESCE(SUM(total_minor), 0) FROM order_line WHERE order_id = loyalty_order.id)",
    ),
    (
        "an order's price is the sum of its lines",
        "SELECT id FROM loyalty_order WHERE price_minor <> (
             SELECT COALESCE(SUM(price_minor), 0) FROM order_line WHERE order_id = loyalty_order.id)",
    ),
    (
        "an order's lines cost its total and its discount",
        "SELECT id FROM loyalty_order WHERE total_minor + discount_minor <> (
             SELECT COALESCE(SUM(cost_minor), 0) FROM order_line WHERE order_id = loyalty_order.id)",
    ),
    (
        "an order's discount is the sum of its campaigns",
        "SELECT id FROM loyalty_order WHERE discount_minor <> (
             SELECT COALESCE(SUM(discount_minor), 0) FROM order_discount WHERE order_id = loyalty_order.id)",
    ),
    (
        "an order's payment is the sum of its lines' and at most its total",
        "SELECT id FROM loyalty_order WHERE payment_minor > total_minor OR payment_minor <> (
             SELECT COALESCE(SUM(payment_minor), 0) FROM order_line WHERE order_id = loyalty_order.id)",
    ),
    (
        "a closed order's bonuses are in the books exactly once",
        "SELECT id FROM loyalty_order WHERE guest_id IS NOT NULL AND (
             payment_minor * (state = 'closed') <> (SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry
                 WHERE order_id = loyalty_order.id AND kind = 'write_off')
             OR accrual_minor * (state = 'closed') <> (SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry
                 WHERE order_id = loyalty_order.id AND kind = 'accrual'))",
    ),
];

/// Every violation, in words; empty where the books are sound.
pub(crate) fn violations(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let all = [
        INVARIANTS,
        networks::INVARIANTS,
        refunds::INVARIANTS,
        gifts::INVARIANTS,
        clients::INVARIANTS,
        delivery::INVARIANTS,
    ];
    for (invariant, query) in all.into_iter().flatten() {
        let mut statement = tx.prepare(query)?;
        let places = statement.query_map([], |row| row.get::<_, String>(0))?;
        for place in places {
            found.push(format!("{invariant}: broken at {}", place?));
        }
    }
    Ok(found)
}

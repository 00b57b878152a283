//! The invariants of refunds.

use super::Invariant;

/// A refund returns no more than was bought and paid; a whole one returns and cancels exactly that.
pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "only a closed order is refunded, and by its own network",
        "SELECT r.id FROM refund AS r JOIN loyalty_order AS o ON o.id = r.order_id
             JOIN restaurant AS p ON p.id = o.restaurant_id
         WHERE o.state <> 'closed' OR p.network_id <> r.network_id",
    ),
    (
        "a refund is the sum of its lines",
        "SELECT r.id FROM refund AS r WHERE (
             SELECT COALESCE(SUM(money_minor), 0) FROM refund_line
             WHERE network_id = r.network_id AND refund_id = r.id) <> r.money_minor
         OR (
             SELECT COALESCE(SUM(payment_minor), 0) FROM refund_line
             WHERE network_id = r.network_id AND refund_id = r.id) <> r.payment_minor",
    ),
    (
        "no more of a line is refunded than was bought and paid",
        "SELECT l.order_id || ' ' || l.position FROM refund_line AS l
             JOIN order_line AS o ON o.order_id = l.order_id AND o.position = l.position
         GROUP BY l.order_id, l.position
         HAVING SUM(l.quantity_milli) > o.quantity_milli OR SUM(l.payment_minor) > o.payment_minor
             OR SUM(l.money_minor) > o.total_minor - o.payment_minor",
    ),
    (
        "an order is refunded once all of its lines are, and then to the last hundredth",
        "SELECT o.id FROM loyalty_order AS o WHERE o.is_refunded <> (o.state = 'closed' AND (
             SELECT SUM(quantity_milli) FROM order_line WHERE order_id = o.id) = (
             SELECT COALESCE(SUM(quantity_milli), 0) FROM refund_line WHERE order_id = o.id))
         OR (o.is_refunded = 1 AND (o.rolled_back_minor <> o.payment_minor OR o.accrual_minor <> (
             SELECT SUM(accrual_minor) FROM refund WHERE order_id = o.id)))",
    ),
    (
        "an order's refunds are in the books exactly once",
        "SELECT o.id FROM loyalty_order AS o WHERE o.state = 'closed' AND (
             o.rolled_back_minor <> (SELECT COALESCE(SUM(payment_minor), 0) FROM refund WHERE order_id = o.id)
             OR o.cancelled_minor <> (
                 SELECT COALESCE(SUM(accrual_minor - shortfall_minor), 0) FROM refund WHERE order_id = o.id)
             OR o.rolled_back_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry
                 WHERE order_id = o.id AND kind = 'refund')
             OR o.cancelled_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry
                 WHERE order_id = o.id AND kind = 'accrual_cancelled' AND campaign_id IS NULL))",
    ),
    (
        "an order that is not closed has no refund",
        "SELECT id FROM loyalty_order
         WHERE state <> 'closed' AND (is_refunded = 1 OR cancelled_minor <> 0 OR counted_at_ms IS NOT NULL)",
    ),
];

//! The invariants of r_k Delivery's orders and clients. What its orders freeze and bring is under those of all orders.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a delivery client's restaurants are of its network",
        "SELECT c.id FROM delivery_client_restaurant AS a JOIN delivery_client AS c ON c.id = a.client_id
             JOIN restaurant AS r ON r.id = a.restaurant_id
         WHERE r.network_id <> c.network_id",
    ),
    (
        "a delivery order's guest is the one with its phone",
        "SELECT o.id FROM delivery_order AS d JOIN loyalty_order AS o ON o.id = d.order_id
             JOIN guest AS g ON g.id = o.guest_id
         WHERE g.phone <> d.phone",
    ),
    (
        "a delivery order was reset as often as the ledger says",
        "SELECT order_id FROM delivery_order WHERE resets <> (
             SELECT COUNT(*) FROM ledger WHERE order_id = delivery_order.order_id AND kind = 'reset')",
    ),
    (
        "a delivery order is open only after a reset",
        "SELECT o.id FROM delivery_order AS d JOIN loyalty_order AS o ON o.id = d.order_id
         WHERE o.state = 'open' AND d.resets = 0",
    ),
];

//! What belongs to a network stays in it.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a card is of its guest's network",
        "SELECT c.track FROM loyalty_card AS c JOIN guest AS g ON g.id = c.guest_id
         WHERE g.network_id <> c.network_id",
    ),
    (
        "a bonus entry is of its guest's network, and of its order's guest and restaurant",
        "SELECT e.id || '' FROM bonus_entry AS e JOIN guest AS g ON g.id = e.guest_id
             LEFT JOIN restaurant AS r ON r.id = e.restaurant_id LEFT JOIN loyalty_order AS o ON o.id = e.order_id
         WHERE r.network_id <> g.network_id OR o.restaurant_id <> e.restaurant_id
             OR o.guest_id <> e.guest_id",
    ),
    (
        "an order's guest is of its restaurant's network",
        "SELECT o.id FROM loyalty_order AS o JOIN restaurant AS r ON r.id = o.restaurant_id
             JOIN guest AS g ON g.id = o.guest_id
         WHERE g.network_id <> r.network_id",
    ),
    (
        "a key's restaurants are of its network",
        "SELECT k.key FROM api_key_restaurant AS a JOIN api_key AS k ON k.key = a.api_key
             JOIN restaurant AS r ON r.id = a.restaurant_id
         WHERE r.network_id <> k.network_id",
    ),
];

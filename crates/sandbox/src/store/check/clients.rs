//! The invariants of the basic REST API's clients, their codes and holds.

use super::Invariant;

/// A network of the basic REST API has no other keys: no other system looks at its guests without settling their holds.
pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a network of the basic REST API is of no other system",
        "SELECT k.key FROM api_key AS k WHERE k.system = 'basic_rest' AND EXISTS (
             SELECT 1 FROM api_key AS o WHERE o.network_id = k.network_id AND o.system <> 'basic_rest')",
    ),
    (
        "the guests of such a network, and no others, have a client's id",
        "SELECT g.phone FROM guest AS g WHERE EXISTS (SELECT 1 FROM client WHERE guest_id = g.id) <> EXISTS (
             SELECT 1 FROM api_key WHERE network_id = g.network_id AND system = 'basic_rest')",
    ),
    (
        "a code of the app is of its guest's network",
        "SELECT c.code FROM app_code AS c JOIN guest AS g ON g.id = c.guest_id
         WHERE g.network_id <> c.network_id",
    ),
    (
        "a hold is at a restaurant of its guest's network and ends after it began",
        "SELECT h.id || '' FROM hold AS h JOIN guest AS g ON g.id = h.guest_id
             JOIN restaurant AS r ON r.id = h.restaurant_id
         WHERE r.network_id <> g.network_id OR h.until_ms <= h.held_at_ms",
    ),
];

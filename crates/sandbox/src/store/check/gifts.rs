//! The invariants of gifts, stamps, promo codes and invitations.

use super::Invariant;

/// An order's gifts are frozen while it is confirmed, used up once it is closed, and back once all of it is refunded.
pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "the gifts an order uses are frozen or used up for it",
        "SELECT o.id || ' ' || d.campaign_id FROM order_discount AS d JOIN loyalty_order AS o ON o.id = d.order_id
         WHERE d.uses_privilege = 1 AND o.is_refunded = 0 AND NOT EXISTS (
             SELECT 1 FROM gift AS g WHERE g.order_id = o.id AND g.privilege_campaign_id = d.campaign_id
                 AND g.guest_id = o.guest_id AND g.state = iif(o.state = 'closed', 'received', 'frozen'))",
    ),
    (
        "a gift is frozen or used up for no other order",
        "SELECT g.id || ' ' || g.order_id FROM gift AS g
         WHERE g.order_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM order_discount AS d JOIN loyalty_order AS o ON o.id = d.order_id
             WHERE d.order_id = g.order_id AND d.campaign_id = g.privilege_campaign_id AND d.uses_privilege = 1
                 AND o.state IN ('confirmed', 'closed') AND o.is_refunded = 0)",
    ),
    (
        "the bonuses campaigns gave and took back are those of their gifts",
        "SELECT g.id || '' FROM guest AS g WHERE (
             SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry WHERE guest_id = g.id AND kind = 'campaign'
         ) <> (SELECT COALESCE(SUM(bonus_minor), 0) FROM gift WHERE guest_id = g.id)
         OR (
             SELECT COALESCE(SUM(amount_minor), 0) FROM bonus_entry
             WHERE guest_id = g.id AND kind = 'accrual_cancelled' AND campaign_id IS NOT NULL
         ) <> (SELECT COALESCE(SUM(bonus_minor), 0) FROM gift WHERE guest_id = g.id AND state = 'withdrawn')",
    ),
    (
        "a guest's stamps are those of the closed orders that are not refunded",
        "SELECT guest_id || ' ' || campaign_id FROM (
             SELECT guest_id, campaign_id, stamps FROM stamp_card
             UNION ALL
             SELECT o.guest_id, r.campaign_id, -r.stamps FROM order_reward AS r
                 JOIN loyalty_order AS o ON o.id = r.order_id
             WHERE r.kind = 'stamps' AND o.state = 'closed' AND o.is_refunded = 0)
         GROUP BY guest_id, campaign_id HAVING SUM(stamps) <> 0",
    ),
    (
        "only a confirmed or closed order promises or brings rewards",
        "SELECT r.order_id FROM order_reward AS r JOIN loyalty_order AS o ON o.id = r.order_id
         WHERE o.state NOT IN ('confirmed', 'closed') OR o.guest_id IS NULL
         UNION ALL
         SELECT g.source_order_id FROM gift AS g JOIN loyalty_order AS o ON o.id = g.source_order_id
         WHERE o.state <> 'closed'",
    ),
    (
        "a promo code is taken by an order that uses it",
        "SELECT p.code FROM promo_code_use AS p JOIN loyalty_order AS o ON o.id = p.order_id
         WHERE o.state NOT IN ('confirmed', 'closed') OR o.is_refunded = 1",
    ),
    (
        "an invitation is within a network, and rewarded for an order of the invited",
        "SELECT i.guest_id || '' FROM invitation AS i JOIN guest AS g ON g.id = i.guest_id
             JOIN guest AS r ON r.id = i.referrer_id LEFT JOIN loyalty_order AS o ON o.id = i.order_id
         WHERE g.network_id <> r.network_id OR o.guest_id <> i.guest_id OR o.state <> 'closed'",
    ),
];

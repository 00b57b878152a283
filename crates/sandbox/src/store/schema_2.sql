-- Several restaurants to a network, keys with rights to some of them, loyalty cards, and the reasons of every change
-- of a balance. Rows of schema 1 are kept; what they did not say is worked out from the orders.

-- A key sees exactly the restaurants listed here; until now it saw all of its network.
CREATE TABLE api_key_restaurant (
    api_key TEXT NOT NULL REFERENCES api_key (key),
    restaurant_id TEXT NOT NULL REFERENCES restaurant (id),
    PRIMARY KEY (api_key, restaurant_id)
) STRICT, WITHOUT ROWID;
INSERT INTO api_key_restaurant (api_key, restaurant_id)
    SELECT k.key, r.id FROM api_key AS k JOIN restaurant AS r ON r.network_id = k.network_id;

-- Money paid and orders closed in all, whatever became of the rank since.
ALTER TABLE guest ADD COLUMN registered_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE guest ADD COLUMN paid_total_minor INTEGER NOT NULL DEFAULT 0 CHECK (paid_total_minor >= 0);
ALTER TABLE guest ADD COLUMN closed_orders INTEGER NOT NULL DEFAULT 0 CHECK (closed_orders >= 0);
UPDATE guest SET
    -- The earliest trace of the guest.
    registered_at_ms = MIN(
        rank_since_ms,
        COALESCE((SELECT MIN(at_ms) FROM bonus_entry WHERE guest_id = guest.id), rank_since_ms)
    ),
    paid_total_minor = (
        SELECT COALESCE(SUM(total_minor - payment_minor), 0) FROM loyalty_order
        WHERE guest_id = guest.id AND state = 'closed'
    ),
    closed_orders = (SELECT COUNT(*) FROM loyalty_order WHERE guest_id = guest.id AND state = 'closed');

-- Every change of what a guest owns. Freezing and returning change nothing of it and are not here. Given: grant,
-- accrual, api_add, campaign, refund. Taken: write_off, api_write_off, accrual_cancelled.
ALTER TABLE bonus_entry RENAME TO bonus_entry_1;
DROP INDEX bonus_entry_by_guest;
CREATE TABLE bonus_entry (
    id INTEGER PRIMARY KEY,
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    order_id TEXT REFERENCES loyalty_order (id),
    -- Where it was done; absent for what the network did.
    restaurant_id TEXT REFERENCES restaurant (id),
    campaign_id TEXT,
    kind TEXT NOT NULL CHECK (kind IN (
        'grant', 'accrual', 'api_add', 'campaign', 'refund', 'write_off', 'api_write_off', 'accrual_cancelled'
    )),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    comment TEXT,
    at_ms INTEGER NOT NULL,
    CHECK (order_id IS NOT NULL OR kind NOT IN ('accrual', 'refund', 'write_off')),
    CHECK (campaign_id IS NOT NULL OR kind <> 'campaign'),
    -- What a campaign gave is taken back without naming the order: it may be another guest's.
    CHECK (order_id IS NOT NULL OR campaign_id IS NOT NULL OR kind <> 'accrual_cancelled')
) STRICT;
INSERT INTO bonus_entry (id, guest_id, order_id, restaurant_id, kind, amount_minor, at_ms)
    SELECT e.id, e.guest_id, e.order_id, o.restaurant_id, e.kind, e.amount_minor, e.at_ms
    FROM bonus_entry_1 AS e LEFT JOIN loyalty_order AS o ON o.id = e.order_id;
DROP TABLE bonus_entry_1;
CREATE INDEX bonus_entry_by_guest ON bonus_entry (guest_id, at_ms);
CREATE INDEX bonus_entry_by_order ON bonus_entry (order_id) WHERE order_id IS NOT NULL;

-- A track and a number are each one card's within a network; a guest has one virtual card at most.
CREATE TABLE loyalty_card (
    id INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL REFERENCES network (id),
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    track TEXT NOT NULL CHECK (length(track) >= 3),
    number TEXT NOT NULL CHECK (number <> ''),
    is_virtual INTEGER NOT NULL CHECK (is_virtual IN (0, 1)),
    added_at_ms INTEGER NOT NULL,
    UNIQUE (network_id, track),
    UNIQUE (network_id, number)
) STRICT;
CREATE INDEX loyalty_card_by_guest ON loyalty_card (guest_id);
CREATE UNIQUE INDEX loyalty_card_virtual ON loyalty_card (guest_id) WHERE is_virtual = 1;

-- An aborted order stays in the history of the guest it was taken off.
UPDATE loyalty_order SET guest_id = (
    SELECT guest_id FROM ledger WHERE kind = 'aborted' AND order_id = loyalty_order.id ORDER BY seq DESC LIMIT 1
) WHERE state = 'aborted' AND guest_id IS NULL;

-- Orders opened in the same millisecond have an order of their own too, so that no page repeats or skips one.
DROP INDEX loyalty_order_by_guest;
CREATE INDEX loyalty_order_by_guest ON loyalty_order (guest_id, opened_at_ms, id);

CREATE INDEX payment_code_by_expiry ON payment_code (expires_at_ms);

-- Gifts one by one instead of counted privileges, stamps, promo codes that are good once, what a guest joined, whom a
-- guest invited, and refunds.

-- What a campaign gave a guest. An active gift may be used until it expires; a frozen one is set aside for a confirmed
-- order; a received one is used up, or was bonuses, which are credited at once; a withdrawn one was taken back with the
-- order that had brought it.
CREATE TABLE gift (
    id INTEGER PRIMARY KEY,
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    -- The campaign that gave it, and its terms as JSON: it stays what it was given as.
    campaign_id TEXT NOT NULL,
    terms TEXT NOT NULL,
    -- The stamp that brought it, counted on its card, and counted over all cards of the guest in this campaign.
    stamp_index INTEGER CHECK (stamp_index > 0),
    stamp_ordinal INTEGER CHECK (stamp_ordinal > 0),
    -- Either one use of a campaign, or bonuses.
    privilege_campaign_id TEXT,
    bonus_minor INTEGER CHECK (bonus_minor > 0),
    state TEXT NOT NULL CHECK (state IN ('active', 'frozen', 'received', 'withdrawn')),
    given_at_ms INTEGER NOT NULL,
    -- Absent for a gift that is good for ever.
    expires_at_ms INTEGER,
    -- The order whose closing brought it.
    source_order_id TEXT REFERENCES loyalty_order (id),
    -- The order it is frozen for, or was used up by.
    order_id TEXT REFERENCES loyalty_order (id),
    CHECK ((stamp_index IS NULL) = (stamp_ordinal IS NULL)),
    CHECK ((privilege_campaign_id IS NULL) <> (bonus_minor IS NULL)),
    CHECK (bonus_minor IS NULL OR (state IN ('received', 'withdrawn') AND order_id IS NULL)),
    CHECK (state <> 'frozen' OR order_id IS NOT NULL),
    CHECK (state NOT IN ('active', 'withdrawn') OR order_id IS NULL)
) STRICT;
CREATE INDEX gift_by_guest ON gift (guest_id, privilege_campaign_id, state, expires_at_ms);
CREATE UNIQUE INDEX gift_by_order ON gift (order_id, privilege_campaign_id) WHERE order_id IS NOT NULL;
-- A stamp brings its gift once.
CREATE UNIQUE INDEX gift_by_stamp ON gift (guest_id, campaign_id, stamp_ordinal)
    WHERE stamp_ordinal IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX gift_by_source ON gift (source_order_id) WHERE source_order_id IS NOT NULL;

-- A privilege had no terms; all that is known of it is the name of its campaign.
CREATE TEMP VIEW gift_of_privilege AS
    SELECT n.id AS network_id, json_extract(c.value, '$.id') AS campaign_id, json_object(
        'settings_id', json_extract(c.value, '$.id'), 'name', json_extract(c.value, '$.name'),
        'description', json_extract(c.value, '$.name'), 'image_url', 'about:blank',
        'small_image_url', 'about:blank', 'icon_image_url', 'about:blank', 'valid_days', 36500,
        'gives', json_object('privilege', json_object('campaign_id', json_extract(c.value, '$.id')))) AS terms
    FROM network AS n, json_each(n.programme, '$.campaigns') AS c;
INSERT INTO gift (guest_id, campaign_id, terms, privilege_campaign_id, state, given_at_ms, order_id)
    SELECT o.guest_id, d.campaign_id, v.terms, d.campaign_id,
        CASE o.state WHEN 'closed' THEN 'received' ELSE 'frozen' END, g.registered_at_ms, o.id
    FROM order_discount AS d JOIN loyalty_order AS o ON o.id = d.order_id JOIN guest AS g ON g.id = o.guest_id
        JOIN gift_of_privilege AS v ON v.network_id = g.network_id AND v.campaign_id = d.campaign_id
    WHERE d.uses_privilege = 1 AND o.state IN ('confirmed', 'closed');
WITH RECURSIVE use (guest_id, campaign_id, number, free) AS (
    SELECT guest_id, campaign_id, 1, free FROM privilege WHERE free > 0
    UNION ALL
    SELECT guest_id, campaign_id, number + 1, free FROM use WHERE number < free
)
INSERT INTO gift (guest_id, campaign_id, terms, privilege_campaign_id, state, given_at_ms)
    SELECT u.guest_id, u.campaign_id, v.terms, u.campaign_id, 'active', g.registered_at_ms
    FROM use AS u JOIN guest AS g ON g.id = u.guest_id
        JOIN gift_of_privilege AS v ON v.network_id = g.network_id AND v.campaign_id = u.campaign_id;
DROP VIEW gift_of_privilege;
DROP TABLE privilege;

-- All stamps a guest has got in a campaign, card after card.
CREATE TABLE stamp_card (
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    campaign_id TEXT NOT NULL,
    stamps INTEGER NOT NULL CHECK (stamps >= 0),
    PRIMARY KEY (guest_id, campaign_id)
) STRICT, WITHOUT ROWID;

-- What a confirmed order promises to bring when it is closed. Stamps are promised as such: which gifts they bring is
-- seen when they are there, since another order may have brought some in between; the gifts expected are only shown.
CREATE TABLE order_reward (
    order_id TEXT NOT NULL REFERENCES loyalty_order (id),
    position INTEGER NOT NULL,
    campaign_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stamps', 'stamp_gift', 'gift', 'referral_gift', 'referrer_gift')),
    stamps INTEGER CHECK (stamps > 0),
    stamp_index INTEGER CHECK (stamp_index > 0),
    -- A gift's terms as JSON: what was promised is given, whatever becomes of the programme.
    terms TEXT,
    PRIMARY KEY (order_id, position),
    CHECK ((kind = 'stamps') = (stamps IS NOT NULL) AND (kind = 'stamps') = (terms IS NULL)),
    CHECK ((kind = 'stamp_gift') = (stamp_index IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- A promo code that is good once, taken by an order: frozen while the order is confirmed, used up once it is closed.
CREATE TABLE promo_code_use (
    network_id INTEGER NOT NULL REFERENCES network (id),
    code TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES loyalty_order (id),
    PRIMARY KEY (network_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX promo_code_use_by_order ON promo_code_use (order_id);

-- The campaigns a guest activated, bought or saved.
CREATE TABLE membership (
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    campaign_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('activated', 'bought', 'saved')),
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (guest_id, campaign_id, kind)
) STRICT, WITHOUT ROWID;

-- Who invited a guest, and the order that rewarded both.
CREATE TABLE invitation (
    guest_id INTEGER PRIMARY KEY REFERENCES guest (id),
    campaign_id TEXT NOT NULL,
    referrer_id INTEGER NOT NULL REFERENCES guest (id),
    invited_at_ms INTEGER NOT NULL,
    order_id TEXT REFERENCES loyalty_order (id),
    CHECK (referrer_id <> guest_id)
) STRICT;
CREATE INDEX invitation_by_referrer ON invitation (referrer_id, campaign_id);
CREATE INDEX invitation_by_order ON invitation (order_id) WHERE order_id IS NOT NULL;

-- A refund, by the id its caller gave it. The shortfall is what of the cancelled accrual the guest had spent already.
CREATE TABLE refund (
    network_id INTEGER NOT NULL REFERENCES network (id),
    id TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES loyalty_order (id),
    -- What was asked, as canonical text: a repetition is recognised by it.
    contents TEXT NOT NULL,
    refunded_at_ms INTEGER NOT NULL,
    money_minor INTEGER NOT NULL CHECK (money_minor >= 0),
    payment_minor INTEGER NOT NULL CHECK (payment_minor >= 0),
    accrual_minor INTEGER NOT NULL CHECK (accrual_minor >= 0),
    shortfall_minor INTEGER NOT NULL CHECK (shortfall_minor BETWEEN 0 AND accrual_minor),
    PRIMARY KEY (network_id, id)
) STRICT;
CREATE INDEX refund_by_order ON refund (order_id);
CREATE TABLE refund_line (
    network_id INTEGER NOT NULL,
    refund_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    money_minor INTEGER NOT NULL CHECK (money_minor >= 0),
    payment_minor INTEGER NOT NULL CHECK (payment_minor >= 0),
    PRIMARY KEY (order_id, position, network_id, refund_id),
    FOREIGN KEY (network_id, refund_id) REFERENCES refund (network_id, id),
    FOREIGN KEY (order_id, position) REFERENCES order_line (order_id, position)
) STRICT, WITHOUT ROWID;

-- What refunds took back of the accrual; whether all of the order is refunded; when the purchase was counted; which
-- lines brought bonuses.
ALTER TABLE loyalty_order ADD COLUMN cancelled_minor INTEGER NOT NULL DEFAULT 0 CHECK (cancelled_minor >= 0);
ALTER TABLE loyalty_order ADD COLUMN is_refunded INTEGER NOT NULL DEFAULT 0 CHECK (is_refunded IN (0, 1));
ALTER TABLE loyalty_order ADD COLUMN counted_at_ms INTEGER;
UPDATE loyalty_order SET counted_at_ms = COALESCE(
    (SELECT MAX(at_ms) FROM ledger WHERE kind = 'closed' AND order_id = loyalty_order.id), closed_at_ms
) WHERE state = 'closed';
ALTER TABLE order_line ADD COLUMN accrues INTEGER NOT NULL DEFAULT 1 CHECK (accrues IN (0, 1));

-- The money that counts towards a rank, and since when.
ALTER TABLE guest ADD COLUMN rank_paid_minor INTEGER NOT NULL DEFAULT 0 CHECK (rank_paid_minor >= 0);
ALTER TABLE guest ADD COLUMN rank_counted_since_ms INTEGER NOT NULL DEFAULT 0;
UPDATE guest SET rank_paid_minor = paid_total_minor, rank_counted_since_ms = registered_at_ms;

ALTER TABLE ledger ADD COLUMN shortfall_minor INTEGER NOT NULL DEFAULT 0;

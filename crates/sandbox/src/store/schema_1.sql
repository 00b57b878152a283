-- Amounts are integers of hundredths, quantities of thousandths, times milliseconds since 1970 UTC.

CREATE TABLE network (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    programme TEXT NOT NULL
) STRICT;

CREATE TABLE restaurant (
    rk_object_id TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    network_id INTEGER NOT NULL REFERENCES network (id),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE api_key (
    key TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    network_id INTEGER NOT NULL REFERENCES network (id)
) STRICT;

CREATE TABLE access_token (
    token TEXT PRIMARY KEY,
    api_key TEXT NOT NULL REFERENCES api_key (key),
    expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX access_token_by_expiry ON access_token (expires_at_ms);

-- The balance is what may be spent; what is frozen for confirmed orders is apart from it.
CREATE TABLE guest (
    id INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL REFERENCES network (id),
    phone TEXT NOT NULL,
    first_name TEXT,
    middle_name TEXT,
    last_name TEXT,
    email TEXT,
    birthday TEXT,
    sex INTEGER NOT NULL DEFAULT 0 CHECK (sex IN (0, 1, 2)),
    balance_minor INTEGER NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
    frozen_minor INTEGER NOT NULL DEFAULT 0 CHECK (frozen_minor >= 0),
    rank_index INTEGER NOT NULL DEFAULT 0 CHECK (rank_index >= 0),
    rank_spent_minor INTEGER NOT NULL DEFAULT 0 CHECK (rank_spent_minor >= 0),
    rank_since_ms INTEGER NOT NULL,
    UNIQUE (network_id, phone)
) STRICT;

CREATE TABLE privilege (
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    campaign_id TEXT NOT NULL,
    free INTEGER NOT NULL CHECK (free >= 0),
    frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen >= 0),
    PRIMARY KEY (guest_id, campaign_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE loyalty_order (
    id TEXT PRIMARY KEY,
    restaurant_id TEXT NOT NULL REFERENCES restaurant (id),
    guest_id INTEGER REFERENCES guest (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'closed', 'aborted')),
    source TEXT NOT NULL CHECK (source IN ('indoor', 'delivery')),
    -- What was confirmed, as canonical text: a repetition is recognised by it.
    contents TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER,
    price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
    total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
    discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
    payment_minor INTEGER NOT NULL CHECK (payment_minor >= 0),
    accrual_minor INTEGER NOT NULL CHECK (accrual_minor >= 0),
    rolled_back_minor INTEGER NOT NULL DEFAULT 0 CHECK (rolled_back_minor >= 0)
) STRICT;
CREATE INDEX loyalty_order_by_guest ON loyalty_order (guest_id, opened_at_ms DESC);

-- Dishes and modifiers alike, each under its own code.
CREATE TABLE order_line (
    order_id TEXT NOT NULL REFERENCES loyalty_order (id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    menu_group TEXT,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
    cost_minor INTEGER NOT NULL CHECK (cost_minor >= 0),
    total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
    payment_minor INTEGER NOT NULL CHECK (payment_minor >= 0),
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_discount (
    order_id TEXT NOT NULL REFERENCES loyalty_order (id),
    campaign_id TEXT NOT NULL,
    name TEXT NOT NULL,
    discount_minor INTEGER NOT NULL CHECK (discount_minor > 0),
    uses_privilege INTEGER NOT NULL CHECK (uses_privilege IN (0, 1)),
    PRIMARY KEY (order_id, campaign_id)
) STRICT, WITHOUT ROWID;

-- Every change of what a guest owns. Freezing and returning change nothing of it and are not here.
CREATE TABLE bonus_entry (
    id INTEGER PRIMARY KEY,
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    order_id TEXT REFERENCES loyalty_order (id),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'accrual', 'write_off')),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX bonus_entry_by_guest ON bonus_entry (guest_id, at_ms);

CREATE TABLE payment_code (
    code INTEGER PRIMARY KEY CHECK (code BETWEEN 0 AND 9999999),
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_code_by_guest ON payment_code (guest_id);

-- Every accepted operation on bonuses or orders that changed something, in order.
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_id TEXT,
    guest_id INTEGER,
    payment_minor INTEGER NOT NULL DEFAULT 0,
    accrual_minor INTEGER NOT NULL DEFAULT 0,
    discount_minor INTEGER NOT NULL DEFAULT 0
) STRICT;

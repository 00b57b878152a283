-- The basic REST API beside the others: whose system a key is of, the clients' ids and photos, the codes that guests show
-- in their app, and bonuses held at a point of sale.

-- A key opens one system. Until now there was one.
ALTER TABLE api_key ADD COLUMN system TEXT NOT NULL DEFAULT 'plazius' CHECK (system IN ('plazius', 'basic_rest'));

-- What the basic REST API calls a guest by, and what only it tells of one.
CREATE TABLE client (
    id TEXT PRIMARY KEY CHECK (length(id) = 24),
    guest_id INTEGER NOT NULL UNIQUE REFERENCES guest (id),
    photo_url TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE app_code (
    network_id INTEGER NOT NULL REFERENCES network (id),
    code TEXT NOT NULL,
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    -- Absent for a code that is good for ever.
    expires_at_ms INTEGER,
    PRIMARY KEY (network_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_code_by_guest ON app_code (guest_id);
CREATE INDEX app_code_by_expiry ON app_code (expires_at_ms) WHERE expires_at_ms IS NOT NULL;

-- Bonuses held for a guest at a point of sale; they are among the guest's frozen ones. A hold that has ended is no row
-- any more; one that has run out stays a row until somebody looks at the guest.
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    guest_id INTEGER NOT NULL REFERENCES guest (id),
    restaurant_id TEXT NOT NULL REFERENCES restaurant (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    held_at_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX hold_by_guest ON hold (guest_id, restaurant_id);

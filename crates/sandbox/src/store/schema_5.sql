-- r_k Delivery: who may ask about which restaurants, the tokens they were given, its names for ranks, and its orders.

CREATE TABLE delivery_client (
    id TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    network_id INTEGER NOT NULL REFERENCES network (id)
) STRICT, WITHOUT ROWID;

-- A client sees exactly the restaurants listed here. In r_k Delivery a restaurant is named by its own id, a GUID.
CREATE TABLE delivery_client_restaurant (
    client_id TEXT NOT NULL REFERENCES delivery_client (id),
    restaurant_id TEXT NOT NULL REFERENCES restaurant (id),
    PRIMARY KEY (client_id, restaurant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_token (
    token TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES delivery_client (id),
    expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_token_by_expiry ON delivery_token (expires_at_ms);

-- How r_k Delivery writes a rank's name, where it is not as the programme does.
CREATE TABLE delivery_rank_name (
    network_id INTEGER NOT NULL REFERENCES network (id),
    rank_index INTEGER NOT NULL CHECK (rank_index >= 0),
    name TEXT NOT NULL,
    PRIMARY KEY (network_id, rank_index)
) STRICT, WITHOUT ROWID;

-- What r_k Delivery knows of an order besides what every system does: its number, whose it is also while no loyalty is
-- bound to it, how the guest gets it, and how often its loyalty was reset.
CREATE TABLE delivery_order (
    number INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE REFERENCES loyalty_order (id),
    phone TEXT NOT NULL,
    expedition TEXT NOT NULL CHECK (expedition IN ('delivery', 'pickup')),
    resets INTEGER NOT NULL DEFAULT 0 CHECK (resets >= 0)
) STRICT;

-- Login codes that Plazius sends by itself: the keys of sites, the codes that are good, and the messages that were sent.

CREATE TABLE site_key (
    key TEXT PRIMARY KEY,
    network_id INTEGER NOT NULL REFERENCES network (id),
    -- The only site a browser may use it from.
    origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE login_code (
    network_id INTEGER NOT NULL REFERENCES network (id),
    phone TEXT NOT NULL,
    code TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
    PRIMARY KEY (network_id, phone)
) STRICT, WITHOUT ROWID;

CREATE TABLE sms (
    id INTEGER PRIMARY KEY,
    phone TEXT NOT NULL,
    text TEXT NOT NULL,
    code TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL
) STRICT;

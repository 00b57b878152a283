-- What the sandbox keeps about itself: the seed it began with, how far its clock is ahead.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_by_order ON ledger (order_id, seq);
CREATE INDEX ledger_by_guest ON ledger (guest_id, seq);

//! The tables in SQLite, version by version. A version that was released is never edited; a new one is appended.

use rusqlite::Connection;

use crate::store::StoreError;

const VERSIONS: &[&str] = &[
    "
    CREATE TABLE challenges (
        challenge_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        code_mac BLOB NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        tries_left INTEGER NOT NULL,
        UNIQUE (restaurant, phone)
    ) STRICT;
    CREATE TABLE sendings (
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        count INTEGER NOT NULL,
        last_at_ms INTEGER NOT NULL,
        PRIMARY KEY (restaurant, phone)
    ) STRICT;
    CREATE TABLE sessions (
        token_hash BLOB PRIMARY KEY,
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        is_member INTEGER NOT NULL,
        opened_at_ms INTEGER NOT NULL,
        used_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        currency TEXT NOT NULL,
        state TEXT NOT NULL,
        pending TEXT,
        known_upstream INTEGER NOT NULL,
        previews_begun INTEGER NOT NULL,
        preview_number INTEGER NOT NULL,
        preview TEXT NOT NULL,
        spend_minor INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE idempotency (
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        key TEXT NOT NULL,
        request_hash BLOB NOT NULL,
        status INTEGER,
        body TEXT,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (restaurant, phone, key)
    ) STRICT;
",
    "
    -- Guests are known by more than phones, and orders have names and holds at their loyalty systems.
    ALTER TABLE sessions RENAME COLUMN phone TO guest;
    ALTER TABLE orders RENAME COLUMN phone TO guest;
    ALTER TABLE orders ADD COLUMN reference TEXT;
    ALTER TABLE orders ADD COLUMN step_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE orders ADD COLUMN held_until_ms INTEGER;
    CREATE INDEX orders_held ON orders (restaurant, guest) WHERE held_until_ms IS NOT NULL;
    ALTER TABLE idempotency RENAME COLUMN phone TO guest;
    CREATE TABLE key_tries (
        restaurant TEXT NOT NULL,
        window_ms INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (restaurant, window_ms)
    ) STRICT;
",
    "
    -- Who is at work on an order is no longer only in this process's memory, and what has expired is found by its age.
    CREATE TABLE order_leases (
        order_id TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        until_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX order_leases_until ON order_leases (until_ms);
    CREATE INDEX challenges_expired ON challenges (expires_at_ms);
    CREATE INDEX sendings_last ON sendings (last_at_ms);
    CREATE INDEX sessions_opened ON sessions (opened_at_ms);
    CREATE INDEX sessions_used ON sessions (used_at_ms);
    CREATE INDEX idempotency_at ON idempotency (at_ms);
",
    "
    -- A session lasts by how the page shows the widget, and codes are limited by phone, range of numbers and address.
    ALTER TABLE sessions ADD COLUMN embedding TEXT NOT NULL DEFAULT 'page';
    CREATE TABLE rates (
        rate TEXT NOT NULL,
        key TEXT NOT NULL,
        until_ms INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (rate, key, until_ms)
    ) STRICT;
    CREATE INDEX rates_until ON rates (until_ms);
",
    "
    -- Restaurants' servers register orders, hear of them, and take them back in parts.
    ALTER TABLE orders ADD COLUMN refunding TEXT;
    CREATE INDEX orders_unfinished ON orders (restaurant, step_at_ms, order_id)
        WHERE state = 'confirmed' OR pending IS NOT NULL;
    CREATE TABLE registrations (
        restaurant TEXT NOT NULL,
        order_ref TEXT NOT NULL,
        order_id TEXT NOT NULL UNIQUE,
        nonce BLOB NOT NULL,
        revision INTEGER NOT NULL,
        body_hash BLOB NOT NULL,
        cart TEXT NOT NULL,
        currency TEXT NOT NULL,
        items_total_minor INTEGER NOT NULL,
        guest_phone TEXT,
        guest TEXT,
        is_aborted INTEGER NOT NULL,
        opened_at_ms INTEGER NOT NULL,
        PRIMARY KEY (restaurant, order_ref)
    ) STRICT;
    CREATE TABLE order_tokens (
        token_hash BLOB PRIMARY KEY,
        order_id TEXT NOT NULL
    ) STRICT;
    CREATE TABLE refunds (
        refund_id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        items TEXT
    ) STRICT;
    CREATE INDEX refunds_order ON refunds (order_id);
    CREATE TABLE webhooks (
        webhook_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        event TEXT NOT NULL,
        body TEXT NOT NULL,
        made_at_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        next_at_ms INTEGER,
        failure TEXT
    ) STRICT;
    CREATE INDEX webhooks_due ON webhooks (next_at_ms);
    CREATE INDEX webhooks_dead ON webhooks (restaurant, made_at_ms) WHERE next_at_ms IS NULL;
",
    "
    -- What is over and told is removed once it is old.
    ALTER TABLE orders ADD COLUMN touched_at_ms INTEGER NOT NULL DEFAULT 0;
    UPDATE orders SET touched_at_ms = MAX(step_at_ms, json_extract(preview, '$.at_ms'));
    CREATE INDEX orders_previewed ON orders (touched_at_ms)
        WHERE state = 'open' AND pending IS NULL AND known_upstream = 0;
    CREATE INDEX orders_over ON orders (touched_at_ms)
        WHERE state <> 'confirmed' AND pending IS NULL AND (known_upstream = 1 OR state <> 'open');
    ALTER TABLE registrations ADD COLUMN touched_at_ms INTEGER NOT NULL DEFAULT 0;
    UPDATE registrations SET touched_at_ms = opened_at_ms;
    CREATE INDEX registrations_touched ON registrations (touched_at_ms);
    CREATE INDEX order_tokens_order ON order_tokens (order_id);
    ALTER TABLE webhooks ADD COLUMN order_id TEXT;
    UPDATE webhooks SET order_id = json_extract(body, '$.data.order_id');
    CREATE INDEX webhooks_order ON webhooks (order_id);
",
    "
    -- Proxies remember sessions for a moment, and look here for those that have ended meanwhile.
    CREATE TABLE session_ends (
        token_hash BLOB PRIMARY KEY,
        at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_ends_at ON session_ends (at_ms);
",
];

/// Brings the file to the newest version.
pub(super) fn apply(connection: &mut Connection) -> Result<(), StoreError> {
    let found: usize = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > VERSIONS.len() {
        return Err(StoreError::TooNew { found, known: VERSIONS.len() });
    }
    for (index, version) in VERSIONS.iter().enumerate().skip(found) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(version)?;
        transaction.pragma_update(None, "user_version", index + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;

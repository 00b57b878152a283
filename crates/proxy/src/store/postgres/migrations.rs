//! The tables in PostgreSQL, version by version. A version that was released is never edited; a new one is appended.

use super::session::SessionTx;
use crate::store::sql::{Query, Tx, values};
use crate::store::{Scope, StoreError};

const VERSIONS: &[&str] = &[
    "
    CREATE TABLE challenges (
        challenge_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        code_mac BYTEA NOT NULL,
        expires_at_ms BIGINT NOT NULL,
        tries_left BIGINT NOT NULL,
        UNIQUE (restaurant, phone)
    );
    CREATE INDEX challenges_expired ON challenges (expires_at_ms);
    CREATE TABLE sendings (
        restaurant TEXT NOT NULL,
        phone TEXT NOT NULL,
        count BIGINT NOT NULL,
        last_at_ms BIGINT NOT NULL,
        PRIMARY KEY (restaurant, phone)
    );
    CREATE INDEX sendings_last ON sendings (last_at_ms);
    CREATE TABLE sessions (
        token_hash BYTEA PRIMARY KEY,
        restaurant TEXT NOT NULL,
        guest TEXT NOT NULL,
        is_member BIGINT NOT NULL,
        opened_at_ms BIGINT NOT NULL,
        used_at_ms BIGINT NOT NULL
    );
    CREATE INDEX sessions_opened ON sessions (opened_at_ms);
    CREATE INDEX sessions_used ON sessions (used_at_ms);
    CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        guest TEXT NOT NULL,
        currency TEXT NOT NULL,
        state TEXT NOT NULL,
        pending TEXT,
        known_upstream BIGINT NOT NULL,
        previews_begun BIGINT NOT NULL,
        preview_number BIGINT NOT NULL,
        preview TEXT NOT NULL,
        spend_minor BIGINT NOT NULL,
        reference TEXT,
        step_at_ms BIGINT NOT NULL DEFAULT 0,
        held_until_ms BIGINT
    );
    CREATE INDEX orders_held ON orders (restaurant, guest) WHERE held_until_ms IS NOT NULL;
    CREATE TABLE order_leases (
        order_id TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        until_ms BIGINT NOT NULL
    );
    CREATE INDEX order_leases_until ON order_leases (until_ms);
    CREATE TABLE idempotency (
        restaurant TEXT NOT NULL,
        guest TEXT NOT NULL,
        key TEXT NOT NULL,
        request_hash BYTEA NOT NULL,
        status BIGINT,
        body TEXT,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (restaurant, guest, key)
    );
    CREATE INDEX idempotency_at ON idempotency (at_ms);
    CREATE TABLE key_tries (
        restaurant TEXT NOT NULL,
        window_ms BIGINT NOT NULL,
        count BIGINT NOT NULL,
        PRIMARY KEY (restaurant, window_ms)
    );
",
    "
    ALTER TABLE sessions ADD COLUMN embedding TEXT NOT NULL DEFAULT 'page';
    CREATE TABLE rates (
        rate TEXT NOT NULL,
        key TEXT NOT NULL,
        until_ms BIGINT NOT NULL,
        count BIGINT NOT NULL,
        PRIMARY KEY (rate, key, until_ms)
    );
    CREATE INDEX rates_until ON rates (until_ms);
",
    "
    ALTER TABLE orders ADD COLUMN refunding TEXT;
    CREATE INDEX orders_unfinished ON orders (restaurant, step_at_ms, order_id)
        WHERE state = 'confirmed' OR pending IS NOT NULL;
    CREATE TABLE registrations (
        restaurant TEXT NOT NULL,
        order_ref TEXT NOT NULL,
        order_id TEXT NOT NULL UNIQUE,
        nonce BYTEA NOT NULL,
        revision BIGINT NOT NULL,
        body_hash BYTEA NOT NULL,
        cart TEXT NOT NULL,
        currency TEXT NOT NULL,
        items_total_minor BIGINT NOT NULL,
        guest_phone TEXT,
        guest TEXT,
        is_aborted BIGINT NOT NULL,
        opened_at_ms BIGINT NOT NULL,
        PRIMARY KEY (restaurant, order_ref)
    );
    CREATE TABLE order_tokens (
        token_hash BYTEA PRIMARY KEY,
        order_id TEXT NOT NULL
    );
    CREATE TABLE refunds (
        refund_id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        items TEXT
    );
    CREATE INDEX refunds_order ON refunds (order_id);
    CREATE TABLE webhooks (
        webhook_id TEXT PRIMARY KEY,
        restaurant TEXT NOT NULL,
        event TEXT NOT NULL,
        body TEXT NOT NULL,
        made_at_ms BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        failed BIGINT NOT NULL,
        next_at_ms BIGINT,
        failure TEXT
    );
    CREATE INDEX webhooks_due ON webhooks (next_at_ms);
    CREATE INDEX webhooks_dead ON webhooks (restaurant, made_at_ms) WHERE next_at_ms IS NULL;
",
    "
    -- What is over and told is removed once it is old.
    ALTER TABLE orders ADD COLUMN touched_at_ms BIGINT NOT NULL DEFAULT 0;
    UPDATE orders SET touched_at_ms = GREATEST(step_at_ms, (preview::json ->> 'at_ms')::bigint);
    CREATE INDEX orders_previewed ON orders (touched_at_ms)
        WHERE state = 'open' AND pending IS NULL AND known_upstream = 0;
    CREATE INDEX orders_over ON orders (touched_at_ms)
        WHERE state <> 'confirmed' AND pending IS NULL AND (known_upstream = 1 OR state <> 'open');
    ALTER TABLE registrations ADD COLUMN touched_at_ms BIGINT NOT NULL DEFAULT 0;
    UPDATE registrations SET touched_at_ms = opened_at_ms;
    CREATE INDEX registrations_touched ON registrations (touched_at_ms);
    CREATE INDEX order_tokens_order ON order_tokens (order_id);
    ALTER TABLE webhooks ADD COLUMN order_id TEXT;
    UPDATE webhooks SET order_id = body::json -> 'data' ->> 'order_id';
    CREATE INDEX webhooks_order ON webhooks (order_id);
",
    "
    -- Proxies remember sessions for a moment, and look here for those that have ended meanwhile.
    CREATE TABLE session_ends (
        token_hash BYTEA PRIMARY KEY,
        at_ms BIGINT NOT NULL
    );
    CREATE INDEX session_ends_at ON session_ends (at_ms);
",
];

/// Brings the tables to the newest version, in one transaction. Of proxies that start at the same time one makes the
/// tables, while the others wait.
pub(super) fn apply(tx: &mut SessionTx<'_>) -> Result<(), StoreError> {
    tx.batch(&format!(
        "BEGIN READ WRITE; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
         SELECT pg_advisory_xact_lock({});
         CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)",
        Scope::migration().number()
    ))?;
    let found = match tx.query_opt("SELECT version FROM store_version", values![])? {
        Some(mut row) => row.next::<u32>("version")?,
        None => 0,
    };
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    if found > VERSIONS.len() {
        tx.batch("ROLLBACK")?;
        return Err(StoreError::TooNew { found, known: VERSIONS.len() });
    }
    for version in &VERSIONS[found..] {
        tx.batch(version)?;
    }
    tx.execute("DELETE FROM store_version", values![])?;
    let newest = u32::try_from(VERSIONS.len()).unwrap_or(u32::MAX);
    tx.execute("INSERT INTO store_version (version) VALUES (?1)", values![newest])?;
    tx.batch("COMMIT")
}

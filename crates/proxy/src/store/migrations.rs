//! The store's tables, version by version. A version that was released is never edited; a new one is appended.

use rusqlite::Connection;

use super::StoreError;

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
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_version_kept_is_still_there() {
        let mut connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch(VERSIONS[0]).expect("the first version");
        connection.pragma_update(None, "user_version", 1).expect("set");
        connection
            .execute_batch(
                "INSERT INTO sessions VALUES (x'01', 'pirogi', '+79990001122', 1, 2, 3);
                 INSERT INTO orders VALUES
                     ('o', 'pirogi', '+79990001122', 'RUB', 'confirmed', NULL, 1, 4, 4, '{}', 500);
                 INSERT INTO idempotency VALUES ('pirogi', '+79990001122', 'k', x'02', 200, '{}', 5);",
            )
            .expect("rows of the first version");
        apply(&mut connection).expect("the newest version");
        for table in ["sessions", "orders", "idempotency"] {
            let guest: String = connection
                .query_row(&format!("SELECT guest FROM {table}"), [], |row| row.get(0))
                .expect("the row is there");
            assert_eq!(guest, "+79990001122", "{table}");
        }
        let sql = "SELECT reference IS NULL AND held_until_ms IS NULL AND step_at_ms = 0 FROM orders";
        assert!(connection.query_row(sql, [], |row| row.get::<_, bool>(0)).expect("the new columns"));
    }

    #[test]
    fn a_store_of_a_newer_program_is_refused() {
        let mut connection = Connection::open_in_memory().expect("memory");
        apply(&mut connection).expect("first version");
        apply(&mut connection).expect("nothing to do the second time");
        connection.pragma_update(None, "user_version", 99).expect("set");
        assert!(matches!(apply(&mut connection), Err(StoreError::TooNew { found: 99, .. })));
    }
}

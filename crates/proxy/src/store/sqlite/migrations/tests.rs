//! Files of earlier versions are brought to the newest with all they hold; those of later versions are left alone.

use uuid::Uuid;

use super::*;
use crate::store::orders;
use crate::store::sessions;
use crate::store::sqlite::SqliteTx;

/// A file as the first version left it.
fn first_version() -> Connection {
    let connection = Connection::open_in_memory().expect("memory");
    connection.execute_batch(VERSIONS[0]).expect("the first version's tables");
    connection.pragma_update(None, "user_version", 1).expect("set");
    connection
        .execute_batch(
            r#"
            INSERT INTO sessions VALUES (x'0102', 'pirogi', '+79990001122', 1, 5, 6);
            INSERT INTO orders VALUES ('00000000-0000-0000-0000-000000000007', 'pirogi', '+79990001122', 'RUB',
                'confirmed', NULL, 1, 2, 2, '{"preview_id": "00000000-0000-0000-0000-000000000008", "at_ms": 1,
                "fingerprint": "UGVy", "contents": {"opened_at": "2026-11-23T10:00:00Z", "expedition": "pickup",
                "lines": []}, "items_total": 10000, "discount_total": 0, "spend_min": 0, "spend_max": 5000}', 5000);
            INSERT INTO idempotency VALUES ('pirogi', '+79990001122', 'once', x'03', 200, '{}', 7);
            "#,
        )
        .expect("rows");
    connection
}

#[test]
fn a_file_of_the_first_version_keeps_what_it_holds() {
    let mut connection = first_version();
    apply(&mut connection).expect("brought to the newest version");
    let mut tx = SqliteTx(&connection);
    let session = sessions::find(&mut tx, &[1, 2]).expect("readable").expect("there");
    assert_eq!(session.embedding, contract::login::Embedding::Page);
    assert_eq!((session.is_member, session.opened_at_ms, session.used_at_ms), (true, 5, 6));
    let order = orders::find(&mut tx, Uuid::from_u128(7)).expect("readable").expect("there");
    assert_eq!((order.preview.echo.as_str(), order.spend.minor()), ("UGVy", 5000));
    assert_eq!((order.reference, order.held_until_ms, order.step_at_ms), (None, None, 0));
    let kept: i64 =
        connection.query_row("SELECT status FROM idempotency", [], |row| row.get(0)).expect("there");
    assert_eq!(kept, 200);
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    let mut connection = Connection::open_in_memory().expect("memory");
    apply(&mut connection).expect("all versions");
    apply(&mut connection).expect("nothing to do the second time");
    connection.pragma_update(None, "user_version", 99).expect("set");
    assert!(matches!(apply(&mut connection), Err(StoreError::TooNew { found: 99, .. })));
}

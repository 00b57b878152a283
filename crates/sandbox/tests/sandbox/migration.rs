//! Books written by an earlier version are brought up to date and lose nothing.

use rusqlite::Connection;
use sandbox::{Options, Sandbox};
use tempfile::TempDir;

const SCHEMA_1: &str = include_str!("../../src/store/schema_1.sql");
const BOOKS_1: &str = include_str!("schema_1_books.sql");
const PROGRAMME: &str = include_str!("../../src/seed/demo_programme.json");

/// A folder with the books of schema 1.
fn books_of_schema_1() -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let books = Connection::open(dir.path().join("sandbox.sqlite3")).expect("a new database");
    books.execute_batch(SCHEMA_1).expect("the first schema");
    books.execute("INSERT INTO network VALUES (1, 'Пироги да Фрукты', ?1)", [PROGRAMME]).expect("a network");
    books.execute_batch(BOOKS_1).expect("the books");
    books.pragma_update(None, "user_version", 1).expect("a pragma of SQLite");
    dir
}

fn open(dir: &TempDir) -> Sandbox {
    Sandbox::open(Options {
        clock: clock::Clock::manual("2026-03-01T09:00:00Z".parse().expect("a time")),
        ..Options::new(dir.path().to_owned())
    })
    .expect("books of an earlier version")
}

/// The rows of a query, each as its columns' texts.
fn rows(dir: &TempDir, query: &str) -> Vec<String> {
    let books = Connection::open(dir.path().join("sandbox.sqlite3")).expect("the database");
    let mut statement = books.prepare(query).expect(query);
    let rows = statement.query_map([], |row| row.get(0)).expect(query);
    rows.collect::<Result<_, _>>().expect(query)
}

#[test]
fn books_of_schema_1_lose_nothing() {
    let dir = books_of_schema_1();
    let kept = [
        "SELECT concat_ws('|', phone, first_name, sex, balance_minor, frozen_minor, rank_index, rank_spent_minor)
         FROM guest",
        "SELECT concat_ws('|', id, state, price_minor, payment_minor, rolled_back_minor) FROM loyalty_order",
        "SELECT concat_ws('|', order_id, position, code, total_minor, payment_minor) FROM order_line",
        "SELECT concat_ws('|', id, guest_id, order_id, kind, amount_minor, at_ms) FROM bonus_entry",
        "SELECT concat_ws('|', seq, at_ms, kind, order_id, guest_id, payment_minor, accrual_minor) FROM ledger",
    ];
    let before: Vec<_> = kept.iter().map(|query| rows(&dir, query)).collect();
    assert!(before.iter().all(|rows| !rows.is_empty()));
    let sandbox = open(&dir);
    sandbox.check().expect("the books hold together");
    let after: Vec<_> = kept.iter().map(|query| rows(&dir, query)).collect();
    assert_eq!(after, before);
    assert_eq!(sandbox.ledger().expect("readable books").len(), 6);
    drop(sandbox);
    open(&dir).check().expect("a second opening changes nothing");
    assert_eq!(kept.iter().map(|query| rows(&dir, query)).collect::<Vec<_>>(), before);
}

#[test]
fn what_schema_1_did_not_say_is_worked_out() {
    let dir = books_of_schema_1();
    drop(open(&dir));
    let guest = "SELECT concat_ws('|', registered_at_ms, paid_total_minor, closed_orders) FROM guest";
    assert_eq!(
        rows(&dir, guest),
        ["1767225000000|7000|1"],
        "first seen with the grant; 100.00 less 30.00 paid"
    );
    let rights = "SELECT concat_ws('|', api_key, restaurant_id) FROM api_key_restaurant";
    assert_eq!(rows(&dir, rights), ["demo-plazius|b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10"]);
    let places = "SELECT ifnull(restaurant_id, 'the network') FROM bonus_entry ORDER BY id";
    let lesnaya = "b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10";
    assert_eq!(rows(&dir, places), ["the network", lesnaya, lesnaya]);
    let aborted = "SELECT guest_id || '' FROM loyalty_order WHERE state = 'aborted'";
    assert_eq!(rows(&dir, aborted), ["1"], "the guest the order was taken off");
}

#[test]
fn counted_privileges_become_gifts_one_by_one() {
    let dir = books_of_schema_1();
    drop(open(&dir));
    let gifts =
        "SELECT concat_ws('|', guest_id, privilege_campaign_id, state, substr(order_id, -1)) FROM gift";
    let of_drink = |rest: &str| format!("1|6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01|{rest}");
    let mut found = rows(&dir, gifts);
    found.sort();
    assert_eq!(
        found,
        ["active", "active", "frozen|2", "received|1"].map(of_drink),
        "two free, two of orders"
    );
}

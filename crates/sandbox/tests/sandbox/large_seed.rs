//! The large seed: as many as were asked, the same each time, sound, and never half there.

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use sandbox::{Options, Sandbox, Seed, check_folder};
use tempfile::TempDir;

const GUESTS: u32 = 1_200;

fn sow(dir: &TempDir, guests: u32) -> Sandbox {
    let clock = clock::Clock::manual("2026-03-01T09:00:00Z".parse().expect("a time"));
    let seed = Seed::Large { guests };
    Sandbox::open(Options { seed, clock, ..Options::new(dir.path().to_owned()) }).expect("a fresh folder")
}

fn rows(folder: &Path, query: &str) -> Vec<String> {
    let books = rusqlite::Connection::open(folder.join("sandbox.sqlite3")).expect("the database");
    let mut statement = books.prepare(query).expect(query);
    let rows = statement.query_map([], |row| row.get(0)).expect(query);
    rows.collect::<Result<_, _>>().expect(query)
}

#[test]
fn it_has_five_changes_of_the_balance_and_two_orders_a_guest_and_holds_together() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(sow(&dir, GUESTS));
    let report = check_folder(dir.path()).expect("readable books");
    assert_eq!(report.violations, [""; 0]);
    assert_eq!((report.guests, report.orders, report.bonus_entries), (1_200, 2_400, 6_000));
    let ends = rows(dir.path(), "SELECT phone FROM guest WHERE id IN (1, 1200) ORDER BY id");
    assert_eq!(ends, ["+79000000000", "+79000001199"]);
    let kinds =
        rows(dir.path(), "SELECT kind || ' ' || COUNT(*) FROM bonus_entry GROUP BY kind ORDER BY kind");
    assert_eq!(kinds, ["accrual 2400", "api_add 1200", "grant 1200", "write_off 1200"]);
}

#[test]
fn it_is_the_same_at_the_same_time() {
    let dirs = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    for dir in &dirs {
        drop(sow(dir, 300));
    }
    for query in [
        "SELECT concat_ws('|', phone, first_name, balance_minor, rank_index, rank_since_ms) FROM guest",
        "SELECT concat_ws('|', id, restaurant_id, opened_at_ms, total_minor, payment_minor) FROM loyalty_order",
        "SELECT concat_ws('|', guest_id, order_id, kind, amount_minor, at_ms) FROM bonus_entry ORDER BY id",
    ] {
        let [one, other] = [rows(dirs[0].path(), query), rows(dirs[1].path(), query)];
        assert!(one.len() >= 300);
        assert_eq!(one, other, "{query}");
    }
}

#[tokio::test]
async fn it_cannot_be_reset_in_a_moment_and_says_so() {
    use axum::http::{Request, StatusCode, header};
    use tower::ServiceExt as _;

    let dir = tempfile::tempdir().expect("a folder");
    let sandbox = sow(&dir, 3);
    let request = Request::post("/sandbox/reset")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body("{}".to_owned())
        .expect("a request");
    let Ok(answer) = sandbox.router().oneshot(request).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert_eq!(rows(dir.path(), "SELECT phone FROM guest").len(), 3);
}

/// A program that does not outlive its test.
struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // A program that has ended by itself cannot be killed, and need not be.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn killed_half_way_it_leaves_nothing_that_opens_as_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let site = dir.path().join("sandbox.sqlite3.building");
    let mut child = Killed(
        std::process::Command::new(env!("CARGO_BIN_EXE_loyalty-sandbox"))
            .args(["--seed", "large", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts"),
    );
    let begun = Instant::now();
    while !site.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not begin");
        std::thread::sleep(Duration::from_millis(5));
    }
    // A million guests take much longer.
    std::thread::sleep(Duration::from_millis(300));
    child.0.kill().expect("it still runs");
    let mut said = String::new();
    child.0.stderr.take().expect("its errors are piped").read_to_string(&mut said).expect("text");
    assert_eq!(said, "", "no bar where nobody looks");
    drop(child);

    assert!(!dir.path().join("sandbox.sqlite3").exists());
    drop(Sandbox::open(Options::new(dir.path().to_owned())).expect("the next start begins anew"));
    assert!(!site.exists());
    let report = check_folder(dir.path()).expect("readable books");
    assert_eq!((report.guests, report.orders, report.violations), (7, 0, Vec::new()), "the demo's");
}

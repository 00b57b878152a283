//! The program killed again and again while guests confirm and cancel: what it has answered stays answered, what it has
//! not is done once when it is asked for again, and the loyalty system's books say the same.
//!
//! Real are the program and its `kill -9`, the store and its disk, and HTTP on both sides. A few rounds are part of every
//! test; `cargo xtask soak` kills two hundred times.

mod guest;

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use sandbox::{Kind, Sandbox};
use scratch_postgres::ScratchPostgres;
use tempfile::TempDir;

use self::guest::{Guest, Met};
use crate::command::{Running, example, log_in_as, program, serve_sandbox};
use crate::test_app::{HttpClient, IVAN, MARIA, http_client};

/// By this variable of the environment more rounds are asked for.
const ROUNDS: &str = "LOYALTY_SOAK_ROUNDS";

/// How many pages each of the two guests has open.
const PAGES: usize = 3;

/// How long what a killed proxy was at work on may be nobody's: its lease must end first.
const LEASE: Duration = Duration::from_secs(60);

/// A proxy that is started again and again over the same store.
struct Place {
    folder: TempDir,
    config: String,
    database: Option<String>,
    sandbox: Sandbox,
}

impl Place {
    async fn new(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (sandbox, upstream) = serve_sandbox(folder.path()).await;
        let mut config = example(folder.path(), upstream)
            .replace(&format!("http://{upstream}"), &format!("http://{upstream}/plazius"));
        let mut change = |from: &str, to: &str| {
            assert!(config.contains(from), "{from}");
            config = config.replace(from, to);
        };
        // Leases last twice the longest question to a loyalty system, and ten seconds.
        change("# upstream_timeout_ms = 5000", "upstream_timeout_ms = 1500");
        change("# request_timeout_ms = 14000", "request_timeout_ms = 4500");
        if database.is_some() {
            change("# kind = \"sqlite\"", "kind = \"postgres\"\nurl = { env = \"LOYALTY_STORE_URL\" }");
        }
        Self { folder, config, database, sandbox }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn start(&self) -> (Running, String) {
        let mut command: Command = program(self.path(), "serve", &self.config);
        command.env("PLAZIUS_API_KEY", "demo-plazius").env("PLAZIUS_PASSWORD", "demo");
        if let Some(address) = &self.database {
            command.env("LOYALTY_STORE_URL", address);
        }
        let running = Running::start(&mut command);
        let base = running.ready();
        (running, base)
    }

    /// How often the sandbox did something to each of its orders.
    fn count(&self, order_id: &str, kind: Kind) -> usize {
        let ledger = self.sandbox.ledger().expect("readable books");
        ledger
            .iter()
            .filter(|entry| entry.kind == kind && entry.order_id.as_deref() == Some(order_id))
            .count()
    }
}

/// Pauses that look thrown: SplitMix64, in milliseconds from 0 to 127.
fn pause(round: u32) -> Duration {
    let mixed = u64::from(round).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    Duration::from_millis(((mixed ^ (mixed >> 27)) >> 20) % 128)
}

/// Kills the proxy in each round while every guest is at work.
async fn kill_again_and_again(place: &Place, rounds: u32) {
    let client = http_client();
    let (running, base) = place.start();
    let mut guests = Vec::new();
    for phone in [IVAN, MARIA] {
        let token = log_in_as(&client, &base, &running, phone).await;
        guests.extend((0..PAGES).map(|_| Guest::new(&token)));
    }
    let before = guests[0].balance(&client, &base).await;
    drop(running);

    let mut met = Met::default();
    for round in 0..rounds {
        let (mut running, base) = place.start();
        let answered = AtomicU32::new(0);
        let work = join_all(guests.iter_mut().map(|guest| guest.work(&client, &base, &answered)));
        let kill = async {
            // However slow the machine is, each round has done something.
            while answered.load(Ordering::Relaxed) == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(pause(round)).await;
            running.child.kill().expect("killed");
        };
        tokio::join!(work, kill);
        for guest in &guests {
            guest.look_at_what_was_broken_off(place, &mut met);
        }
    }

    let (_running, base) = place.start();
    let settling = join_all(guests.iter_mut().map(|guest| guest.settle_all(&client, &base)));
    tokio::time::timeout(LEASE, settling).await.expect("everything is settled");
    judge(place, &client, &base, &guests).await;
    assert_eq!(guests[0].balance(&client, &base).await, before, "everything was cancelled");
    place.sandbox.check().expect("the books hold together");
    // The kills came in the middle of the work: often enough for the test to mean something.
    let confirms: usize = guests.iter().map(|guest| guest.confirmed.len()).sum();
    println!("{rounds} kills, {confirms} confirms, broken off: {met:?}");
    assert!(confirms * 2 >= rounds as usize && met.all() > 0, "{confirms} {met:?}");
    assert!(rounds < 100 || (met.confirms_done > 0 && met.confirms_undone > 0), "{met:?}");
}

/// Every confirm that was ever answered is answered the same again, and was done once.
async fn judge(place: &Place, client: &HttpClient, base: &str, guests: &[Guest]) {
    let ledger = place.sandbox.ledger().expect("readable books");
    let mut confirmed: Vec<&str> = ledger
        .iter()
        .filter(|entry| entry.kind == Kind::Confirmed)
        .filter_map(|entry| entry.order_id.as_deref())
        .collect();
    let all = confirmed.len();
    confirmed.sort_unstable();
    confirmed.dedup();
    assert_eq!(confirmed.len(), all, "no order was confirmed twice");
    for guest in guests {
        for step in &guest.confirmed {
            assert!(confirmed.binary_search(&step.order_id()).is_ok(), "{step:?} was lost");
            step.is_answered_the_same(client, base, guest).await;
        }
    }
    assert_eq!(guests.iter().map(|guest| guest.confirmed.len()).sum::<usize>(), all);
}

fn rounds(few: u32) -> u32 {
    std::env::var(ROUNDS).map_or(few, |rounds| rounds.parse().expect("a number of rounds"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answered_confirm_is_lost_and_none_is_done_twice_by_a_proxy_that_is_killed() {
    kill_again_and_again(&Place::new(None).await, rounds(12)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answered_confirm_is_lost_and_none_is_done_twice_by_a_proxy_that_is_killed_over_postgresql() {
    let server = ScratchPostgres::start();
    kill_again_and_again(&Place::new(Some(server.database("proxy"))).await, rounds(4)).await;
}

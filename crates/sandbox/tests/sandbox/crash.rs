//! Killed two hundred times at random moments under load: what was answered is there, what was not is there whole or not
//! at all, and the books hold together.

use std::time::Duration;

use serde_json::{Value, json};

use crate::crash::guest::{Guest, Met};
use crate::process::{Program, start};

mod guest;

const ROUNDS: u32 = 200;

/// Each works for a guest of its own, so that it knows what the guest must have.
const WORKERS: u32 = 4;

/// Pauses that look thrown: SplitMix64, in milliseconds from 2 to 33.
fn pause(round: u32) -> Duration {
    let mixed = u64::from(round).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    Duration::from_millis(2 + ((mixed ^ (mixed >> 27)) >> 20) % 32)
}

/// Lets every guest go on until the program is killed.
fn work_until_killed(program: Program, guests: &mut [Guest], after: Duration) {
    let (address, token) = (program.address().to_owned(), program.token());
    std::thread::scope(|scope| {
        for guest in guests {
            let (address, token) = (&address, &token);
            scope.spawn(move || guest.work(address, token));
        }
        std::thread::sleep(after);
        // Kills it and looks at the books it leaves.
        drop(program);
    });
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_answered_and_leave_nothing_half_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut guests: Vec<Guest> = (0..WORKERS).map(Guest::new).collect();
    let program = start(folder.path());
    let token = program.token();
    for guest in &guests {
        guest.join(&program, &token);
    }
    drop(program);

    let mut met = Met::default();
    for round in 0..ROUNDS {
        let program = start(folder.path());
        let token = program.token();
        for guest in &mut guests {
            guest.settle(&program, &token, &mut met);
        }
        work_until_killed(program, &mut guests, pause(round));
    }
    let last = start(folder.path());
    let token = last.token();
    for guest in &mut guests {
        guest.settle(&last, &token, &mut met);
    }
    // The kills came in the middle of the work: often enough for the test to mean something, and on both sides of a
    // commit.
    let answered: u32 = guests.iter().map(Guest::answered).sum();
    assert!(answered > ROUNDS, "{answered} operations were answered");
    assert!(met.done > 0 && met.undone > 0, "{met:?}");
    assert_eq!(last.ask(&token, "guests/getWallet", &known(0))["balance"], guests[0].balance());
}

/// A request that names the worker's guest and the demo's restaurant.
fn known(worker: u32) -> Value {
    json!({
        "guest": { "type": "phone", "phone": guest::phone(worker) },
        "organization": { "type": "rkObjectId", "id": "4174244" }
    })
}

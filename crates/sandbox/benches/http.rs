//! Operations over HTTP, with books of different size: `cargo bench -p sandbox`.
//!
//! Prints the two tables of `docs/benchmarks.md`. The books are made once under `target/tmp` and used again; remove
//! `target/tmp/books-*` to have them made anew.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sandbox::{Options, Sandbox, Seed};
use tokio::runtime::Runtime;

use client::Client;

#[path = "http/client.rs"]
mod client;
#[path = "http/requests.rs"]
mod requests;

/// How long each throughput is measured.
const WINDOW: Duration = Duration::from_secs(4);
/// Clients at once where throughput is measured.
const CLIENTS: u64 = 8;
/// Requests of one client in each turn where medians are measured; the books take turns, so that what else the machine
/// does strikes both.
const TURN: u64 = 200;
const TURNS: u64 = 40;

/// Books and the server that keeps them.
struct Served {
    name: &'static str,
    guests: u32,
    address: SocketAddr,
    _sandbox: Sandbox,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("books-{name}"))
}

/// Opens the books, or makes them, and lets the operating system read them once.
fn serve(runtime: &Runtime, name: &'static str, seed: Seed) -> Served {
    let begun = Instant::now();
    let options = Options { seed, ..Options::new(folder(name)) };
    let sandbox = Sandbox::open(options).expect("usable books");
    println!("opened {name} after {:.1} s", begun.elapsed().as_secs_f64());
    let mut file = std::fs::File::open(folder(name).join("sandbox.sqlite3")).expect("the database");
    std::io::copy(&mut file, &mut std::io::sink()).expect("a readable database");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("bound");
    let router = sandbox.router();
    runtime.spawn(async move { axum::serve(listener, router).await });
    let guests = match seed {
        Seed::Large { guests } => guests,
        Seed::Demo | Seed::Empty => 1,
    };
    let served = Served { name, guests, address, _sandbox: sandbox };
    Client::connect(address).call("guests/save", &requests::save(&requests::phone(0, guests)));
    served
}

/// Numbers all over the books: those of Weyl's sequence.
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

/// How many operations the clients get answered in a second.
fn throughput(served: &Served, operations: u64, work: impl Fn(&mut Client, u64) + Sync) -> u64 {
    let done = AtomicU64::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (done, work) = (&done, &work);
            scope.spawn(move || {
                let mut connection = Client::connect(served.address);
                let mut number = client << 24;
                while begun.elapsed() < WINDOW {
                    work(&mut connection, number);
                    number += 1;
                    done.fetch_add(operations, Ordering::Relaxed);
                }
            });
        }
    });
    let elapsed_ms = u64::try_from(begun.elapsed().as_millis()).expect("a short time");
    done.into_inner() * 1_000 / elapsed_ms
}

/// The median time of each book's answers, in nanoseconds, the books taking turns.
fn medians(books: [&Served; 2], operation: &str, body: fn(&str) -> String) -> [u64; 2] {
    let mut clients = books.map(|served| Client::connect(served.address));
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..TURNS {
        for (index, served) in books.iter().enumerate() {
            for number in turn * TURN..(turn + 1) * TURN {
                let body = body(&requests::phone(spread(number), served.guests));
                let begun = Instant::now();
                clients[index].call(operation, &body);
                // The first turn warms up.
                if turn > 0 {
                    times[index].push(u64::try_from(begun.elapsed().as_nanos()).expect("a short time"));
                }
            }
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn print_throughputs(served: &Served) {
    let phone = |number| requests::phone(spread(number), served.guests);
    let wallets = throughput(served, 1, |client, number| {
        client.call("guests/getWallet", &requests::wallet(&phone(number)));
    });
    let calculations = throughput(served, 1, |client, number| {
        client.call("orders/calculate", &requests::calculate(&phone(number)));
    });
    let orders = throughput(served, 3, |client, number| {
        let (phone, id) = (phone(number), uuid::Uuid::new_v4().to_string());
        let confirm =
            requests::confirm(&phone, &id, client.call("orders/calculate", &requests::calculate(&phone)));
        client.call("orders/confirm", &confirm);
        client.call("orders/close", &requests::close(&id));
    });
    println!("| {} | {wallets} | {calculations} | {orders} |", served.name);
}

fn print_medians(few: &Served, many: &Served) {
    println!("\n| operation, one client | {} | {} | ratio |\n|---|---|---|---|", few.name, many.name);
    for (operation, body) in [
        ("guests/getWallet", requests::wallet as fn(&str) -> String),
        ("orders/calculate", requests::calculate),
    ] {
        let [one, other] = medians([few, many], operation, body);
        let percent = other * 100 / one;
        println!(
            "| `{operation}` | {} µs | {} µs | {}.{:02} |",
            one / 1_000,
            other / 1_000,
            percent / 100,
            percent % 100
        );
    }
}

fn main() {
    let runtime = Runtime::new().expect("threads");
    let empty = serve(&runtime, "empty", Seed::Empty);
    let few = serve(&runtime, "100-guests", Seed::Large { guests: 100 });
    let many = serve(&runtime, "1000000-guests", Seed::LARGE);
    println!(
        "\n| operations a second, {CLIENTS} clients | `getWallet` | `calculate` | calculate, confirm, close |"
    );
    println!("|---|---|---|---|");
    print_throughputs(&empty);
    print_throughputs(&many);
    print_medians(&few, &many);
}

//! Clients: wrk, which asks as fast as it is answered, and clients that ask at a given rate however long answers take.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::guests::{Guest, Restaurant};
use super::http::{Connection, post};
use super::servers::{Server, on_core};
use crate::process;

/// Connections of wrk.
const CONNECTIONS: u32 = 64;

/// How many guests' tokens are used in turns.
const TOKENS: usize = 2_000;

/// Clients that ask at a rate.
const CLIENTS: u32 = 32;

/// What a server did in a turn.
pub(super) struct Load {
    pub(super) per_second: f64,
    /// Which part of the time its processor worked for it.
    pub(super) busy: f64,
    /// Processor time of a request, in microseconds.
    pub(super) cpu_us: f64,
}

/// How long answers took from the moment at which they were to be asked for, in seconds.
pub(super) struct Paced {
    pub(super) median: f64,
    pub(super) p99: f64,
}

/// Writes what wrk sends: the restaurant's cart, by one guest after the other.
pub(super) fn script(restaurant: &Restaurant, guests: &[&Guest], scratch: &Path) -> anyhow::Result<PathBuf> {
    let tokens: Vec<String> =
        guests.iter().take(TOKENS).map(|guest| format!("\"{}\"", guest.token)).collect();
    ensure!(!tokens.is_empty(), "nobody is logged in at {}", restaurant.id);
    let text = format!(
        "local tokens = {{{}}}\n\
         local requests, turn = {{}}, 0\n\
         function init(args)\n\
           for i, token in ipairs(tokens) do\n\
             requests[i] = wrk.format('POST', nil, {{['Content-Type'] = 'application/json',\n\
               ['Authorization'] = 'Bearer ' .. token}}, '{}')\n\
           end\n\
         end\n\
         function request()\n\
           turn = turn % #requests + 1\n\
           return requests[turn]\n\
         end\n",
        tokens.join(","),
        restaurant.cart
    );
    let path = scratch.join(format!("{}.lua", restaurant.id));
    std::fs::write(&path, text)?;
    Ok(path)
}

/// Lets wrk ask as fast as it can.
pub(super) fn wrk(
    server: &Server,
    path: &str,
    script: &Path,
    seconds: u32,
    core: usize,
) -> anyhow::Result<Load> {
    let mut wrk = on_core(core, "wrk");
    wrk.args(["--threads", "1", "--connections", &CONNECTIONS.to_string()]);
    wrk.arg("--duration").arg(format!("{seconds}s")).arg("--script").arg(script);
    wrk.arg(format!("http://{}{path}", server.address));
    let (before, begun) = (server.cpu_s()?, Instant::now());
    let told = process::capture(&mut wrk)?;
    let (cpu_s, elapsed_s) = (server.cpu_s()? - before, begun.elapsed().as_secs_f64());
    ensure!(!told.contains("Non-2xx") && !told.contains("Socket errors"), "{told}");
    let per_second = figure(&told, "Requests/sec:")?;
    let count = figure_before(&told, " requests in ")?;
    Ok(Load { per_second, busy: cpu_s / elapsed_s, cpu_us: cpu_s * 1e6 / count })
}

fn figure(told: &str, name: &str) -> anyhow::Result<f64> {
    let (_, rest) = told.split_once(name).with_context(|| format!("no {name} in {told}"))?;
    Ok(rest.split_whitespace().next().context("no figure")?.parse()?)
}

fn figure_before(told: &str, name: &str) -> anyhow::Result<f64> {
    let (rest, _) = told.split_once(name).with_context(|| format!("no {name} in {told}"))?;
    Ok(rest.split_whitespace().next_back().context("no figure")?.parse()?)
}

/// Asks at a rate. Each client has its own times at which to ask; who is late asks at once, and the lateness counts.
pub(super) fn paced(
    server: &Server,
    path: &str,
    restaurant: &Restaurant,
    guests: &[&Guest],
    per_second: f64,
    duration: Duration,
) -> anyhow::Result<Paced> {
    let all = Mutex::new(Vec::new());
    let pause = Duration::from_secs_f64(f64::from(CLIENTS) / per_second);
    let begun = Instant::now() + Duration::from_millis(50);
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let all = &all;
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut connection = Connection::open(server.address)?;
                    let mut times = Vec::new();
                    let mine = guests.iter().skip(client as usize).step_by(CLIENTS as usize);
                    let requests: Vec<_> =
                        mine.take(64).map(|guest| post(path, Some(&guest.token), restaurant.cart)).collect();
                    let mut due = begun + pause * client / CLIENTS;
                    for request in requests.iter().cycle() {
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        connection.ask(request)?;
                        times.push(due.elapsed().as_secs_f64());
                        due += pause;
                        if due > begun + duration {
                            break;
                        }
                    }
                    // The connections' own beginnings are not measured.
                    let warm = times.split_off(times.len() / 10);
                    all.lock().map_err(|_| anyhow::anyhow!("a client failed"))?.extend(warm);
                    Ok(())
                })
            })
            .collect();
        clients
            .into_iter()
            .try_for_each(|client| client.join().unwrap_or_else(|_| anyhow::bail!("a client failed")))
    })?;
    let mut times = all.into_inner().map_err(|_| anyhow::anyhow!("a client failed"))?;
    times.sort_by(f64::total_cmp);
    let at =
        |hundredth: usize| times.get(times.len() * hundredth / 100).copied().context("nothing was asked");
    Ok(Paced { median: at(50)?, p99: at(99)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrk_is_read() {
        let told = "Running 2s test\n  30523 requests in 2.10s, 7.8MB read\nRequests/sec:  14541.02\n";
        assert!((figure(told, "Requests/sec:").expect("there") - 14_541.02).abs() < 0.001);
        assert!((figure_before(told, " requests in ").expect("there") - 30_523.0).abs() < 0.001);
        assert!(figure(told, "Latency").is_err());
    }
}

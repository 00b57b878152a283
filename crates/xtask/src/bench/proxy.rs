//! How fast the proxy is beside nginx: both forward to the same upstream, on the same core, in turns of one run.
//!
//! The upstream is an nginx too, which answers everything with the makers' recorded examples; it and the clients have the
//! other core. Owns the order of what is measured and how it is told; judges nothing.

mod guests;
mod http;
mod load;
mod servers;

use std::time::Duration;

use anyhow::{Context, ensure};

use self::guests::{Guest, RESTAURANTS, Restaurant};
use self::load::{Load, Paced};
use self::servers::{Proxy, Server};
use crate::setup::{self, Scope};
use crate::workspace::Workspace;
use crate::{process, progress};

/// The core of what is measured, and that of everything else.
const MEASURED: usize = 0;
const OTHERS: usize = 1;

/// How many guests are logged in.
const SESSIONS: usize = 10_000;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    /// How often each server has its turn.
    pub(crate) rounds: u32,
    /// How long a turn lasts.
    pub(crate) seconds: u32,
}

/// Measures, and prints Markdown on the standard output.
pub(crate) fn run(workspace: &Workspace, measure: Measure) -> anyhow::Result<()> {
    ensure!(std::thread::available_parallelism()?.get() > OTHERS, "this takes two cores");
    let tools = setup::run(Scope::Bench)?;
    progress::note("bench", "building the proxy as it is delivered");
    let mut build = tools.command("cargo");
    build.args(["build", "--quiet", "--package", "proxy", "--bin", "loyalty-proxy", "--profile", "server"]);
    process::run(build.current_dir(workspace.root()))?;

    // Where a forced write goes to a disk: a folder for scratch files may be kept in memory.
    let folder = workspace.target().join("tmp");
    std::fs::create_dir_all(&folder)?;
    let scratch = tempfile::Builder::new().prefix("bench-").tempdir_in(folder)?;
    let upstream = servers::upstream(workspace, scratch.path(), OTHERS)?;
    let nginx = servers::front(scratch.path(), &upstream, MEASURED)?;
    let proxy = Proxy::start(workspace, scratch.path(), &upstream, MEASURED)?;
    servers::pin_this_process(OTHERS)?;
    progress::note("bench", format_args!("logging {SESSIONS} guests in"));
    let before = proxy.server.resident_kib()?;
    let guests = guests::log_in(&proxy, SESSIONS)?;
    println!("resident: {before} KiB at rest, {} KiB with {SESSIONS} sessions", proxy.server.resident_kib()?);

    for restaurant in &RESTAURANTS {
        let guests: Vec<&Guest> = guests.iter().filter(|guest| guest.restaurant == restaurant.id).collect();
        compare(restaurant, &guests, [&upstream, &nginx, &proxy.server], measure, scratch.path())?;
    }
    println!("\nresident: {} KiB after all of it", proxy.server.resident_kib()?);
    Ok(())
}

/// One restaurant's previews through nginx and through the proxy, in turns.
fn compare(
    restaurant: &Restaurant,
    guests: &[&Guest],
    [upstream, nginx, proxy]: [&Server; 3],
    measure: Measure,
    scratch: &std::path::Path,
) -> anyhow::Result<()> {
    let script = load::script(restaurant, guests, scratch)?;
    let seconds = measure.seconds;
    let load = |server: &Server, path: &str| load::wrk(server, path, &script, seconds, OTHERS);
    let mut turns = Vec::new();
    for round in 0..=measure.rounds {
        let turn = [load(nginx, restaurant.upstream_path)?, load(proxy, guests::PREVIEW)?];
        // The first round only warms up.
        if round > 0 {
            turns.push(turn);
        }
    }
    println!("\n### {}: {} upstream call(s) a preview\n", restaurant.system, restaurant.calls);
    println!(
        "| round | nginx, requests/s | its core | proxy, previews/s | its core | ratio | ratio by CPU time |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    for (index, [nginx, proxy]) in turns.iter().enumerate() {
        println!(
            "| {} | {:.0} | {:.0} % | {:.0} | {:.0} % | {:.2} | {:.2} |",
            index + 1,
            nginx.per_second,
            nginx.busy * 100.0,
            proxy.per_second,
            proxy.busy * 100.0,
            proxy.per_second / nginx.per_second,
            nginx.cpu_us / proxy.cpu_us
        );
    }
    let median_of = |figure: &dyn Fn(&[Load; 2]) -> f64| median(turns.iter().map(figure));
    let rate = median_of(&|[_, proxy]| proxy.per_second);
    println!(
        "| median | {:.0} | {:.1} µs each | {rate:.0} | {:.1} µs each | {:.2} | {:.2} |\n",
        median_of(&|[nginx, _]| nginx.per_second),
        median_of(&|[nginx, _]| nginx.cpu_us),
        median_of(&|[_, proxy]| proxy.cpu_us),
        median_of(&|[nginx, proxy]| proxy.per_second / nginx.per_second),
        median_of(&|[nginx, proxy]| nginx.cpu_us / proxy.cpu_us),
    );

    println!("| at {:.0} requests/s | median | 99 of 100 |\n|---|---:|---:|", rate / 2.0);
    let paced = |server: &Server, path: &str| {
        load::paced(server, path, restaurant, guests, rate / 2.0, Duration::from_secs(u64::from(seconds) * 2))
    };
    for (name, server, path) in [
        ("the upstream itself", upstream, restaurant.upstream_path),
        ("through nginx", nginx, restaurant.upstream_path),
        ("through the proxy", proxy, guests::PREVIEW),
    ] {
        let Paced { median, p99 } = paced(server, path).with_context(|| name)?;
        println!("| {name} | {:.2} ms | {:.2} ms |", median * 1e3, p99 * 1e3);
    }
    Ok(())
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

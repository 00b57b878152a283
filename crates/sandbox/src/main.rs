//! The program `loyalty-sandbox`: the sandbox as a server of its own, and the check of its books.

mod cli;
mod progress_line;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clock::Clock;
use sandbox::{Options, ProgrammeFile, Sandbox, check_folder};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use cli::{Command, Serve};

/// The books do not hold together.
const UNSOUND: u8 = 1;
/// The command could not be done.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    // Its custom errors name themselves as their own source; one sentence is enough.
    let command =
        cli::parse(lexopt::Parser::from_env()).map_err(|error| anyhow::Error::msg(error.to_string()))?;
    match command {
        Command::Help => {
            print!("{}", cli::HELP);
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { data_dir } => check(&data_dir),
        Command::Serve(serve) => {
            tokio::runtime::Runtime::new()?.block_on(self::serve(serve))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says on one line that the books hold together, or on one line each what does not.
fn check(data_dir: &Path) -> anyhow::Result<ExitCode> {
    let report = check_folder(data_dir)?;
    for violation in &report.violations {
        println!("{violation}");
    }
    if !report.violations.is_empty() {
        return Ok(ExitCode::from(UNSOUND));
    }
    println!(
        "the books hold together: {} guests, {} orders, {} entries",
        report.guests, report.orders, report.bonus_entries
    );
    Ok(ExitCode::SUCCESS)
}

/// Serves until Ctrl-C or a request to terminate, and finishes what has begun.
async fn serve(serve: Serve) -> anyhow::Result<()> {
    let Serve { listen, data_dir, programme, seed, control } = serve;
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let programme = programme.as_deref().map(read_programme).transpose()?;
    let clock = Clock::shifted(0);
    let on_progress = progress_line::draw;
    let sandbox =
        Sandbox::open(Options { seed, programme, clock, control, on_progress, ..Options::new(data_dir) })?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    println!("ready http://{}/", listener.local_addr()?);
    let until_stopped = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    axum::serve(listener, sandbox.router()).with_graceful_shutdown(until_stopped).await?;
    Ok(())
}

fn read_programme(path: &Path) -> anyhow::Result<ProgrammeFile> {
    let json = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    ProgrammeFile::read(&json).with_context(|| format!("cannot use {}", path.display()))
}

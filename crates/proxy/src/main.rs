//! The proxy's program: reads its command line, starts what it asks for, and stops it on Ctrl-C.

mod cli;

use std::process::ExitCode;

use anyhow::Context;
use clock::Clock;
use proxy::app::check_upstreams;
use proxy::config::{Config, ConfigError};
use proxy::demo;
use proxy::serve::Server;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::cli::Command;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("loyalty-proxy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let command = cli::parse(lexopt::Parser::from_env())?;
    log_to_stderr()?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    match command {
        Command::Help => println!("{}", cli::HELP),
        Command::CheckConfig { config } => {
            check_upstreams(&load(&config)?, &Clock::system())?;
            println!("{} is right", config.display());
        }
        Command::Serve { config } => {
            let config = load(&config)?;
            runtime.block_on(async {
                let stopped = stop_asked()?;
                let server = Server::start(&config, &Clock::system()).await?;
                println!("ready http://{}/", server.address());
                stopped.await;
                server.stop().await;
                anyhow::Ok(())
            })?;
        }
        Command::Demo { listen, widget, data } => {
            let scratch = match data {
                Some(_) => None,
                None => Some(tempfile::Builder::new().prefix("loyalty-demo-").tempdir()?),
            };
            let data = data
                .or_else(|| scratch.as_ref().map(|dir| dir.path().to_owned()))
                .context("no folder for the demo's files")?;
            let options = demo::Options::new(listen, widget, data);
            runtime.block_on(async {
                let stopped = stop_asked()?;
                let running = demo::start(options).await?;
                println!("ready {}", running.base_url());
                stopped.await;
                running.stop().await;
                anyhow::Ok(())
            })?;
        }
    }
    Ok(())
}

fn load(path: &std::path::Path) -> anyhow::Result<Config> {
    let environment = |name: &str| std::env::var(name).ok();
    Config::load(path, &environment).map_err(|error| match error {
        ConfigError::Unreadable { .. } => error.into(),
        _ => anyhow::Error::new(error).context(path.display().to_string()),
    })
}

/// The log goes to the standard error, so that the standard output says only what was asked; `RUST_LOG` chooses.
fn log_to_stderr() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init()
        .map_err(|error| anyhow::anyhow!("cannot start the log: {error}"))
}

/// Ends when somebody asks the program to stop: Ctrl-C, or a request to terminate. Both are heard from now on.
fn stop_asked() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot hear Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot hear a request to terminate")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

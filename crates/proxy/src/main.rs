//! The proxy's program: reads its command line, starts what it asks for, reads its configuration again on SIGHUP, and
//! stops it on Ctrl-C.

mod cli;

use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clock::Clock;
use proxy::app::check_upstreams;
use proxy::config::{Config, ConfigError, LogConfig};
use proxy::serve::Server;
use proxy::{demo, log, otel};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::cli::Command;

/// A preview allocates more than anything else it does by itself; this costs less of it than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let runtime = runtime().context("cannot start the runtime")?;
    match command {
        Command::Help => println!("{}", cli::HELP),
        Command::CheckConfig { config } => {
            check_upstreams(&load(&config)?, &Clock::system())?;
            println!("{} is right", config.display());
        }
        Command::Serve { config } => serve(&runtime, &config)?,
        Command::Demo { listen, widget, data, webhooks } => {
            let scratch = match data {
                Some(_) => None,
                None => Some(tempfile::Builder::new().prefix("loyalty-demo-").tempdir()?),
            };
            let data = data
                .or_else(|| scratch.as_ref().map(|dir| dir.path().to_owned()))
                .context("no folder for the demo's files")?;
            log::start(&LogConfig::default(), None)?;
            let options = demo::Options::new(listen, widget, data);
            runtime.block_on(async {
                let stopped = stop_asked()?;
                let mut running = demo::start(options).await?;
                if let Some(url) = webhooks {
                    running.send_webhooks_to(&url)?;
                }
                println!("ready {}", running.base_url());
                stopped.await;
                running.stop().await;
                anyhow::Ok(())
            })?;
        }
    }
    Ok(())
}

/// As many threads as there are processors to use; of one alone, nobody need hand anything over to another.
fn runtime() -> std::io::Result<Runtime> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut builder = match processors {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    builder.enable_all().build()
}

/// Serves until somebody asks the program to stop, and reads the configuration again whenever somebody asks for that.
fn serve(runtime: &Runtime, path: &Path) -> anyhow::Result<()> {
    let config = load(path)?;
    let clock = Clock::system();
    let (listener, exporter) = otel::listen(&config.otel, &clock).unzip();
    log::start(&config.log, listener)?;
    runtime.block_on(async {
        let mut stopped = std::pin::pin!(stop_asked()?);
        let mut hangup = signal(SignalKind::hangup()).context("cannot hear a request to reload")?;
        let (stop_traces, traces_stopped) = oneshot::channel::<()>();
        // That the sender is gone is the word to stop.
        let traces =
            exporter.map(|exporter| tokio::spawn(exporter.run(async { drop(traces_stopped.await) })));
        let mut server = Server::start(&config, &clock).await?;
        if let Some(address) = server.metrics_address() {
            println!("metrics http://{address}/metrics");
        }
        println!("ready http://{}/", server.address());
        loop {
            tokio::select! {
                () = &mut stopped => break,
                _ = hangup.recv() => reload(&mut server, path),
            }
        }
        server.stop().await;
        drop(stop_traces);
        if let Some(traces) = traces {
            traces.await.context("the last traces were not sent")?;
        }
        Ok(())
    })
}

fn load(path: &Path) -> anyhow::Result<Config> {
    let environment = |name: &str| std::env::var(name).ok();
    Config::load(path, &environment).map_err(|error| match error {
        ConfigError::Unreadable { .. } => error.into(),
        _ => anyhow::Error::new(error).context(path.display().to_string()),
    })
}

/// Reads the configuration again. A wrong one is refused, and the former one stays.
fn reload(server: &mut Server, path: &Path) {
    match load(path).inspect_err(|_| server.refused_reload()).and_then(|config| Ok(server.reload(&config)?)) {
        Ok(waiting) if waiting.is_empty() => tracing::warn!("the configuration was read anew"),
        Ok(waiting) => {
            let waiting = waiting.join(", ");
            tracing::warn!(waiting, "the configuration was read anew; what is named waits for a restart");
        }
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(error, "the new configuration is wrong; the former one stays");
        }
    }
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

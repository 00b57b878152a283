//! The program `loyalty-sandbox`: the sandbox as a server of its own.

mod cli;

use anyhow::Context as _;
use clock::Clock;
use sandbox::{Options, PaymentCodes, Sandbox};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use cli::{Command, Serve};

fn main() -> anyhow::Result<()> {
    // Its custom errors name themselves as their own source; one sentence is enough.
    let command =
        cli::parse(lexopt::Parser::from_env()).map_err(|error| anyhow::Error::msg(error.to_string()))?;
    match command {
        Command::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        Command::Serve(serve) => tokio::runtime::Runtime::new()?.block_on(run(serve)),
    }
}

/// Serves until Ctrl-C or a request to terminate, and finishes what has begun.
async fn run(serve: Serve) -> anyhow::Result<()> {
    let Serve { listen, data_dir, seed } = serve;
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let options = Options { data_dir, seed, clock: Clock::system(), payment_codes: PaymentCodes::random() };
    let sandbox = Sandbox::open(options)?;
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

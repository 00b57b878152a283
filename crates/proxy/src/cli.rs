//! The command line: three commands, each with its options.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
loyalty-proxy serve --config FILE
    Serves as the file says.
loyalty-proxy check-config --config FILE
    Says whether the file is right, and names the field that is not.
loyalty-proxy demo --widget DIR [--listen 127.0.0.1:8080] [--data DIR]
    Serves the demo: the proxy, and a sandbox as its loyalty system. Without --data each start begins anew.

The log goes to the standard error; RUST_LOG=info shows each request.";

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Serve.
    Serve {
        /// The configuration file.
        config: PathBuf,
    },
    /// Check a configuration file.
    CheckConfig {
        /// The configuration file.
        config: PathBuf,
    },
    /// Serve the demo.
    Demo {
        /// Where the proxy listens.
        listen: SocketAddr,
        /// The built widget.
        widget: PathBuf,
        /// Where the demo's files are kept, if they are to be kept.
        data: Option<PathBuf>,
    },
}

#[derive(Default)]
struct Arguments {
    command: Option<String>,
    config: Option<PathBuf>,
    listen: Option<SocketAddr>,
    widget: Option<PathBuf>,
    data: Option<PathBuf>,
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> anyhow::Result<Command> {
    let mut given = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("config") => given.config = Some(parser.value()?.into()),
            Long("listen") => given.listen = Some(parser.value()?.parse().context("--listen")?),
            Long("widget") => given.widget = Some(parser.value()?.into()),
            Long("data") => given.data = Some(parser.value()?.into()),
            Value(word) if given.command.is_none() => given.command = Some(word.string()?),
            unknown => return Err(unknown.unexpected().into()),
        }
    }
    let Some(command) = given.command else { bail!("say what to do; --help lists it") };
    let is_demo = command == "demo";
    if is_demo && given.config.is_some() {
        bail!("--config does not go with `demo`");
    }
    if !is_demo && (given.widget.is_some() || given.data.is_some() || given.listen.is_some()) {
        bail!("--listen, --widget and --data go only with `demo`");
    }
    match command.as_str() {
        "serve" => Ok(Command::Serve { config: given.config.context("--config FILE is missing")? }),
        "check-config" => {
            Ok(Command::CheckConfig { config: given.config.context("--config FILE is missing")? })
        }
        "demo" => Ok(Command::Demo {
            listen: given.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            widget: given.widget.context("--widget DIR is missing")?,
            data: given.data,
        }),
        unknown => bail!("`{unknown}` is no command; --help lists them"),
    }
}

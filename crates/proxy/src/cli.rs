//! The command line: three commands, each with its options.

use std::net::SocketAddr;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use thiserror::Error;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
loyalty-proxy serve --config FILE
    Serves as the file says. SIGHUP reads the file again; a wrong one is refused and the former one stays.
loyalty-proxy check-config --config FILE
    Says whether the file is right, and names the field that is not.
loyalty-proxy demo --widget DIR [--listen 127.0.0.1:8080] [--data DIR] [--webhooks URL]
    Serves the demo: the proxy, and a sandbox as its loyalty system. Without --data each start begins anew. With
    --webhooks what becomes of orders is told there.

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
        /// Where the restaurants' servers are told what became of orders, if anywhere.
        webhooks: Option<String>,
    },
}

/// Why a command line is not understood.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// No command.
    #[error("say what to do; --help lists it")]
    NoCommand,
    /// A word that is no command.
    #[error("`{0}` is no command; --help lists them")]
    UnknownCommand(String),
    /// An option the command needs.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An option that does not go with the command.
    #[error("{0} does not go with `{1}`")]
    Misplaced(&'static str, String),
    /// An option's value, or an option nobody knows.
    #[error(transparent)]
    Argument(#[from] lexopt::Error),
}

#[derive(Default)]
struct Arguments {
    command: Option<String>,
    config: Option<PathBuf>,
    listen: Option<SocketAddr>,
    widget: Option<PathBuf>,
    data: Option<PathBuf>,
    webhooks: Option<String>,
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, CliError> {
    let mut given = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("config") => given.config = Some(parser.value()?.into()),
            Long("listen") => given.listen = Some(parser.value()?.parse()?),
            Long("widget") => given.widget = Some(parser.value()?.into()),
            Long("data") => given.data = Some(parser.value()?.into()),
            Long("webhooks") => given.webhooks = Some(parser.value()?.string()?),
            Value(word) if given.command.is_none() => given.command = Some(word.string()?),
            unknown => return Err(unknown.unexpected().into()),
        }
    }
    let command = given.command.take().ok_or(CliError::NoCommand)?;
    match command.as_str() {
        "serve" => Ok(Command::Serve { config: given.only_config(command)? }),
        "check-config" => Ok(Command::CheckConfig { config: given.only_config(command)? }),
        "demo" if given.config.is_some() => Err(CliError::Misplaced("--config", command)),
        "demo" => Ok(Command::Demo {
            listen: given.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            widget: given.widget.ok_or(CliError::Missing("--widget DIR"))?,
            data: given.data,
            webhooks: given.webhooks,
        }),
        _ => Err(CliError::UnknownCommand(command)),
    }
}

impl Arguments {
    /// The configuration file of a command that takes nothing else.
    fn only_config(self, command: String) -> Result<PathBuf, CliError> {
        let misplaced = [
            ("--listen", self.listen.is_some()),
            ("--widget", self.widget.is_some()),
            ("--data", self.data.is_some()),
            ("--webhooks", self.webhooks.is_some()),
        ];
        match misplaced.iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(CliError::Misplaced(option, command)),
            None => self.config.ok_or(CliError::Missing("--config FILE")),
        }
    }
}

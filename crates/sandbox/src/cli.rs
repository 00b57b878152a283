//! The sandbox's command line.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use lexopt::Arg::{Long, Short};
use lexopt::ValueExt as _;
use sandbox::Seed;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
loyalty-sandbox: an offline imitation of the loyalty systems. Not for production.

  --data DIR             the database's directory; required, made where it is missing
  --listen ADDRESS:PORT  where to listen [127.0.0.1:9090]; port 0 takes a free one
  --seed demo|empty      what a new database starts with [demo]
  --allow-remote         listen on an address other machines can reach
  --help                 print this
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the help.
    Help,
    /// Serve.
    Serve(Serve),
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Serve {
    pub(crate) listen: SocketAddr,
    pub(crate) data_dir: PathBuf,
    pub(crate) seed: Seed,
}

/// Reads the command line.
///
/// # Errors
/// Says what is wrong with which argument.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 9090));
    let mut data_dir = None;
    let mut seed = Seed::default();
    let mut is_remote_allowed = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => listen = parser.value()?.parse()?,
            Long("data") => data_dir = Some(PathBuf::from(parser.value()?)),
            Long("seed") => seed = parser.value()?.parse()?,
            Long("allow-remote") => is_remote_allowed = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    let data_dir = data_dir.ok_or("--data DIR is required")?;
    if !listen.ip().is_loopback() && !is_remote_allowed {
        return Err(format!(
            "--listen {listen}: other machines could reach it; add --allow-remote if that is meant"
        )
        .into());
    }
    Ok(Command::Serve(Serve { listen, data_dir, seed }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_are_loopback_and_the_demo() {
        assert_eq!(
            parsed(&["--data", "d"]),
            Ok(Command::Serve(Serve {
                listen: SocketAddr::from(([127, 0, 0, 1], 9090)),
                data_dir: PathBuf::from("d"),
                seed: Seed::Demo,
            }))
        );
    }

    #[test]
    fn an_address_others_can_reach_needs_consent() {
        let open = ["--data", "d", "--listen", "0.0.0.0:9090"];
        assert!(parsed(&open).expect_err("refused").contains("--allow-remote"));
        assert!(parsed(&[&open[..], &["--allow-remote"]].concat()).is_ok());
        assert!(parsed(&["--data", "d", "--listen", "[::1]:9090"]).is_ok());
    }

    #[test]
    fn wrong_arguments_are_named() {
        assert!(parsed(&[]).expect_err("no data directory").contains("--data"));
        assert!(parsed(&["--data", "d", "--seed", "large"]).expect_err("no such seed").contains("large"));
        assert!(parsed(&["--data", "d", "--listen", "9090"]).expect_err("no address").contains("9090"));
        assert!(parsed(&["--verbose"]).expect_err("no such option").contains("--verbose"));
    }
}

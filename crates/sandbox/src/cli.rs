//! The sandbox's command line.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use lexopt::Arg::{Long, Short};
use lexopt::ValueExt as _;
use sandbox::{ControlAccess, Seed};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
loyalty-sandbox: an offline imitation of the loyalty systems. Not for production.

  loyalty-sandbox [serve] --data DIR [OPTIONS]
  loyalty-sandbox check --data DIR     whether the books there hold together; changes nothing

  --data DIR             the database's directory; required, made where it is missing
  --listen ADDRESS:PORT  where to listen [127.0.0.1:9090]; port 0 takes a free one
  --seed demo|empty|large
                         what a new database starts with [demo]; large is a million guests
  --programme FILE       the first network's programme, from now on
  --read-only-control    answer only GET under /sandbox
  --allow-remote         listen on an address other machines can reach, and let them control
  --help                 print this

check ends with 0 where the books hold together, with 1 and a line each where they do not, with 2 where it cannot say.
";

const NO_DATA: &str = "--data DIR is required";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the help.
    Help,
    /// Check the books of a folder.
    Check {
        /// The folder.
        data_dir: PathBuf,
    },
    /// Serve.
    Serve(Serve),
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Serve {
    pub(crate) listen: SocketAddr,
    pub(crate) data_dir: PathBuf,
    pub(crate) programme: Option<PathBuf>,
    pub(crate) seed: Seed,
    pub(crate) control: ControlAccess,
}

/// Reads the command line.
///
/// # Errors
/// Says what is wrong with which argument.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut is_check = false;
    if let Some(word) = parser.try_raw_args().and_then(|words| words.peek().map(ToOwned::to_owned)) {
        is_check = word == "check";
        if is_check || word == "serve" {
            parser.next()?;
        }
    }
    if is_check { parse_check(parser) } else { parse_serve(parser) }
}

fn parse_check(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut data_dir = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("data") => data_dir = Some(PathBuf::from(parser.value()?)),
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Check { data_dir: data_dir.ok_or(NO_DATA)? })
}

fn parse_serve(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 9090));
    let (mut data_dir, mut programme) = (None, None);
    let mut seed = Seed::default();
    let mut control = ControlAccess::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => listen = parser.value()?.parse()?,
            Long("data") => data_dir = Some(PathBuf::from(parser.value()?)),
            Long("programme") => programme = Some(PathBuf::from(parser.value()?)),
            Long("seed") => seed = parser.value()?.parse()?,
            Long("read-only-control") => control.is_read_only = true,
            Long("allow-remote") => control.is_remote_allowed = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    let data_dir = data_dir.ok_or(NO_DATA)?;
    if !listen.ip().is_loopback() && !control.is_remote_allowed {
        return Err(format!(
            "--listen {listen}: other machines could reach it; add --allow-remote if that is meant"
        )
        .into());
    }
    Ok(Command::Serve(Serve { listen, data_dir, programme, seed, control }))
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
                programme: None,
                seed: Seed::Demo,
                control: ControlAccess { is_read_only: false, is_remote_allowed: false },
            }))
        );
    }

    #[test]
    fn the_commands_are_serve_and_check() {
        assert_eq!(parsed(&["serve", "--data", "d"]), parsed(&["--data", "d"]));
        assert_eq!(parsed(&["check", "--data", "d"]), Ok(Command::Check { data_dir: PathBuf::from("d") }));
        assert_eq!(parsed(&["check", "--help"]), Ok(Command::Help));
    }

    #[test]
    fn control_is_read_only_where_asked() {
        let Ok(Command::Serve(serve)) =
            parsed(&["--data", "d", "--read-only-control", "--programme", "p.json"])
        else {
            panic!("it serves");
        };
        assert!(serve.control.is_read_only);
        assert_eq!(serve.programme, Some(PathBuf::from("p.json")));
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
        assert!(parsed(&["--data", "d", "--seed", "huge"]).expect_err("no such seed").contains("huge"));
        assert!(parsed(&["--data", "d", "--listen", "9090"]).expect_err("no address").contains("9090"));
        assert!(parsed(&["check"]).expect_err("no data directory").contains("--data"));
        assert!(
            parsed(&["check", "--data", "d", "--seed", "demo"]).expect_err("not of check").contains("--seed")
        );
        assert!(parsed(&["chekc", "--data", "d"]).expect_err("no such command").contains("chekc"));
        assert!(parsed(&["--data", "d", "check"]).expect_err("a command comes first").contains("check"));
        assert!(parsed(&["--verbose"]).expect_err("no such option").contains("--verbose"));
    }
}

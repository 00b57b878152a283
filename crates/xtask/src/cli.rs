//! The command line as a value. Owns its syntax and its help; does nothing.

use std::path::PathBuf;

use anyhow::{Context, bail};
use lexopt::{Arg, Parser, ValueExt};

use crate::bench::proxy::Measure;
use crate::test::Choice;

pub(crate) const HELP: &str = "\
Usage: cargo xtask <task>

  demo [--port 8080] [--data DIR]
                 install what is missing, build the widget, run proxy and sandbox;
                 without --data every run starts from the seed
  test [--only STEP]... [--all-browsers]
                 everything that must hold before a change is taken; the steps in order:
                 fmt clippy clippy-wasm tidy host conformance doc packages web size e2e;
                 --all-browsers adds e2e-firefox and e2e-webkit, which may be named as well
  setup          install the tools and packages that demo and test need
  build          build the widget into dist/
  size           weigh dist/ against size-budget.toml
  screenshots    make the pictures in docs/screenshots anew, by the end-to-end tests that look at
                 every step, in headless Chromium
  bench widget   how soon the phone can be typed and the preview works, in headless Chromium
  fuzz [--seconds 60]
                 feed every reading of an upstream's answer with broken ones, so long each;
                 needs a nightly compiler, which it installs
  bench proxy [--rounds 5] [--seconds 4]
                 previews a second on one core beside nginx before the same upstream, in turns,
                 so many of so many seconds; latency at half load; memory with 10,000 sessions
  soak [--rounds 200]
                 kill the proxy so often over SQLite and over PostgreSQL while guests confirm:
                 nothing answered is lost, nothing is spent twice
  tidy           check the house rules and the architecture's invariants
";

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Task {
    Help,
    Setup,
    Build,
    Demo { port: u16, data: Option<PathBuf> },
    Test(Choice),
    Size,
    Screenshots,
    BenchWidget,
    Fuzz { seconds: u32 },
    Soak { rounds: u32 },
    BenchProxy(Measure),
    Tidy,
}

/// Reads the arguments; an unknown or superfluous one is an error that names it.
pub(crate) fn parse(mut arguments: Parser) -> anyhow::Result<Task> {
    let Some(first) = arguments.next()? else { return Ok(Task::Help) };
    let task = match first {
        Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
        Arg::Value(name) => name.string()?,
        other => return Err(other.unexpected().into()),
    };
    match task.as_str() {
        "demo" => parse_demo(arguments),
        "test" => parse_test(arguments),
        "setup" => nothing_more(arguments, Task::Setup),
        "build" => nothing_more(arguments, Task::Build),
        "size" => nothing_more(arguments, Task::Size),
        "screenshots" => nothing_more(arguments, Task::Screenshots),
        "fuzz" => parse_fuzz(arguments),
        "bench" => parse_bench(arguments),
        "soak" => parse_soak(arguments),
        "tidy" => nothing_more(arguments, Task::Tidy),
        "help" => nothing_more(arguments, Task::Help),
        unknown => bail!("there is no task `{unknown}`; `cargo xtask --help` lists them"),
    }
}

fn parse_demo(mut arguments: Parser) -> anyhow::Result<Task> {
    let (mut port, mut data) = (8080, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("port") => {
                port = arguments.value()?.parse().context("--port takes a number up to 65535")?;
            }
            Arg::Long("data") => data = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Demo { port, data })
}

fn parse_test(mut arguments: Parser) -> anyhow::Result<Task> {
    let mut choice = Choice::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("only") => {
                for name in arguments.value()?.string()?.split(',') {
                    choice.only.push(name.parse()?);
                }
            }
            Arg::Long("all-browsers") => choice.all_browsers = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Test(choice))
}

fn parse_fuzz(mut arguments: Parser) -> anyhow::Result<Task> {
    let mut seconds = 60;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("seconds") => {
                seconds = arguments.value()?.parse().context("--seconds takes a whole number")?;
                // To libFuzzer 0 means for ever.
                anyhow::ensure!(seconds > 0, "--seconds takes a number above 0");
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Fuzz { seconds })
}

fn parse_soak(mut arguments: Parser) -> anyhow::Result<Task> {
    let mut rounds = 200;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("rounds") => {
                rounds = arguments.value()?.parse().context("--rounds takes a whole number")?;
                anyhow::ensure!(rounds > 0, "--rounds takes a number above 0");
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Soak { rounds })
}

fn parse_bench(mut arguments: Parser) -> anyhow::Result<Task> {
    let Some(Arg::Value(what)) = arguments.next()? else { bail!("say what to measure: proxy or widget") };
    match what.string()?.as_str() {
        "proxy" => parse_measure(arguments),
        "widget" => nothing_more(arguments, Task::BenchWidget),
        unknown => bail!("`{unknown}` cannot be measured; `proxy` and `widget` can"),
    }
}

fn parse_measure(mut arguments: Parser) -> anyhow::Result<Task> {
    let mut measure = Measure { rounds: 5, seconds: 4 };
    while let Some(argument) = arguments.next()? {
        let figure = match argument {
            Arg::Long("rounds") => &mut measure.rounds,
            Arg::Long("seconds") => &mut measure.seconds,
            other => return Err(other.unexpected().into()),
        };
        *figure = arguments.value()?.parse().context("--rounds and --seconds take a whole number")?;
        anyhow::ensure!(*figure > 0, "--rounds and --seconds take a number above 0");
    }
    Ok(Task::BenchProxy(measure))
}

fn nothing_more(mut arguments: Parser, task: Task) -> anyhow::Result<Task> {
    match arguments.next()? {
        None => Ok(task),
        Some(argument) => Err(argument.unexpected().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::StepName;

    fn parsed(line: &str) -> anyhow::Result<Task> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn demo_listens_on_8080_unless_told() {
        assert_eq!(parsed("demo").expect("valid"), Task::Demo { port: 8080, data: None });
        assert_eq!(parsed("demo --port 9000").expect("valid"), Task::Demo { port: 9000, data: None });
    }

    #[test]
    fn each_target_is_fuzzed_for_a_minute_unless_told() {
        assert_eq!(parsed("fuzz").expect("valid"), Task::Fuzz { seconds: 60 });
        assert_eq!(parsed("fuzz --seconds 5").expect("valid"), Task::Fuzz { seconds: 5 });
        assert!(parsed("fuzz --seconds 0").is_err());
    }

    #[test]
    fn the_proxy_is_killed_two_hundred_times_unless_told() {
        assert_eq!(parsed("soak").expect("valid"), Task::Soak { rounds: 200 });
        assert_eq!(parsed("soak --rounds 7").expect("valid"), Task::Soak { rounds: 7 });
        assert!(parsed("soak --rounds 0").is_err());
    }

    #[test]
    fn a_bench_says_of_what_and_may_say_how_long() {
        assert_eq!(
            parsed("bench proxy").expect("valid"),
            Task::BenchProxy(Measure { rounds: 5, seconds: 4 })
        );
        let short = Measure { rounds: 1, seconds: 2 };
        assert_eq!(parsed("bench proxy --rounds 1 --seconds 2").expect("valid"), Task::BenchProxy(short));
        assert!(parsed("bench").is_err() && parsed("bench proxy --rounds 0").is_err());
    }

    #[test]
    fn the_widget_can_be_measured() {
        assert_eq!(parsed("bench widget").expect("valid"), Task::BenchWidget);
    }

    #[test]
    fn pictures_are_made_anew_all_together() {
        assert_eq!(parsed("screenshots").expect("valid"), Task::Screenshots);
        assert!(parsed("screenshots kiosk").is_err());
    }

    #[test]
    fn steps_may_be_listed_or_repeated() {
        let only = vec![StepName::Host, StepName::Web, StepName::ClippyWasm];
        let expected = Task::Test(Choice { only, all_browsers: false });
        assert_eq!(parsed("test --only host,web --only clippy-wasm").expect("valid"), expected);
    }

    #[test]
    fn all_browsers_are_asked_for() {
        let expected = Task::Test(Choice { only: Vec::new(), all_browsers: true });
        assert_eq!(parsed("test --all-browsers").expect("valid"), expected);
    }

    #[test]
    fn what_is_unknown_is_refused_by_name() {
        for (line, name) in [
            ("dmo", "dmo"),
            ("demo --prot 1", "prot"),
            ("demo --port 70000", "65535"),
            ("test --only hots", "hots"),
            ("size now", "now"),
            ("bench", "widget"),
            ("bench wigdet", "wigdet"),
            ("bench widget twice", "twice"),
            ("fuzz --seconds many", "seconds"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(format!("{error:#}").contains(name), "{line}: {error:#}");
        }
    }

    #[test]
    fn help_names_every_step_of_the_test() {
        for name in StepName::ALL {
            assert!(HELP.contains(&name.to_string()), "{name}");
        }
    }
}

//! Schemathesis on a running program: requests made out of its description, right ones and wrong ones. First the sandbox
//! by its makers' description, then the proxy by its own.
//!
//! Owns the programs for the time of the run, and the rule that every operation has succeeded in it: a run in which all
//! was refused would prove nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

use super::step::{Context as StepContext, cargo};
use crate::{process, progress};

/// How often each operation of the description answered each status.
type Tally = BTreeMap<String, BTreeMap<String, u32>>;

/// Tries each description on a fresh program. The sandbox's books must hold together afterwards.
pub(super) fn run(context: &StepContext) -> anyhow::Result<()> {
    let scratch = tempfile::Builder::new().prefix("loyalty-conformance-").tempdir()?;
    let data = scratch.path().join("data");
    process::run(cargo(context).args(["build", "--quiet", "--package", "sandbox", "--package", "proxy"]))?;

    let mut sandbox = program(context, "sandbox", "loyalty-sandbox");
    sandbox.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
    let sandbox = Program::start(&mut sandbox)?;
    let url = format!("{}/plazius", sandbox.url);
    let description = context.workspace.root().join("crates/sandbox/tests/sandbox/plazius.openapi.json");
    let tried = try_out(context, "sandbox", &description.to_string_lossy(), &url, scratch.path());
    sandbox.stop()?;
    tried?;
    let mut check = program(context, "sandbox", "loyalty-sandbox");
    process::run(check.args(["check", "--data"]).arg(&data))?;

    // The demo serves a widget, of which the API knows nothing.
    std::fs::write(scratch.path().join("index.html"), "<!doctype html>")?;
    let mut demo = program(context, "proxy", "loyalty-proxy");
    demo.args(["demo", "--listen", "127.0.0.1:0", "--widget"]).arg(scratch.path());
    let demo = Program::start(&mut demo)?;
    let description = format!("{}/api/openapi.json", demo.url);
    let tried = try_out(context, "proxy", &description, &demo.url, scratch.path());
    demo.stop()?;
    tried
}

/// Tries a description on what runs at an address, with the rules in the tests of its package.
fn try_out(
    context: &StepContext,
    package: &str,
    description: &str,
    url: &str,
    scratch: &Path,
) -> anyhow::Result<()> {
    let rules = context.workspace.root().join("crates").join(package).join("tests/schemathesis");
    let tally = scratch.join(format!("{package}.toml"));
    let mut command = context.tools.command("schemathesis");
    command.arg("--config-file").arg(rules.join("schemathesis.toml"));
    command.args(["run", description, "--url", url]);
    command.env("SCHEMATHESIS_HOOKS", rules.join("hooks.py")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("TRIED_URL", url).env("TRIED_TALLY", &tally);
    // The program leaves its caches where it is started.
    process::run(command.current_dir(scratch))?;
    let tally: Tally = toml::from_str(&std::fs::read_to_string(&tally).context("no request was made")?)?;
    for (operation, statuses) in &tally {
        let counts: Vec<_> = statuses.iter().map(|(status, count)| format!("{count} × {status}")).collect();
        progress::note("test", format_args!("{operation}: {}", counts.join(", ")));
    }
    every_operation_succeeded(&tally)
}

fn program(context: &StepContext, package: &str, name: &str) -> Command {
    let mut command = cargo(context);
    command.args(["run", "--quiet", "--package", package, "--bin", name, "--"]);
    command
}

fn every_operation_succeeded(tally: &Tally) -> anyhow::Result<()> {
    ensure!(!tally.is_empty(), "the description has no operation");
    let failed: Vec<_> = tally
        .iter()
        .filter(|(_, statuses)| !statuses.keys().any(|status| status.starts_with('2')))
        .map(|(name, _)| name.as_str())
        .collect();
    if !failed.is_empty() {
        bail!("no request succeeded for {}: what was refused there proves nothing", failed.join(", "));
    }
    Ok(())
}

/// A running program. Ended with the run, whichever way it ends.
struct Program {
    child: Child,
    /// Where it listens, without a slash at the end.
    url: String,
}

impl Program {
    /// Starts it and waits until it says where it listens.
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no pipe to standard output")?;
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        let mut program = Self { child, url: String::new() };
        read?;
        let address = line.trim().strip_prefix("ready ").context("the program did not start")?;
        program.url = address.trim_end_matches('/').to_owned();
        Ok(program)
    }

    /// Asks it to finish, which must be a success.
    fn stop(mut self) -> anyhow::Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "it ended with {status}");
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_without_a_success_fails_the_step() {
        let tally = |text: &str| toml::from_str::<Tally>(text).expect("a tally");
        assert!(every_operation_succeeded(&tally("[\"guests/get\"]\n200 = 1\n400 = 7\n")).is_ok());
        let refused = tally(
            "[\"guests/get\"]\n200 = 1\n[\"orders/get\"]\n400 = 7\n[\"orders/close\"]\n[\"logout\"]\n204 = 1\n",
        );
        let error = every_operation_succeeded(&refused).expect_err("two never succeeded").to_string();
        assert!(error.contains("orders/get") && error.contains("orders/close"), "{error}");
        assert!(every_operation_succeeded(&Tally::new()).is_err());
    }

    #[test]
    fn a_program_that_does_not_start_is_an_error() {
        assert!(Program::start(Command::new("sh").args(["-c", "exit 1"])).is_err());
    }
}

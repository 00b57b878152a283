//! Schemathesis on a running sandbox: requests made out of the makers' description, right ones and wrong ones.
//!
//! Owns the sandbox for the time of the run, and the rule that every operation has succeeded in it: a run in which all
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

/// Tries the description on a fresh sandbox, whose books must hold together afterwards.
pub(super) fn run(context: &StepContext) -> anyhow::Result<()> {
    let scratch = tempfile::Builder::new().prefix("loyalty-conformance-").tempdir()?;
    let (data, tally) = (scratch.path().join("data"), scratch.path().join("tally.toml"));
    process::run(cargo(context).args(["build", "--quiet", "--package", "sandbox"]))?;
    let sandbox = Sandbox::start(loyalty_sandbox(context, "serve", &data).args(["--listen", "127.0.0.1:0"]))?;
    // The program leaves its caches where it is started.
    let judged = process::run(schemathesis(context, &sandbox.url, &tally).current_dir(scratch.path()));
    sandbox.stop()?;
    judged?;
    let tally: Tally = toml::from_str(&std::fs::read_to_string(&tally).context("no request was made")?)?;
    for (operation, statuses) in &tally {
        let counts: Vec<_> = statuses.iter().map(|(status, count)| format!("{count} × {status}")).collect();
        progress::note("test", format_args!("{operation}: {}", counts.join(", ")));
    }
    every_operation_succeeded(&tally)?;
    process::run(&mut loyalty_sandbox(context, "check", &data))
}

fn loyalty_sandbox(context: &StepContext, task: &str, data: &Path) -> Command {
    let mut command = cargo(context);
    command.args([
        "run",
        "--quiet",
        "--package",
        "sandbox",
        "--bin",
        "loyalty-sandbox",
        "--",
        task,
        "--data",
    ]);
    command.arg(data);
    command
}

fn schemathesis(context: &StepContext, url: &str, tally: &Path) -> Command {
    let tests = context.workspace.root().join("crates/sandbox/tests");
    let mut command = context.tools.command("schemathesis");
    command.arg("--config-file").arg(tests.join("schemathesis/schemathesis.toml"));
    command.arg("run").arg(tests.join("sandbox/plazius.openapi.json")).args(["--url", url]);
    command.env("SCHEMATHESIS_HOOKS", tests.join("schemathesis/hooks.py"));
    command.env("SANDBOX_URL", url).env("SANDBOX_TALLY", tally).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

fn every_operation_succeeded(tally: &Tally) -> anyhow::Result<()> {
    ensure!(!tally.is_empty(), "the description has no operation");
    let failed: Vec<_> = tally
        .iter()
        .filter(|(_, statuses)| !statuses.contains_key("200"))
        .map(|(name, _)| name.as_str())
        .collect();
    if !failed.is_empty() {
        bail!("no request succeeded for {}: what was refused there proves nothing", failed.join(", "));
    }
    Ok(())
}

/// A running sandbox. Ended with the run, whichever way it ends.
struct Sandbox {
    child: Child,
    /// Where its imitation of Plazius is.
    url: String,
}

impl Sandbox {
    /// Starts it and waits until it says where it listens.
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no pipe to standard output")?;
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        let mut sandbox = Self { child, url: String::new() };
        read?;
        let address = line.trim().strip_prefix("ready ").context("the sandbox did not start")?;
        sandbox.url = format!("{address}plazius");
        Ok(sandbox)
    }

    /// Asks it to finish, which must be a success.
    fn stop(mut self) -> anyhow::Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the sandbox ended with {status}");
        Ok(())
    }
}

impl Drop for Sandbox {
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
        let refused = tally("[\"guests/get\"]\n200 = 1\n[\"orders/get\"]\n400 = 7\n[\"orders/close\"]\n");
        let error = every_operation_succeeded(&refused).expect_err("two never succeeded").to_string();
        assert!(error.contains("orders/get") && error.contains("orders/close"), "{error}");
        assert!(every_operation_succeeded(&Tally::new()).is_err());
    }

    #[test]
    fn a_sandbox_that_does_not_start_is_an_error() {
        assert!(Sandbox::start(Command::new("sh").args(["-c", "exit 1"])).is_err());
    }
}

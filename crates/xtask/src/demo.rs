//! The demo: set-up, the widget, and the proxy with its sandbox until somebody stops it.

use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::setup::{self, Scope};
use crate::workspace::Workspace;
use crate::{build, process, progress};

/// How often we look whether the proxy has ended or somebody wants it to.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long the proxy may take to finish what it has begun.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the demo on a loopback port until it is interrupted, which is success.
///
/// Without `data` each run starts from the seed, in a folder that goes away with it.
pub(crate) fn run(workspace: &Workspace, port: u16, data: Option<PathBuf>) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Demo)?;
    build::widget(workspace, &tools)?;
    progress::note("demo", "building the proxy and the sandbox");
    process::run(
        tools.command("cargo").args(["build", "--quiet", "--package", "proxy"]).current_dir(workspace.root()),
    )?;

    let scratch = match data {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("loyalty-demo-").tempdir()?),
    };
    let data = data
        .or_else(|| scratch.as_ref().map(|dir| dir.path().to_owned()))
        .context("no folder for the data")?;
    let mut proxy = tools.command("cargo");
    proxy.args(["run", "--quiet", "--package", "proxy", "--bin", "loyalty-proxy", "--", "demo"]);
    proxy.args(["--listen", &format!("127.0.0.1:{port}")]);
    proxy.arg("--widget").arg(workspace.dist()).arg("--data").arg(std::path::absolute(data)?);
    until_stopped(proxy.current_dir(workspace.root()), &*stop_signals()?)
}

/// Becomes true on Ctrl-C and on a request to terminate, from now on.
fn stop_signals() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Runs the command until it ends, which is an error, or until `stop`, and then lets it finish.
fn until_stopped(command: &mut Command, stop: &AtomicBool) -> anyhow::Result<()> {
    let shown = process::shown(command);
    let mut child =
        command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{shown}`"))?;
    loop {
        if stop.load(Ordering::Relaxed) {
            return finish(&mut child);
        }
        if let Some(status) = wait_a_little(&mut child)? {
            // On Ctrl-C the terminal signals the whole group, so the child may be the first to go.
            if stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            bail!("`{shown}` ended by itself with {status}");
        }
    }
}

/// Asks the child to finish; after the grace it is ended the hard way, which is an error.
fn finish(child: &mut Child) -> anyhow::Result<()> {
    progress::note("demo", "stopping");
    let id = Pid::from_child(child);
    // Until we have waited for it, its id is its own, even if it has ended.
    kill_process(id, Signal::TERM)?;
    for _ in 0..GRACE.as_millis() / LOOK_EVERY.as_millis() {
        if wait_a_little(child)?.is_some() {
            return Ok(());
        }
    }
    child.kill()?;
    child.wait()?;
    bail!("the proxy did not stop within {} and was ended", progress::seconds(GRACE));
}

fn wait_a_little(child: &mut Child) -> anyhow::Result<Option<ExitStatus>> {
    if let Some(status) = child.try_wait()? {
        return Ok(Some(status));
    }
    std::thread::sleep(LOOK_EVERY);
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopping_lets_the_child_finish_its_work() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let (ready, done) = (dir.path().join("ready"), dir.path().join("done"));
        let script = "trap 'echo done > \"$1\"; exit 0' TERM; echo > \"$0\"; while :; do sleep 0.02; done";
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !ready.exists() {
                    std::thread::sleep(LOOK_EVERY);
                }
                stop.store(true, Ordering::Relaxed);
            });
            let mut command = Command::new("sh");
            until_stopped(command.args(["-c", script]).args([&ready, &done]), &stop).expect("stopped");
        });
        assert!(done.exists());
    }

    #[test]
    fn a_child_that_ends_by_itself_is_an_error() {
        let mut command = Command::new("sh");
        let error =
            until_stopped(command.args(["-c", "exit 7"]), &AtomicBool::new(false)).expect_err("it ended");
        assert!(error.to_string().contains('7'), "{error}");
    }
}

//! What takes longer than a test may: the proxy killed hundreds of times, over each of its stores. Owns only how often; the
//! rounds are those of the test that runs a few of them every time.

use crate::process;
use crate::setup::{self, Scope};
use crate::workspace::Workspace;

/// The crash loops of `crates/proxy/tests/proxy/crash.rs`.
const FILTER: &str = "package(proxy) & test(/^crash::/)";

/// The variable by which they are asked for more rounds.
const ROUNDS: &str = "LOYALTY_SOAK_ROUNDS";

/// Kills the proxy so often over each store; stops at the first promise that is broken.
pub(crate) fn run(workspace: &Workspace, rounds: u32) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Everything)?;
    let mut nextest = tools.command("cargo");
    nextest.current_dir(workspace.root());
    nextest.args(["nextest", "run", "--package", "proxy", "--filterset", FILTER]);
    nextest.args(["--success-output", "final"]);
    process::run(nextest.env(ROUNDS, rounds.to_string()))
}

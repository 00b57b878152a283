//! The pictures in `docs/screenshots`. Owns only how they are made anew; what is in them is what the end-to-end tests look at.

use std::fs;

use anyhow::Context;

use crate::process;
use crate::setup::{self, Scope};
use crate::test;
use crate::workspace::Workspace;

/// The tests that keep pictures (`tests/e2e/pictures.rs`).
const FILTER: &str = "test(/(^|::)(screens|faces|looks)::/)";

/// Makes every picture anew. One that nothing makes any more is gone.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Everything)?;
    let mut nextest = test::end_to_end(workspace, &tools)?;
    let folder = workspace.root().join("docs/screenshots");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    process::run(nextest.args(["--filterset", FILTER]).env("LOYALTY_SCREENSHOTS", "1"))
}

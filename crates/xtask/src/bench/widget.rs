//! What is measured in a browser. Owns how the bench is called; what it does stands in `tests/e2e/bench.rs`.

use crate::setup::{self, Scope};
use crate::workspace::Workspace;
use crate::{build, process};

/// Measures the widget's cold loads and prints the table of `docs/benchmarks.md`.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Everything)?;
    build::widget(workspace, &tools)?;
    let mut cargo = tools.command("cargo");
    // As the tests are built: what is measured runs in the browser, and the server is the same for every page.
    cargo.args(["test", "--quiet", "--package", "loyalty-checkout", "--bench", "widget"]);
    cargo.env("LOYALTY_WIDGET_DIR", workspace.dist());
    cargo.env("CHROMEDRIVER", tools.locate("chromedriver")?);
    process::run(cargo.current_dir(workspace.root()))
}

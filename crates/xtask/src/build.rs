//! The release widget: Trunk with the flags that make it small, and the compressed form of each file beside it. Owns
//! `dist/`; changes no other build.

pub(crate) mod compress;
mod inputs;
mod names;
mod scripts;
mod stamp;

use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::setup::Toolbox;
use crate::setup::versions::WASM_TARGET;
use crate::workspace::Workspace;
use crate::{languages, process, progress};

/// Rebuilds the standard library for size and makes a panic a trap. The stable compiler takes these flags only with
/// `RUSTC_BOOTSTRAP`, which is why they are set for this one command and stand in no configuration file: a plain
/// `trunk build` works without them and is larger.
const SMALL: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// Builds the widget into `dist/`, unless it is there and nothing it is made of has changed.
pub(crate) fn widget(workspace: &Workspace, tools: &Toolbox) -> anyhow::Result<()> {
    let inputs = inputs::hash(workspace.root(), &SMALL).context("cannot read what the widget is made of")?;
    let stamp = workspace.target().join("widget").join("release.stamp");
    if stamp::is_current(&stamp, inputs, &workspace.dist()) {
        progress::note("build", "the widget is up to date");
        return Ok(());
    }
    progress::note("build", "the widget, for release");
    let start = Instant::now();
    // Trunk may fetch nothing, or it would look for tools of its own; a fresh machine lacks the standard library's crates.
    process::run(small(workspace, tools, "cargo").args(["fetch", "--locked", "--target", WASM_TARGET]))?;
    process::run(small(workspace, tools, "trunk").args([
        "build",
        "--release",
        "--skip-version-check",
        "--offline",
    ]))?;
    scripts::bundle(workspace, tools)?;
    languages::strip(workspace.root(), &workspace.dist())?;
    for module in ["loyalty-checkout", "qr"] {
        names::shorten(&workspace.dist(), module)
            .with_context(|| format!("cannot shorten the names of {module}"))?;
    }
    compress::folder(&workspace.dist()).context("cannot compress what was built")?;
    stamp::write(&stamp, inputs, &workspace.dist())?;
    progress::note(
        "build",
        format_args!("the widget is in dist/ after {}", progress::seconds(start.elapsed())),
    );
    Ok(())
}

/// A program that builds with the flags above.
fn small(workspace: &Workspace, tools: &Toolbox, program: &str) -> Command {
    let mut command = tools.command(program);
    // An own list of flags would take the place of the one above.
    command.envs(SMALL).env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTFLAGS");
    // Standard output belongs to the demo's one line.
    command.current_dir(workspace.root()).stdout(std::io::stderr());
    command
}

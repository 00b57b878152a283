//! Runs every fuzz target for a while, from the makers' examples on. Owns the order of work; the targets are listed by
//! `crates/upstream/fuzz`.

use std::fs;

use anyhow::{Context, ensure};

use crate::process::{capture, run as run_command};
use crate::progress;
use crate::setup::versions::FUZZ_TOOLCHAIN;
use crate::setup::{self, Scope, Toolbox};
use crate::workspace::Workspace;

/// The longest input that is tried, a few times as long as the longest example.
const MAX_INPUT_BYTES: u32 = 16 * 1024;

/// Runs each target for so many seconds; stops at the first that finds something, with the file that shows it.
pub(crate) fn run(workspace: &Workspace, seconds: u32) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Fuzz)?;
    let upstream = workspace.root().join("crates/upstream");
    let names = capture(cargo_fuzz(&tools, "list").current_dir(&upstream))?;
    let names: Vec<_> = names.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
    ensure!(!names.is_empty(), "there are no fuzz targets");
    // Beside the project's own objects, and not among them: another compiler makes these.
    let target = workspace.target().join("fuzz");
    progress::note("fuzz", format_args!("{} targets, {seconds} s each", names.len()));
    run_command(cargo_fuzz(&tools, "build").arg("--target-dir").arg(&target).current_dir(&upstream))?;
    for name in names {
        let inputs = target.join("inputs").join(name);
        fs::create_dir_all(&inputs)?;
        let mut fuzz = cargo_fuzz(&tools, "run");
        fuzz.arg("--target-dir").arg(&target).arg(name).arg(&inputs);
        // The examples of the system whose name the target begins with, and what was found before.
        let examples = examples_of(name).with_context(|| format!("{name} belongs to no system"))?;
        fuzz.arg(upstream.join("tests/upstream/fixtures").join(examples));
        let found = upstream.join("fuzz/corpus").join(name);
        if found.is_dir() {
            fuzz.arg(found);
        }
        fuzz.arg("--").arg(format!("-max_total_time={seconds}")).arg(format!("-max_len={MAX_INPUT_BYTES}"));
        fuzz.arg("-print_final_stats=1");
        run_command(fuzz.current_dir(&upstream))
            .with_context(|| {
            format!("{name} found something; once it is mended, keep the input in crates/upstream/fuzz/corpus/{name}")
        })?;
        progress::note("fuzz", format_args!("{name}: nothing found"));
    }
    Ok(())
}

/// The folder of examples that a target begins with.
fn examples_of(target: &str) -> Option<&'static str> {
    ["plazius", "rk_delivery", "basic_rest"].into_iter().find(|system| target.starts_with(system))
}

/// `cargo fuzz` under the compiler that can instrument.
fn cargo_fuzz(tools: &Toolbox, subcommand: &str) -> std::process::Command {
    let mut command = tools.command("rustup");
    command.args(["run", FUZZ_TOOLCHAIN, "cargo", "fuzz", subcommand]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fuzz_target_has_examples() {
        let targets = concat!(env!("CARGO_MANIFEST_DIR"), "/../upstream/fuzz/fuzz_targets");
        let mut count = 0;
        for entry in fs::read_dir(targets).expect("a folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            let examples = examples_of(&name).expect("a system");
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../upstream/tests/upstream/fixtures");
            assert!(std::path::Path::new(folder).join(examples).is_dir(), "{name}");
            count += 1;
        }
        assert!(count > 0);
    }
}

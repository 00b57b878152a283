//! The Rust toolchain's targets and components, added through rustup. Looks only at the toolchain in use.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use super::versions::{Component, WASM_TARGET};
use crate::process::{capture, run};
use crate::progress;

/// Adds what the toolchain in use lacks, and looks again: rustup goes by its own list, not by the files.
pub(super) fn complete(components: &[&Component]) -> anyhow::Result<()> {
    let sysroot = capture(Command::new("rustc").args(["--print", "sysroot"]))?;
    let sysroot = Path::new(sysroot.trim());
    if !has_target(sysroot) {
        rustup(&["target", "add"], &[WASM_TARGET])?;
    }
    let absent = missing(sysroot, components);
    if !absent.is_empty() {
        rustup(&["component", "add"], &absent)?;
    }
    let mut still_absent = missing(sysroot, components);
    if !has_target(sysroot) {
        still_absent.push(WASM_TARGET);
    }
    if !still_absent.is_empty() {
        bail!(
            "rustup lists {} as installed, but the files are not in {}; install the toolchain anew",
            still_absent.join(" and "),
            sysroot.display()
        );
    }
    Ok(())
}

/// Installs another toolchain where rustup does not know it yet.
pub(super) fn add(name: &str) -> anyhow::Result<()> {
    let known = capture(Command::new("rustup").args(["toolchain", "list"]))?;
    if known.lines().any(|line| line.starts_with(&format!("{name}-"))) {
        return Ok(());
    }
    progress::note("setup", format_args!("rustup toolchain install {name}"));
    run(Command::new("rustup").args(["toolchain", "install", name, "--profile", "minimal"]))
}

fn has_target(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir()
}

fn missing<'a>(sysroot: &Path, components: &[&'a Component]) -> Vec<&'a str> {
    components.iter().filter(|part| !sysroot.join(part.proof).exists()).map(|part| part.name).collect()
}

fn rustup(verb: &[&str], names: &[&str]) -> anyhow::Result<()> {
    progress::note("setup", format_args!("rustup {} {}", verb.join(" "), names.join(" ")));
    let mut rustup = Command::new("rustup");
    rustup.args(verb).args(names);
    // Without it rustup would speak of its default toolchain, not of the project's.
    if let Some(toolchain) = std::env::var_os("RUSTUP_TOOLCHAIN") {
        rustup.arg("--toolchain").arg(toolchain);
    }
    run(&mut rustup).with_context(|| {
        format!("the Rust toolchain lacks {}, and rustup could not add it", names.join(" and "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_components_without_their_file_are_missing() {
        let sysroot = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(sysroot.path().join("here"), "").expect("written");
        let here = Component { name: "here", proof: "here" };
        let gone = Component { name: "gone", proof: "bin/gone" };
        assert_eq!(missing(sysroot.path(), &[&here, &gone]), ["gone"]);
    }
}

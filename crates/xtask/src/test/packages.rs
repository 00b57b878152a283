//! The packages for npm: the types, what loads the element, and the components of React and Vue. Owns how their tools are
//! had and how they are built; what is asserted stands in `packages/tests`.
//!
//! The tools come from the lock file, which names no registry: npm asks the one it is configured for.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::step::Context as StepContext;
use crate::{process, progress};

/// What decides which tools there are.
const MANIFESTS: [&str; 6] = [
    ".npmrc",
    "package.json",
    "package-lock.json",
    "loyalty-checkout/package.json",
    "react/package.json",
    "vue/package.json",
];

/// Where the packages are.
fn folder(context: &StepContext) -> PathBuf {
    context.workspace.root().join("packages")
}

/// Builds the packages, and bundles their examples into the pages of the end-to-end tests.
pub(super) fn build(context: &StepContext) -> anyhow::Result<()> {
    let packages = folder(context);
    install(&packages).context("cannot install the tools of the packages")?;
    for task in ["build", "bundle"] {
        process::run(&mut npm(context, &packages, task))?;
    }
    Ok(())
}

/// Builds and checks them, and gives the command that runs their tests.
pub(super) fn test(context: &StepContext) -> anyhow::Result<Command> {
    build(context)?;
    let packages = folder(context);
    process::run(&mut npm(context, &packages, "check"))?;
    let mut node = context.tools.command("node");
    node.args(["--test", "--test-reporter=spec"]).current_dir(&packages);
    let tests = packages.join("tests");
    for entry in fs::read_dir(&tests).with_context(|| tests.display().to_string())? {
        let path = entry?.path();
        if path.to_str().is_some_and(|path| path.ends_with(".test.js")) {
            node.arg(path);
        }
    }
    Ok(node)
}

fn npm(context: &StepContext, packages: &Path, task: &str) -> Command {
    let mut npm = context.tools.command("npm");
    npm.args(["run", "--silent", task]).current_dir(packages);
    npm
}

/// Installs the tools that the lock file names, unless exactly these are there. What is there is whole: it is put together
/// beside its place, and gets it last.
fn install(packages: &Path) -> anyhow::Result<()> {
    let wanted = fingerprint(packages)?;
    let place = packages.join("node_modules");
    let mark = |modules: &Path| modules.join(".installed");
    if fs::read_to_string(mark(&place)).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    progress::note("packages", "installing what the lock file names");
    let partial = packages.join(".install");
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    for name in MANIFESTS {
        let copy = partial.join(name);
        fs::create_dir_all(copy.parent().context("a manifest lies in a folder")?)?;
        fs::copy(packages.join(name), copy).context(name)?;
    }
    let mut ci = Command::new("npm");
    ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    process::capture(ci.current_dir(&partial))?;
    fs::write(mark(&partial.join("node_modules")), wanted)?;
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::rename(partial.join("node_modules"), &place)?;
    Ok(fs::remove_dir_all(partial)?)
}

/// Changes when another tool or another version is wanted.
fn fingerprint(packages: &Path) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    for name in MANIFESTS {
        fs::read(packages.join(name)).context(name)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_of_a_tool_wants_another_installation() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        for name in MANIFESTS {
            let file = dir.path().join(name);
            fs::create_dir_all(file.parent().expect("has a folder")).expect("made");
            fs::write(file, name).expect("written");
        }
        let before = fingerprint(dir.path()).expect("readable");
        assert_eq!(fingerprint(dir.path()).expect("readable"), before);
        fs::write(dir.path().join("package-lock.json"), "typescript 99").expect("written");
        assert_ne!(fingerprint(dir.path()).expect("readable"), before);
    }

    #[test]
    fn tools_that_are_there_are_not_installed_again() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        for name in MANIFESTS {
            let file = dir.path().join(name);
            fs::create_dir_all(file.parent().expect("has a folder")).expect("made");
            // npm would refuse all of it.
            fs::write(file, "no manifest").expect("written");
        }
        let modules = dir.path().join("node_modules");
        fs::create_dir(&modules).expect("made");
        fs::write(modules.join(".installed"), fingerprint(dir.path()).expect("readable")).expect("written");
        install(dir.path()).expect("nothing is to be done");
        fs::write(modules.join(".installed"), "others").expect("written");
        assert!(install(dir.path()).is_err());
        assert!(modules.exists(), "what failed has taken nothing away");
    }
}

//! Programs written in Python: each in an environment of its own, with every package at a named version.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::debian;
use super::versions::{PYTHON_PACKAGES, Tool};
use crate::process::capture;
use crate::progress;

/// Puts the packages that `requirements` names into an environment in `dir`, and a script for each program into its
/// `bin`, which alone comes onto the search path: the environment's own `python3` must not.
pub(super) fn install(tool: &Tool, module: &str, requirements: &str, dir: &Path) -> anyhow::Result<()> {
    progress::note("setup", format_args!("{} {}: from the Python package", tool.name, tool.version));
    // A Python from elsewhere brings what Debian keeps in a package of its own.
    if capture(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_err() {
        debian::install(&PYTHON_PACKAGES)?;
    }
    let environment = dir.join("environment");
    capture(Command::new("python3").args(["-m", "venv"]).arg(&environment))
        .context("cannot make an environment for Python")?;
    let list = dir.join("requirements.txt");
    fs::write(&list, requirements)?;
    let mut pip = Command::new(environment.join("bin/python3"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    capture(pip.arg(&list))?;
    for name in tool.binaries {
        // Relative to itself, since the folder gets its name later; the environment's own scripts are not.
        let script = format!(
            "#!/bin/sh\nexec \"$(dirname \"$(readlink -f \"$0\")\")/../environment/bin/python3\" -m {module} \"$@\"\n"
        );
        let file = dir.join("bin").join(name);
        fs::write(&file, script)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::setup::versions::{Otherwise, SCHEMATHESIS};

    #[test]
    fn every_package_is_at_one_version_and_the_tool_at_its_own() {
        let Otherwise::Python { requirements, .. } = SCHEMATHESIS.otherwise else { panic!("it is Python") };
        let packages = || requirements.lines().filter(|line| !line.starts_with('#'));
        assert!(packages().all(|line| line.split("==").count() == 2), "{requirements}");
        let itself = format!("{}=={}", SCHEMATHESIS.name, SCHEMATHESIS.version);
        assert!(packages().any(|line| line == itself), "{requirements}");
    }
}

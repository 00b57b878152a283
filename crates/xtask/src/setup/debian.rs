//! The operating system's packages: asks for what is missing, or says the command. Installs nothing else.

use std::io::IsTerminal;
use std::process::Command;

use anyhow::{Context, bail};

use super::versions::DebianPackage;
use crate::process::{capture, find_program, run};
use crate::progress;

/// Installs the packages that are missing.
///
/// # Errors
/// Names the command to run by hand, where this user may not install or it failed.
pub(super) fn install(packages: &[DebianPackage]) -> anyhow::Result<()> {
    let missing = missing(packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "install them with\n    sudo apt-get update && sudo apt-get install --no-install-recommends {}",
        missing.join(" ")
    );
    let names = missing.join(", ");
    let Some(rights) = rights() else { bail!("missing packages: {names}; {by_hand}") };
    progress::note("setup", format_args!("installing the packages {names}"));
    let apt = |arguments: &[&str]| {
        let mut words = rights.to_vec();
        // In this runlevel no service is started that a package brings along.
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "--quiet"]);
        words.extend(arguments);
        run(Command::new(words[0]).args(&words[1..]))
    };
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    apt(&["update"])
        .and_then(|()| apt(&install))
        .with_context(|| format!("the packages {names} could not be installed; {by_hand}"))
}

/// The words that let this user install, if any do.
fn rights() -> Option<&'static [&'static str]> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    find_program("apt-get", &path)?;
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    find_program("sudo", &path)?;
    // A password can be asked for only where somebody sits; sudo reads it from the terminal itself.
    let may_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let needs_no_password = capture(Command::new("sudo").args(["-n", "true"])).is_ok();
    (may_ask || needs_no_password).then_some(&["sudo"])
}

fn missing(packages: &[DebianPackage]) -> anyhow::Result<Vec<&'static str>> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has_dpkg = find_program("dpkg-query", &path).is_some();
    let installed = if has_dpkg { installed(packages)? } else { String::new() };
    Ok(packages
        .iter()
        .filter(|package| {
            let program_there = package.programs.iter().any(|name| find_program(name, &path).is_some());
            // On another system fonts cannot be asked for by a package's name; they only change how screenshots look.
            let font_elsewhere = !has_dpkg && package.programs.is_empty();
            !program_there && !font_elsewhere && !is_installed(&installed, package.name)
        })
        .map(|package| package.name)
        .collect())
}

/// `name status` a line, for those packages dpkg has heard of.
fn installed(packages: &[DebianPackage]) -> anyhow::Result<String> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\\n"]);
    query.args(packages.iter().map(|package| package.name));
    // It fails when it has never heard of one of them, and still tells about the others.
    let output = query.output().context("cannot start `dpkg-query`")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn is_installed(listing: &str, name: &str) -> bool {
    listing.lines().any(|line| line.split_once(' ') == Some((name, "installed")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_is_not_installed() {
        let listing = "chromium config-files\nchromium-driver installed\n";
        assert!(!is_installed(listing, "chromium"));
        assert!(is_installed(listing, "chromium-driver"));
        assert!(!is_installed(listing, "zbar-tools"));
    }

    #[test]
    fn a_program_that_is_there_makes_its_package_unnecessary() {
        let shell = DebianPackage { name: "no-such-package-one", programs: &["no-such-program", "sh"] };
        let absent = DebianPackage { name: "no-such-package-two", programs: &["no-such-program"] };
        assert_eq!(missing(&[shell, absent]).expect("asked"), ["no-such-package-two"]);
    }
}

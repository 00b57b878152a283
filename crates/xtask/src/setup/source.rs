//! Getting a tool: the makers' archive first, else the registry's source or package. Writes only into the folder given.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::python;
use super::versions::{Otherwise, Tool};
use crate::process::{capture, find_program, run};
use crate::progress;

/// Fills `dir/bin` with the tool's programs.
pub(super) fn obtain(tool: &Tool, dir: &Path) -> anyhow::Result<()> {
    progress::note("setup", format_args!("{} {}: downloading", tool.name, tool.version));
    let Err(error) = download(tool, dir) else { return Ok(()) };
    progress::note(
        "setup",
        format_args!("{} {}: no prebuilt one to be had ({error:#})", tool.name, tool.version),
    );
    match tool.otherwise {
        Otherwise::Compile { locked } => compile(tool, locked, dir),
        Otherwise::Npm { package } => install_npm(tool, package, dir),
        Otherwise::NpmFile { package, sha512 } => take_npm_file(tool, package, sha512, dir),
        Otherwise::Python { module, requirements } => python::install(tool, module, requirements, dir),
    }
}

/// Whether the program in `bin` says it is of the tool's version. A file is known by its archive's digest instead.
pub(super) fn verify(tool: &Tool, bin: &Path) -> anyhow::Result<()> {
    if matches!(tool.otherwise, Otherwise::NpmFile { .. }) {
        return Ok(());
    }
    let said = capture(Command::new(bin.join(tool.binaries[0])).arg("--version"))?;
    if !says_version(&said, tool.version) {
        bail!("{} should be {}, but says `{}`", tool.name, tool.version, said.trim());
    }
    Ok(())
}

/// The folder on the search path whose programs are this tool in the right version.
pub(super) fn find_on_path(tool: &Tool, path: &OsStr) -> Option<PathBuf> {
    if matches!(tool.otherwise, Otherwise::NpmFile { .. }) {
        return None;
    }
    let bin = find_program(tool.binaries[0], path)?.parent()?.to_owned();
    let whole = tool.binaries.iter().all(|name| bin.join(name).is_file());
    (whole && verify(tool, &bin).is_ok()).then_some(bin)
}

fn says_version(said: &str, version: &str) -> bool {
    said.split_whitespace().any(|word| word.trim_matches(['(', ')']) == version)
}

fn download(tool: &Tool, dir: &Path) -> anyhow::Result<()> {
    let prebuilt = tool.prebuilt.context("its makers publish no archives")?;
    let template = match std::env::consts::ARCH {
        "x86_64" => prebuilt.x86_64,
        "aarch64" => prebuilt.aarch64,
        other => bail!("its makers build none for {other}"),
    };
    let unpacked = dir.join("unpacked");
    fs::create_dir(&unpacked)?;
    let archive = dir.join("archive.tar.gz");
    let result = fetch(&template.replace("{version}", tool.version), &archive)
        .and_then(|()| capture(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&unpacked)))
        .and_then(|_| take_binaries(tool, &unpacked, &dir.join("bin")))
        // One that does not run here (another libc) is as good as none.
        .and_then(|()| verify(tool, &dir.join("bin")));
    fs::remove_dir_all(&unpacked)?;
    if archive.exists() {
        fs::remove_file(&archive)?;
    }
    result
}

fn fetch(url: &str, to: &Path) -> anyhow::Result<()> {
    let mut curl = Command::new("curl");
    curl.args(["--fail", "--silent", "--show-error", "--location", "--proto", "=https"]);
    // Fails at once where the makers' pages are out of reach, and does not hang on a line that has gone dead.
    curl.args(["--connect-timeout", "4", "--speed-limit", "1000", "--speed-time", "20", "--output"]);
    let output = curl.arg(to).arg(url).output().context("cannot start `curl`")?;
    if !output.status.success() {
        bail!("{url}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

fn take_binaries(tool: &Tool, from: &Path, bin: &Path) -> anyhow::Result<()> {
    for name in tool.binaries {
        let file = find_file(from, name)?.with_context(|| format!("the archive has no `{name}`"))?;
        fs::rename(file, bin.join(name))?;
    }
    Ok(())
}

fn find_file(dir: &Path, name: &str) -> anyhow::Result<Option<PathBuf>> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_file() && path.file_name().is_some_and(|found| found == name) {
            return Ok(Some(path));
        }
        if path.is_dir()
            && let Some(found) = find_file(&path, name)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn compile(tool: &Tool, locked: bool, dir: &Path) -> anyhow::Result<()> {
    progress::note(
        "setup",
        format_args!("{} {}: compiling it, which takes minutes, once", tool.name, tool.version),
    );
    let mut install = Command::new("cargo");
    install.args(["install", "--version", &format!("={}", tool.version), "--no-track", "--root"]).arg(dir);
    let objects = dir.join("objects");
    install.arg("--target-dir").arg(&objects);
    if locked {
        install.arg("--locked");
    }
    // Away from the project, whose cargo settings are not meant for others.
    run(install.arg(tool.name).current_dir(dir))?;
    Ok(fs::remove_dir_all(objects)?)
}

fn need_npm(tool: &Tool, package: &str) -> anyhow::Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if ["node", "npm"].iter().any(|program| find_program(program, &path).is_none()) {
        bail!(
            "{} needs node and npm where its makers' page is out of reach; install them with\n    \
             sudo apt-get install --no-install-recommends nodejs npm",
            tool.binaries[0],
        );
    }
    progress::note("setup", format_args!("{} {}: from the npm package {package}", tool.name, tool.version));
    Ok(())
}

fn take_npm_file(tool: &Tool, package: &str, sha512: &str, dir: &Path) -> anyhow::Result<()> {
    need_npm(tool, package)?;
    let packed = dir.join("packed");
    fs::create_dir(&packed)?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--loglevel=error", "--pack-destination"]).arg(&packed).arg(package);
    capture(npm.current_dir(dir))?;
    let mut archives = fs::read_dir(&packed)?;
    let archive = archives.next().context("npm has packed nothing")??.path();
    let digest = capture(Command::new("sha512sum").arg("--binary").arg(&archive))?;
    if digest.split_whitespace().next() != Some(sha512) {
        bail!("{package} is not the one that was chosen: its SHA-512 is {digest}");
    }
    capture(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&packed))?;
    take_binaries(tool, &packed, &dir.join("bin"))?;
    Ok(fs::remove_dir_all(packed)?)
}

fn install_npm(tool: &Tool, package: &str, dir: &Path) -> anyhow::Result<()> {
    need_npm(tool, package)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"])
        .arg(dir);
    capture(npm.arg(package).current_dir(dir))?;
    let module = package.split('@').next().unwrap_or(package);
    for name in tool.binaries {
        // Relative to the script, since the folder gets its name later; through a link in another folder as well.
        let script = format!(
            "#!/bin/sh\nexec node \"$(dirname \"$(readlink -f \"$0\")\")/../node_modules/{module}/bin/{name}\" \"$@\"\n"
        );
        let file = dir.join("bin").join(name);
        fs::write(&file, script)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_recognised_as_each_tool_says_it() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(says_version("wasm-opt version 132 (version_132)", "version_132"));
        assert!(says_version("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143", "0.9.143"));
    }

    #[test]
    fn a_version_that_only_begins_alike_is_another() {
        assert!(!says_version("trunk 0.21.140", "0.21.14"));
        assert!(!says_version("wasm-opt version 13", "version_132"));
    }

    #[test]
    fn a_program_is_found_wherever_its_archive_keeps_it() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir_all(dir.path().join("tool-1.0/bin")).expect("made");
        fs::write(dir.path().join("tool-1.0/bin/tool"), "").expect("written");
        let found = find_file(dir.path(), "tool").expect("readable");
        assert_eq!(found, Some(dir.path().join("tool-1.0/bin/tool")));
        assert_eq!(find_file(dir.path(), "other").expect("readable"), None);
    }
}

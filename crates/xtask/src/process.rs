//! Other programs: run to the end, with an error that names the command. Knows no task.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// Runs the command in view of the person; an exit status other than success is an error.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// Runs the command unseen and gives its standard output; the error carries what it said on stderr.
pub(crate) fn capture(command: &mut Command) -> anyhow::Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{shown}` ended with {}: {}", output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` wrote something other than UTF-8"))
}

/// Runs the command in view of the person and gives what it wrote on both streams, with whether it succeeded.
pub(crate) fn watch(command: &mut Command) -> anyhow::Result<(String, bool)> {
    let shown = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let stdout = child.stdout.take().context("no pipe to standard output")?;
    let stderr = child.stderr.take().context("no pipe to standard error")?;
    let (out, err) = std::thread::scope(|scope| {
        let err = scope.spawn(|| repeat(BufReader::new(stderr), std::io::stderr()));
        let out = repeat(BufReader::new(stdout), std::io::stderr());
        (out, err.join())
    });
    let err = err.map_err(|_| anyhow::anyhow!("reading `{shown}` failed"))?;
    let status = child.wait().with_context(|| format!("lost `{shown}`"))?;
    Ok((out? + &err?, status.success()))
}

/// Passes lines on as they come, and keeps them.
fn repeat(mut from: impl BufRead, mut to: impl Write) -> std::io::Result<String> {
    let mut kept = String::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(kept)
}

/// Where on the search path a program lies.
pub(crate) fn find_program(name: &str, path: &OsStr) -> Option<std::path::PathBuf> {
    std::env::split_paths(path).map(|dir| dir.join(name)).find(|file| is_executable(file))
}

fn is_executable(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// The command as it would be typed.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_what_it_said() {
        let error =
            capture(Command::new("sh").args(["-c", "echo no such luck >&2; exit 3"])).expect_err("exit 3");
        let message = error.to_string();
        assert!(
            message.contains("sh -c") && message.contains("no such luck") && message.contains('3'),
            "{message}"
        );
    }

    #[test]
    fn watching_keeps_both_streams_and_the_result() {
        let (said, ok) =
            watch(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 1"])).expect("sh runs");
        assert!(said.contains("one\n") && said.contains("two\n") && !ok);
    }
}

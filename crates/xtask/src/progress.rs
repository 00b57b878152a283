//! What a person sees while a task runs: one quiet line an event, on stderr. Standard output stays free for results.

use std::fmt::Display;
use std::io::IsTerminal;
use std::time::Duration;

/// One event of the task or step `what`.
pub(crate) fn note(what: &str, event: impl Display) {
    let (bold, plain) = style();
    eprintln!("{bold}{what:>12}{plain}  {event}");
}

/// The way in which the whole ended, with every cause.
pub(crate) fn failure(error: &anyhow::Error) {
    let (bold, plain) = style();
    eprintln!("{bold}{:>12}{plain}  {error:#}", "failed");
}

/// A duration as a person would say it.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

fn style() -> (&'static str, &'static str) {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stderr().is_terminal();
    if plain { ("", "") } else { ("\x1b[1;36m", "\x1b[0m") }
}

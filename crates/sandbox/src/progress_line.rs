//! The line on a terminal that says how far the writing of a large seed is.

use std::io::{IsTerminal as _, Write as _};

use sandbox::Progress;

/// Characters of the bar.
const WIDTH: u32 = 40;

/// Draws the line anew; nothing where standard error is no terminal.
pub(crate) fn draw(progress: Progress) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        // A terminal that takes no more text is no reason to stop.
        let _ = terminal.write_all(text(progress).as_bytes());
    }
}

fn text(Progress { done, total }: Progress) -> String {
    let part = |of: u32| u64::from(of) * u64::from(done) / u64::from(total.max(1));
    let filled = usize::try_from(part(WIDTH)).unwrap_or_default();
    let end = if done == total { "\n" } else { "" };
    let (bar, width) = ("█".repeat(filled), WIDTH as usize);
    format!("\r{bar:░<width$} {:>3} % of {total} guests{end}", part(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_grows_in_its_place_and_ends_when_all_is_done() {
        let half = text(Progress { done: 500, total: 1_000 });
        assert_eq!(half, format!("\r{}{}  50 % of 1000 guests", "█".repeat(20), "░".repeat(20)));
        assert!(text(Progress { done: 0, total: 1_000 }).contains("   0 %"));
        assert!(text(Progress { done: 1_000, total: 1_000 }).ends_with("100 % of 1000 guests\n"));
        assert!(text(Progress { done: 0, total: 0 }).contains("   0 %"));
    }
}

//! How many tests passed and failed, read from what the runners print at their end.

use std::fmt;

/// Tests that were run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) passed: u32,
    pub(super) failed: u32,
    /// Known to the runner, but not chosen by what it was asked to run.
    pub(super) left_out: u32,
}

impl Counts {
    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.left_out += other.left_out;
    }

    /// The sum of all summaries in a runner's output; none if it printed none.
    pub(super) fn read(said: &str) -> Option<Self> {
        let mut sum = None;
        for raw in said.lines() {
            let line = raw.trim_start();
            if let Some(counted) = Self::of_node(line) {
                sum.get_or_insert_with(Self::default).add(counted);
                continue;
            }
            let summary = if line.starts_with("Summary [") {
                line.split_once("run:").map(|(_, outcomes)| outcomes)
            } else {
                // Indented it is what a failed test has printed, shown by nextest, which counts the test itself.
                raw.strip_prefix("test result:")
                    .and_then(|rest| rest.split_once('.'))
                    .map(|(_, outcomes)| outcomes)
            };
            if let Some(outcomes) = summary {
                sum.get_or_insert_with(Self::default).add(Self::of_outcomes(outcomes));
            }
        }
        sum
    }

    /// Reads a line of node's summary, `ℹ pass 30` and `ℹ fail 1`; what was left out or given up counts as failed.
    fn of_node(line: &str) -> Option<Self> {
        let (kind, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
        let number = number.parse::<u32>().ok()?;
        match kind {
            "pass" => Some(Self { passed: number, ..Self::default() }),
            "fail" | "cancelled" | "skipped" | "todo" => Some(Self { failed: number, ..Self::default() }),
            _ => None,
        }
    }

    /// Reads `2 passed (1 slow), 1 failed, 1 timed out, 3 skipped` and `2 passed; 1 failed; 0 ignored`.
    fn of_outcomes(outcomes: &str) -> Self {
        let mut counts = Self::default();
        for outcome in outcomes.split([',', ';']) {
            let Some((number, kind)) = outcome.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u32>() else { continue };
            if kind.starts_with("passed") {
                counts.passed += number;
            } else if kind.starts_with("skipped") {
                counts.left_out += number;
            } else if ["failed", "timed out", "exec failed"].iter().any(|failure| kind.starts_with(failure)) {
                counts.failed += number;
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &str) -> Option<(u32, u32)> {
        Counts::read(said).map(|counts| (counts.passed, counts.failed))
    }

    #[test]
    fn every_outcome_of_nextest_is_counted_once() {
        assert_eq!(read("     Summary [   0.016s] 2 tests run: 2 passed, 0 skipped"), Some((2, 0)));
        assert_eq!(read("     Summary [   0.1s] 1 test run: 1 passed (1 slow), 7 skipped"), Some((1, 0)));
        assert_eq!(
            read(
                "     Summary [   9.1s] 5/9 tests run: 2 passed, 1 failed, 1 timed out, 1 exec failed, 0 skipped"
            ),
            Some((2, 3))
        );
    }

    #[test]
    fn what_a_failed_test_has_printed_is_not_counted_again() {
        let said = "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 7 filtered out\n\
                    \x20    Summary [   0.1s] 3 tests run: 2 passed, 1 failed, 0 skipped\n";
        assert_eq!(read(said), Some((2, 1)));
    }

    #[test]
    fn the_summaries_of_several_binaries_add_up() {
        let said = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                    test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 filtered out\n";
        assert_eq!(read(said), Some((7, 2)));
    }

    #[test]
    fn the_summary_of_node_is_read() {
        let said = "✔ a test (1.2ms)\nℹ tests 32\nℹ suites 0\nℹ pass 30\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\n\
                    ℹ todo 0\nℹ duration_ms 5271.4\n";
        assert_eq!(read(said), Some((30, 2)));
    }

    #[test]
    fn a_run_without_a_summary_has_no_count() {
        assert_eq!(read("no tests to run!\n"), None);
        assert_eq!(read("the Summary [of a test] 2 tests run: 2 passed"), None);
    }

    #[test]
    fn what_was_not_chosen_is_counted_apart() {
        let counts = Counts::read("     Summary [   0.1s] 1 test run: 1 passed (1 slow), 7 skipped");
        assert_eq!(counts.map(|counts| counts.left_out), Some(7));
    }

    #[test]
    fn the_closing_line_has_its_exact_form() {
        assert_eq!(Counts { passed: 12, failed: 0, left_out: 3 }.to_string(), "12 passed, 0 failed");
    }
}

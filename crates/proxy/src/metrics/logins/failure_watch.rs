//! Watches the share of failed checks over the last five minutes.

/// How many minutes count together.
const MINUTES: usize = 5;

const MINUTE_MS: i64 = 60_000;

/// The checks of one minute.
#[derive(Clone, Copy, Debug, Default)]
struct Minute {
    number: i64,
    checks: u64,
    failures: u64,
}

/// The alarm has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// From now on too many fail.
    Raised,
    /// From now on no longer.
    Over,
}

#[derive(Debug)]
pub(super) struct FailureWatch {
    percent: u64,
    least: u64,
    minutes: [Minute; MINUTES],
    is_raised: bool,
}

impl FailureWatch {
    /// Raised where more than `percent` of at least `least` checks fail.
    pub(super) fn new(percent: u32, least: u32) -> Self {
        let minutes = [Minute::default(); MINUTES];
        Self { percent: percent.into(), least: least.into(), minutes, is_raised: false }
    }

    /// Counts a check.
    pub(super) fn note(&mut self, now_ms: i64, passed: bool) -> Option<Turn> {
        let number = now_ms.div_euclid(MINUTE_MS);
        let place = usize::try_from(number.rem_euclid(5)).unwrap_or_default();
        let minute = &mut self.minutes[place];
        if minute.number != number {
            *minute = Minute { number, ..Minute::default() };
        }
        minute.checks += 1;
        minute.failures += u64::from(!passed);
        self.look(now_ms)
    }

    /// Looks whether the alarm has changed.
    pub(super) fn look(&mut self, now_ms: i64) -> Option<Turn> {
        let number = now_ms.div_euclid(MINUTE_MS);
        let counted = |minute: &&Minute| (0..5).contains(&(number - minute.number));
        let (checks, failures) = self
            .minutes
            .iter()
            .filter(counted)
            .fold((0, 0), |sum, minute| (sum.0 + minute.checks, sum.1 + minute.failures));
        let raised = checks >= self.least && failures * 100 > checks * self.percent;
        if raised == self.is_raised {
            return None;
        }
        self.is_raised = raised;
        Some(if raised { Turn::Raised } else { Turn::Over })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_rises_once_above_the_share_and_falls_once_below_it() {
        let mut watch = FailureWatch::new(50, 4);
        let turns: Vec<_> = [false, false, false, false, false].map(|passed| watch.note(0, passed)).into();
        assert_eq!(turns, [None, None, None, Some(Turn::Raised), None]);
        let turns: Vec<_> = [true; 6].map(|passed| watch.note(MINUTE_MS, passed)).into();
        assert_eq!(turns, [None, None, None, None, Some(Turn::Over), None]);
    }

    #[test]
    fn a_few_failures_are_no_alarm() {
        let mut watch = FailureWatch::new(50, 20);
        for at_ms in 0..19 {
            assert_eq!(watch.note(at_ms, false), None);
        }
    }

    #[test]
    fn failures_are_forgotten_after_five_minutes() {
        let mut watch = FailureWatch::new(50, 2);
        watch.note(0, false);
        assert_eq!(watch.note(1, false), Some(Turn::Raised));
        assert_eq!(watch.look(4 * MINUTE_MS), None);
        assert_eq!(watch.look(5 * MINUTE_MS), Some(Turn::Over));
    }
}

//! The conditions of a campaign as data: what an order must contain, and when it must be opened.

use contract::Quantity;
use serde::{Deserialize, Serialize};

use super::{ProgrammeError, Target, refusal};
use crate::moment::LocalDateTime;

/// Something an order must contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contained {
    /// The lines that count.
    pub target: Target,
    /// How much of them together, in thousandths of a portion; above zero. Absent for any quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_milli: Option<Quantity>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// Hours of a day on the restaurant's clock. Where they end before they begin, they end on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The first minute.
    pub from: TimeOfDay,
    /// The first minute after the last.
    pub to: TimeOfDay,
}

/// A time of day, from `00:00` to `24:00`. In JSON `"09:30"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// A text is no time of day of the form `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a time of day from `00:00` to `24:00`")]
pub struct NoTimeOfDay;

/// Minutes in a day.
const DAY_MINUTES: u16 = 1440;

impl TryFrom<String> for TimeOfDay {
    type Error = NoTimeOfDay;

    fn try_from(text: String) -> Result<Self, NoTimeOfDay> {
        let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return Err(NoTimeOfDay) };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return Err(NoTimeOfDay);
        }
        let number = |tens: u8, ones: u8| u16::from(tens - b'0') * 10 + u16::from(ones - b'0');
        let (hour, minute) = (number(h1, h2), number(m1, m2));
        let minutes = hour * 60 + minute;
        if minute > 59 || minutes > DAY_MINUTES { Err(NoTimeOfDay) } else { Ok(Self(minutes)) }
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Contained {
    pub(super) fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        self.target.check(&format!("{path}.target"))?;
        if self.at_least_milli.is_some_and(|least| least.milli() <= 0) {
            return Err(refusal(&format!("{path}.at_least_milli"), "must be above zero"));
        }
        Ok(())
    }
}

impl Hours {
    pub(super) fn check(self, path: &str) -> Result<(), ProgrammeError> {
        if self.from.0 == DAY_MINUTES {
            return Err(refusal(&format!("{path}.from"), "must be before 24:00"));
        }
        if self.from == self.to {
            return Err(refusal(&format!("{path}.to"), "must not be the time the hours begin"));
        }
        Ok(())
    }

    /// The day on which the hours that `local` is in began, or `None` outside of them.
    #[must_use]
    pub fn day_of(self, local: LocalDateTime) -> Option<LocalDateTime> {
        let minute = local.minute_of_day();
        if self.from < self.to {
            (self.from.0 <= minute && minute < self.to.0).then_some(local)
        } else if minute >= self.from.0 {
            Some(local)
        } else {
            (minute < self.to.0).then(|| local.day_before())
        }
    }
}

//! Moments, and what a restaurant's clock shows at one.
//!
//! Owns the calendar the conditions are judged by; must not ask what time it is: a moment is handed in.

use serde::{Deserialize, Serialize};

use crate::programme::Weekday;

const DAY_S: i64 = 86_400;

/// A moment, counted in seconds from 1970-01-01 00:00:00 UTC; negative before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The moment `unix_s` seconds after 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub const fn from_unix_s(unix_s: i64) -> Self {
        Self(unix_s)
    }

    /// The seconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub const fn unix_s(self) -> i64 {
        self.0
    }

    /// What a clock `utc_offset_minutes` ahead of UTC shows at this moment.
    #[must_use]
    pub const fn local(self, utc_offset_minutes: i32) -> LocalDateTime {
        LocalDateTime(self.0.saturating_add(utc_offset_minutes as i64 * 60))
    }
}

/// A date and time of day on a restaurant's clock, to the second. In JSON `"2023-08-23 00:00:00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalDateTime(i64);

/// A text is no date and time of the form `yyyy-MM-dd HH:mm:ss`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a date and time that exists, written as `2023-08-23 00:00:00`")]
pub struct NoDateTime;

impl LocalDateTime {
    /// The minute of the day, from 0 to 1439.
    #[must_use]
    pub fn minute_of_day(self) -> u16 {
        // A remainder of a day's 1440 minutes fits.
        u16::try_from(self.0.rem_euclid(DAY_S) / 60).unwrap_or(0)
    }

    /// The day of the week.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.0.div_euclid(DAY_S) + 3).rem_euclid(7) {
            0 => Weekday::Mon,
            1 => Weekday::Tue,
            2 => Weekday::Wed,
            3 => Weekday::Thu,
            4 => Weekday::Fri,
            5 => Weekday::Sat,
            _ => Weekday::Sun,
        }
    }

    /// The same time of the day before.
    #[must_use]
    pub const fn day_before(self) -> Self {
        Self(self.0.saturating_sub(DAY_S))
    }

    /// The moment at which a clock `utc_offset_minutes` ahead of UTC shows this.
    #[must_use]
    pub const fn moment(self, utc_offset_minutes: i32) -> Moment {
        Moment(self.0.saturating_sub(utc_offset_minutes as i64 * 60))
    }

    /// The day and the minute as guests write them: `18.10.2023 в 00:00`.
    #[must_use]
    pub fn day_and_minute(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(DAY_S));
        let minute = self.minute_of_day();
        format!("{day:02}.{month:02}.{year:04} в {:02}:{:02}", minute / 60, minute % 60)
    }
}

impl TryFrom<String> for LocalDateTime {
    type Error = NoDateTime;

    fn try_from(text: String) -> Result<Self, NoDateTime> {
        let mask = b"dddd-dd-dd dd:dd:dd";
        let bytes = text.as_bytes();
        let fits = |(byte, mark): (&u8, &u8)| {
            if *mark == b'd' { byte.is_ascii_digit() } else { byte == mark }
        };
        if bytes.len() != mask.len() || !bytes.iter().zip(mask).all(fits) {
            return Err(NoDateTime);
        }
        let number = |from: usize, to: usize| {
            bytes[from..to].iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        };
        let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
        let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
        let days = days(year, month, day);
        // A day its month does not have comes back as another date.
        if civil(days) != (year, month, day) || hour > 23 || minute > 59 || second > 59 {
            return Err(NoDateTime);
        }
        Ok(Self(days * DAY_S + hour * 3600 + minute * 60 + second))
    }
}

impl From<LocalDateTime> for String {
    fn from(local: LocalDateTime) -> Self {
        local.to_string()
    }
}

impl std::fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(DAY_S));
        let second = self.0.rem_euclid(DAY_S);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. Years are counted from March, so that the leap day is a
/// year's last, and in eras of 400 years, which all have 146097 days; 719468 days lie between 0000-03-01 and 1970.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date `days` after 1970-01-01, the inverse of [`days`].
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> Result<LocalDateTime, NoDateTime> {
        LocalDateTime::try_from(text.to_owned())
    }

    #[test]
    fn every_day_of_four_centuries_is_read_as_it_is_written_and_follows_the_one_before() {
        let first = local("1970-01-01 00:00:00").expect("a date");
        assert_eq!((first.0, first.weekday()), (0, Weekday::Thu));
        for day in -200 * 366..200 * 366 {
            let one = LocalDateTime(day * DAY_S + 86_399);
            assert_eq!(local(&one.to_string()), Ok(one));
        }
        // Dates whose distance is known: a leap year of 400, one that is none of 100, and a plain one.
        for (before, after, apart) in [
            ("2000-02-28", "2000-03-01", 2),
            ("2100-02-28", "2100-03-01", 1),
            ("2024-02-28", "2024-03-01", 2),
            ("2023-12-31", "2024-01-01", 1),
            ("1970-01-01", "2024-01-01", 19_723),
        ] {
            let at = |day: &str| local(&format!("{day} 00:00:00")).expect("a date").0;
            assert_eq!((at(after) - at(before)) / DAY_S, apart, "{before} to {after}");
        }
    }

    #[test]
    fn what_is_no_date_and_time_is_refused() {
        for text in [
            "",
            "2023-08-23",
            "2023-08-23T00:00:00",
            "2023-08-23 00:00:00Z",
            "2023-02-29 00:00:00",
            "2023-13-01 00:00:00",
            "2023-00-01 00:00:00",
            "2023-01-00 00:00:00",
            "2023-04-31 00:00:00",
            "2023-01-01 24:00:00",
            "2023-01-01 00:60:00",
            "2023-01-01 00:00:60",
            "2023-01-01 00:00:0о",
            "+023-01-01 00:00:00",
        ] {
            assert_eq!(local(text), Err(NoDateTime), "{text}");
        }
    }

    #[test]
    fn a_clock_ahead_of_utc_shows_the_next_day_sooner() {
        let late = Moment::from_unix_s(local("2024-02-29 21:30:15").expect("a date").0);
        let shown = late.local(180);
        assert_eq!((shown.to_string().as_str(), shown.weekday()), ("2024-03-01 00:30:15", Weekday::Fri));
        assert_eq!((shown.minute_of_day(), shown.day_and_minute()), (30, "01.03.2024 в 00:30".to_owned()));
        assert_eq!(late.local(-60).to_string(), "2024-02-29 20:30:15");
        assert_eq!(shown.moment(180), late);
        assert_eq!(shown.day_before().to_string(), "2024-02-29 00:30:15");
    }
}

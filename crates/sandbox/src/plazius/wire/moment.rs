//! Times and dates in requests, in exactly the two forms that the description names: RFC 3339's `date-time` and `date`.
//!
//! The reader of dates behind them takes more, as dates without dashes, which would be more than is documented.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::json::{date_time, is_date_time};

/// A moment, as in `2026-03-01T09:00:00Z`, with any offset and any number of places of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DateTimeWire(pub(crate) Timestamp);

/// A day, as in `2000-02-29`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DateWire(pub(crate) Date);

/// A moment that stands for a day, as a birthday in `guests/update`: the day is the one written, in whatever offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDayWire(pub(crate) Date);

impl<'de> Deserialize<'de> for WrittenDayWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_moment = is_date_time(&text) && text.parse::<Timestamp>().is_ok();
        let day = is_moment.then(|| text.get(..DATE.len())?.parse().ok()).flatten();
        day.map(Self).ok_or_else(|| D::Error::custom("expected a time, as 1989-01-17T00:00:00Z"))
    }
}

impl<'de> Deserialize<'de> for DateTimeWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        date_time(&text).map(Self).ok_or_else(|| D::Error::custom("expected a time, as 2026-03-01T09:00:00Z"))
    }
}

impl<'de> Deserialize<'de> for DateWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let day = matches_shape(&text, DATE).then(|| text.parse().ok()).flatten();
        day.map(Self).ok_or_else(|| D::Error::custom("expected a day, as 2000-02-29"))
    }
}

/// `0` stands for a digit.
const DATE: &str = "0000-00-00";

fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(letter, wanted)| match wanted {
            b'0' => letter.is_ascii_digit(),
            wanted => letter == wanted,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_the_documented_form_is_read() {
        for (text, utc) in [
            ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("2026-03-01t09:00:00z", "2026-03-01T09:00:00Z"),
            ("2026-03-01T12:00:00.1234567+03:00", "2026-03-01T09:00:00.1234567Z"),
            ("2024-02-29T23:30:00-23:59", "2024-03-01T23:29:00Z"),
        ] {
            let read: DateTimeWire = serde_json::from_value(text.into()).expect(text);
            assert_eq!(read.0.to_string(), utc);
        }
    }

    #[test]
    fn a_time_of_another_form_is_refused() {
        for text in [
            "",
            "2026-03-01",
            "2026-03-01T09:00:00",
            "2026-03-01T09:00Z",
            "2026-03-01 09:00:00Z",
            "2026-03-01T09:00:00.Z",
            "2026-03-01T09:00:00,5Z",
            "2026-03-01T09:00:00+0300",
            "2026-03-01T09:00:00+24:00",
            "2026-03-01T09:00:00+03:60",
            "2026-03-01T09:00:00Z[UTC]",
            "2026-03-01T09:00:60Z",
            "2026-03-01T24:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "2026-02-29T09:00:00Z",
            "20260301T090000Z",
            "+002026-03-01T09:00:00Z",
            "2026-03-01T09:00:0९Z",
        ] {
            assert!(serde_json::from_value::<DateTimeWire>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn the_day_of_a_moment_is_the_one_written() {
        for text in ["1989-01-17T00:00:00Z", "1989-01-17T00:30:00+14:00", "1989-01-17T23:30:00.5-12:00"] {
            let read: WrittenDayWire = serde_json::from_value(text.into()).expect(text);
            assert_eq!(read.0, jiff::civil::date(1989, 1, 17), "{text}");
        }
        for text in ["1989-01-17", "1989-01-17T00:00:00", "1989-02-29T00:00:00Z", "1989-01-17T25:00:00Z"] {
            assert!(serde_json::from_value::<WrittenDayWire>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_four_two_and_two_digits() {
        let read: DateWire = serde_json::from_value("2000-02-29".into()).expect("a leap day");
        assert_eq!(read.0, jiff::civil::date(2000, 2, 29));
        for text in ["1900-02-29", "20000229", "2000-060", "2000-02-29T00:00:00", "2000-W09-2", " 2000-02-29"]
        {
            assert!(serde_json::from_value::<DateWire>(text.into()).is_err(), "{text}");
        }
    }
}

//! A .NET `TimeSpan`: as its text, `[d.]hh:mm:ss[.fffffff]`, or as the object of its properties.

use jiff::SignedDuration;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSpanWire(pub(crate) SignedDuration);

/// The properties of the object. The totals are derived from the others; they are allowed and not read.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct PropertiesWire {
    ticks: Option<i64>,
    days: i32,
    hours: i32,
    minutes: i32,
    seconds: i32,
    milliseconds: i32,
    #[serde(rename = "totalDays")]
    _total_days: Option<serde_json::Number>,
    #[serde(rename = "totalHours")]
    _total_hours: Option<serde_json::Number>,
    #[serde(rename = "totalMinutes")]
    _total_minutes: Option<serde_json::Number>,
    #[serde(rename = "totalSeconds")]
    _total_seconds: Option<serde_json::Number>,
    #[serde(rename = "totalMilliseconds")]
    _total_milliseconds: Option<serde_json::Number>,
}

impl<'de> Deserialize<'de> for TimeSpanWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with('"') {
            let text: String = serde_json::from_str(raw).map_err(D::Error::custom)?;
            return parse(&text)
                .map(Self)
                .ok_or_else(|| D::Error::custom("expected a time span, [d.]hh:mm:ss[.fffffff]"));
        }
        // Its fields in an array are no object.
        if !raw.starts_with('{') {
            return Err(D::Error::custom("expected a time span, as a text or an object"));
        }
        let properties: PropertiesWire = serde_json::from_str(raw).map_err(D::Error::custom)?;
        Ok(Self(properties.span()))
    }
}

impl PropertiesWire {
    fn span(&self) -> SignedDuration {
        if let Some(ticks) = self.ticks {
            // A tick is 100 ns.
            return SignedDuration::new(
                ticks / 10_000_000,
                i32::try_from(ticks % 10_000_000 * 100).unwrap_or_default(),
            );
        }
        SignedDuration::from_secs(
            i64::from(self.days) * 86_400
                + i64::from(self.hours) * 3600
                + i64::from(self.minutes) * 60
                + i64::from(self.seconds),
        ) + SignedDuration::from_millis(i64::from(self.milliseconds))
    }
}

fn parse(text: &str) -> Option<SignedDuration> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (text, nanos) = match text.rsplit_once('.') {
        // The point before the first colon parts the days, the one after the last colon the fraction.
        Some((whole, fraction)) if !fraction.contains(':') => (whole, fraction_nanos(fraction)?),
        _ => (text, 0),
    };
    let (days, clock) = match text.split_once('.') {
        Some((days, clock)) => (number(days, 10_675_199)?, clock),
        None => (0, text),
    };
    let mut parts = clock.split(':');
    let hours = number(parts.next()?, 23)?;
    let minutes = number(parts.next()?, 59)?;
    let seconds = number(parts.next()?, 59)?;
    if parts.next().is_some() {
        return None;
    }
    let span = SignedDuration::new(((days * 24 + hours) * 60 + minutes) * 60 + seconds, nanos);
    Some(if is_negative { -span } else { span })
}

fn fraction_nanos(digits: &str) -> Option<i32> {
    if digits.is_empty() || digits.len() > 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<9}").parse().ok()
}

fn number(text: &str, most: i64) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|value| *value <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_time_span_is_read() {
        for (json, millis) in [
            ("\"00:05:00\"", 300_000),
            ("\"1.02:03:04.5\"", 93_784_500),
            ("\"-00:00:01\"", -1000),
            ("{\"ticks\":600000000}", 60_000),
            ("{\"minutes\":2,\"seconds\":3}", 123_000),
            ("{\"minutes\":1,\"totalSeconds\":60.0}", 60_000),
        ] {
            let span: TimeSpanWire = serde_json::from_str(json).expect(json);
            assert_eq!(span.0.as_millis(), millis, "{json}");
        }
    }

    #[test]
    fn what_is_no_time_span_is_refused() {
        for json in [
            "\"5 minutes\"",
            "\"00:61:00\"",
            "\"24:00:00\"",
            "\"00:05\"",
            "\"\"",
            "300",
            "[600000000]",
            "{\"weeks\":1}",
        ] {
            assert!(serde_json::from_str::<TimeSpanWire>(json).is_err(), "{json}");
        }
    }
}

//! How long and how often: the table `[limits]`, and what of it cannot be.

use contract::login::Embedding;
use serde::Deserialize;

use super::ConfigError;

/// The longest time the proxy calculates with, in seconds: a year.
const LONGEST_S: u32 = 366 * DAY_S;

const DAY_S: u32 = 24 * 3600;

/// How long and how often.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Seconds a login code is good for.
    pub code_ttl_s: u32,
    /// How many codes may be tried for one that was sent.
    pub code_tries: u32,
    /// How many cards or application's codes that nobody has may be tried at a restaurant in ten minutes.
    pub key_tries: u32,
    /// Seconds until the next code may be sent: after the first, after the second, …; the last holds for all further.
    pub resend_waits_s: Vec<u32>,
    /// How many codes a phone is sent in a day, over all restaurants.
    pub codes_per_phone_day: u32,
    /// How many codes are sent in an hour to numbers that differ only in their last four digits.
    pub codes_per_prefix_hour: u32,
    /// How many codes may be asked for from one address in an hour.
    pub codes_per_address_hour: u32,
    /// How many codes may be tried from one address in an hour.
    pub checks_per_address_hour: u32,
    /// The share of failed checks in five minutes, in hundredths, above which somebody is taken to be guessing.
    pub failed_checks_percent: u32,
    /// How many checks in five minutes that share is worth looking at.
    pub failed_checks_least: u32,
    /// How long a session lasts, by how the page shows the widget.
    pub sessions: SessionLimits,
    /// Seconds a preview may be confirmed.
    pub preview_ttl_s: u32,
    /// Seconds after which an answer to a repeated request is no longer remembered.
    pub idempotency_ttl_s: u32,
    /// Seconds after which a confirmed order that nobody touched is given up, and what it has frozen returns.
    pub abandoned_after_s: u32,
    /// Seconds after which an order that only a page has described and nobody has confirmed is forgotten.
    pub previews_kept_s: u32,
    /// Seconds after which any other order is forgotten that is over, or that nobody has touched while nothing was held.
    pub orders_kept_s: u32,
    /// Seconds for which it is listed what a restaurant's server could not be told.
    pub dead_webhooks_kept_s: u32,
    /// Milliseconds a loyalty system may take for one question, repetitions included.
    pub upstream_timeout_ms: u32,
    /// Milliseconds one request to the API may take.
    pub request_timeout_ms: u32,
}

/// How long a session lasts, by how the page shows the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SessionLimits {
    /// As a part of the page.
    pub page: Lifetime,
    /// In a frame.
    pub iframe: Lifetime,
    /// On a device that the next guest uses too.
    pub kiosk: Lifetime,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifetime {
    /// Seconds without a request after which it ends.
    pub idle_s: u32,
    /// Seconds after which it ends in any case.
    pub ttl_s: u32,
}

impl SessionLimits {
    /// How long a session lasts where the page shows the widget like this.
    pub(crate) const fn of(&self, embedding: Embedding) -> Lifetime {
        match embedding {
            Embedding::Page => self.page,
            Embedding::Iframe => self.iframe,
            Embedding::Kiosk => self.kiosk,
        }
    }
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            page: Lifetime { idle_s: 2 * 3600, ttl_s: 12 * 3600 },
            iframe: Lifetime { idle_s: 3600, ttl_s: 6 * 3600 },
            kiosk: Lifetime { idle_s: 180, ttl_s: 900 },
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            code_ttl_s: 300,
            code_tries: 5,
            key_tries: 20,
            resend_waits_s: vec![60, 180, 300, 600],
            codes_per_phone_day: 5,
            codes_per_prefix_hour: 20,
            codes_per_address_hour: 300,
            checks_per_address_hour: 600,
            failed_checks_percent: 50,
            failed_checks_least: 20,
            sessions: SessionLimits::default(),
            preview_ttl_s: 900,
            idempotency_ttl_s: DAY_S,
            abandoned_after_s: 2 * 3600,
            previews_kept_s: 2 * DAY_S,
            orders_kept_s: 30 * DAY_S,
            dead_webhooks_kept_s: 30 * DAY_S,
            upstream_timeout_ms: 5_000,
            request_timeout_ms: 14_000,
        }
    }
}

pub(super) fn check_limits(limits: &Limits) -> Result<(), ConfigError> {
    let year = 1..=LONGEST_S;
    let many = 1..=1_000_000;
    let days = DAY_S..=LONGEST_S;
    let time = "from one second to a year";
    let long = "from a day to a year";
    let number = "from 1 to 1000000";
    let delay = "from 1 ms to ten minutes";
    for (name, value, range, meant) in [
        ("code_ttl_s", limits.code_ttl_s, year.clone(), time),
        ("preview_ttl_s", limits.preview_ttl_s, year.clone(), time),
        ("idempotency_ttl_s", limits.idempotency_ttl_s, days.clone(), long),
        ("abandoned_after_s", limits.abandoned_after_s, year, time),
        ("previews_kept_s", limits.previews_kept_s, days.clone(), long),
        ("orders_kept_s", limits.orders_kept_s, days.clone(), long),
        ("dead_webhooks_kept_s", limits.dead_webhooks_kept_s, days, long),
        ("code_tries", limits.code_tries, 1..=100, "from 1 to 100"),
        ("key_tries", limits.key_tries, 1..=1000, "from 1 to 1000"),
        ("codes_per_phone_day", limits.codes_per_phone_day, many.clone(), number),
        ("codes_per_prefix_hour", limits.codes_per_prefix_hour, many.clone(), number),
        ("codes_per_address_hour", limits.codes_per_address_hour, many.clone(), number),
        ("checks_per_address_hour", limits.checks_per_address_hour, many.clone(), number),
        ("failed_checks_percent", limits.failed_checks_percent, 1..=100, "from 1 to 100"),
        ("failed_checks_least", limits.failed_checks_least, many, number),
        ("upstream_timeout_ms", limits.upstream_timeout_ms, 1..=600_000, delay),
        ("request_timeout_ms", limits.request_timeout_ms, 1..=600_000, delay),
    ] {
        if !range.contains(&value) {
            return Err(ConfigError::value(format!("limits.{name}"), meant));
        }
    }
    // A repeated request is answered from its order, and what may still be confirmed must be there.
    for (name, kept_s) in
        [("previews_kept_s", limits.previews_kept_s), ("orders_kept_s", limits.orders_kept_s)]
    {
        if kept_s < limits.idempotency_ttl_s || kept_s <= limits.preview_ttl_s {
            let message = "not shorter than idempotency_ttl_s, and longer than preview_ttl_s";
            return Err(ConfigError::value(format!("limits.{name}"), message));
        }
    }
    if limits.resend_waits_s.is_empty() || limits.resend_waits_s.iter().any(|wait| *wait > LONGEST_S) {
        return Err(ConfigError::value("limits.resend_waits_s", "one or more, none over a year"));
    }
    check_sessions(&limits.sessions)
}

fn check_sessions(sessions: &SessionLimits) -> Result<(), ConfigError> {
    let SessionLimits { page, iframe, kiosk } = sessions;
    for (name, lifetime) in [("page", page), ("iframe", iframe), ("kiosk", kiosk)] {
        for (field, value) in [("idle_s", lifetime.idle_s), ("ttl_s", lifetime.ttl_s)] {
            if !(1..=LONGEST_S).contains(&value) {
                let place = format!("limits.sessions.{name}.{field}");
                return Err(ConfigError::value(place, "from one second to a year"));
            }
        }
    }
    // A kiosk's next guest stands before the former one's bonuses.
    if kiosk.idle_s > page.idle_s.min(iframe.idle_s) || kiosk.ttl_s > page.ttl_s.min(iframe.ttl_s) {
        return Err(ConfigError::value("limits.sessions.kiosk", "must not last longer than the others"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_forgotten_that_a_repeated_request_or_a_confirm_needs() {
        let usual = Limits::default();
        assert!(check_limits(&usual).is_ok());
        for (limits, field) in [
            (Limits { idempotency_ttl_s: DAY_S - 1, ..usual.clone() }, "idempotency_ttl_s"),
            (Limits { idempotency_ttl_s: 3 * DAY_S, ..usual.clone() }, "previews_kept_s"),
            (Limits { preview_ttl_s: 2 * DAY_S, ..usual.clone() }, "previews_kept_s"),
            (Limits { orders_kept_s: DAY_S - 1, ..usual.clone() }, "orders_kept_s"),
            (Limits { dead_webhooks_kept_s: 0, ..usual.clone() }, "dead_webhooks_kept_s"),
        ] {
            let refused = check_limits(&limits).expect_err(field).to_string();
            assert!(refused.contains(&format!("limits.{field}")), "{refused}");
        }
    }
}

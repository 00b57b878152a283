//! How often something may be done in an hour or a day, whenever the hour or the day begins.
//!
//! Time is counted in slots, and a slot counts until even its last moment is a period ago. So the limit is never passed,
//! and whoever has reached it waits a slot longer at most. Only keyed hashes of phones and addresses are kept.

use std::net::IpAddr;

use crate::config::{Limits, Secret};
use crate::store::rates::{self, Slot};
use crate::store::sql::{Query, Tx};
use crate::store::{Scope, StoreError};

const HOUR_MS: i64 = 3_600_000;

const DAY_MS: i64 = 24 * HOUR_MS;

/// Which limit refused a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The wait between two codes of a phone.
    ResendWait,
    /// A phone's codes in a day.
    PhoneDay,
    /// The codes in an hour to numbers that are nearly alike.
    PrefixHour,
    /// An address's codes in an hour.
    AddressHour,
    /// An address's checks in an hour.
    AddressChecks,
}

impl Limit {
    /// Its name in the store and in the metrics.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::ResendWait => "resend_wait",
            Self::PhoneDay => "phone_day",
            Self::PrefixHour => "prefix_hour",
            Self::AddressHour => "address_hour",
            Self::AddressChecks => "address_checks",
        }
    }
}

/// A limit for one phone, one range of numbers or one address.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    limit: Limit,
    key: String,
    most: u32,
    period_ms: i64,
    slot_ms: i64,
}

impl Rate {
    /// A phone's codes in a day.
    pub(super) fn of_phone(phone: &str, pepper: &Secret, limits: &Limits) -> Self {
        let most = limits.codes_per_phone_day;
        Self::new(Limit::PhoneDay, phone, pepper, most, DAY_MS, DAY_MS / 96)
    }

    /// The codes in an hour to numbers that differ from a phone's only in their last four digits.
    pub(super) fn of_prefix(phone: &str, pepper: &Secret, limits: &Limits) -> Self {
        let prefix = phone.get(..phone.len().saturating_sub(4)).unwrap_or_default();
        let most = limits.codes_per_prefix_hour;
        Self::new(Limit::PrefixHour, prefix, pepper, most, HOUR_MS, HOUR_MS / 60)
    }

    /// The codes in an hour that are asked for from an address.
    pub(super) fn of_address(address: IpAddr, pepper: &Secret, limits: &Limits) -> Self {
        let most = limits.codes_per_address_hour;
        Self::new(Limit::AddressHour, &holder(address), pepper, most, HOUR_MS, HOUR_MS / 60)
    }

    /// The codes in an hour that are tried from an address.
    pub(super) fn of_checks(address: IpAddr, pepper: &Secret, limits: &Limits) -> Self {
        let most = limits.checks_per_address_hour;
        Self::new(Limit::AddressChecks, &holder(address), pepper, most, HOUR_MS, HOUR_MS / 60)
    }

    fn new(limit: Limit, whose: &str, pepper: &Secret, most: u32, period_ms: i64, slot_ms: i64) -> Self {
        let key = super::keyed_hash::text(pepper, &[limit.as_str(), whose]);
        Self { limit, key, most, period_ms, slot_ms }
    }

    pub(super) const fn limit(&self) -> Limit {
        self.limit
    }

    /// What must be locked by whoever counts.
    pub(super) fn scope(&self) -> Scope {
        Scope::rate(self.limit.as_str(), &self.key)
    }

    /// Milliseconds until it may be done once more; nothing where it may be done now.
    pub(super) fn left_ms(&self, tx: &mut dyn Query, now_ms: i64) -> Result<Option<i64>, StoreError> {
        let slots = rates::slots(tx, self.limit.as_str(), &self.key, now_ms)?;
        Ok(free_at_ms(&slots, self.most).map(|at_ms| at_ms - now_ms))
    }

    /// Counts once.
    pub(super) fn add(&self, tx: &mut dyn Tx, now_ms: i64) -> Result<(), StoreError> {
        rates::add(tx, self.limit.as_str(), &self.key, self.until_ms(now_ms))
    }

    /// Takes back what was counted at `at_ms`.
    pub(super) fn take_back(&self, tx: &mut dyn Tx, at_ms: i64) -> Result<(), StoreError> {
        rates::take_back(tx, self.limit.as_str(), &self.key, self.until_ms(at_ms))
    }

    /// When what is done at `at_ms` no longer counts.
    fn until_ms(&self, at_ms: i64) -> i64 {
        at_ms - at_ms.rem_euclid(self.slot_ms) + self.slot_ms + self.period_ms
    }
}

/// When fewer than `most` are left of the slots; nothing where that is so already.
fn free_at_ms(slots: &[Slot], most: u32) -> Option<i64> {
    let mut counted: u64 = slots.iter().map(|slot| u64::from(slot.count)).sum();
    let mut free_at_ms = None;
    for slot in slots {
        if counted < u64::from(most) {
            break;
        }
        counted -= u64::from(slot.count);
        free_at_ms = Some(slot.until_ms);
    }
    free_at_ms
}

/// Whoever has an address: of IPv6 a network of 64 bits, all of which one household or one restaurant has.
fn holder(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_free_again_when_enough_slots_are_over() {
        let slot = |until_ms, count| Slot { until_ms, count };
        assert_eq!(free_at_ms(&[], 1), None);
        assert_eq!(free_at_ms(&[slot(10, 2), slot(20, 2)], 5), None);
        assert_eq!(free_at_ms(&[slot(10, 2), slot(20, 3)], 5), Some(10));
        assert_eq!(free_at_ms(&[slot(10, 1), slot(20, 4), slot(30, 5)], 5), Some(30));
    }

    #[test]
    fn what_is_done_counts_for_a_whole_period_and_a_slot_at_most() {
        let rate = Rate::of_phone("+79990001122", &Secret::new("pepper"), &Limits::default());
        for at_ms in [0, 1, 899_999, 900_000, 1_732_442_400_123] {
            let counted_ms = rate.until_ms(at_ms) - at_ms;
            assert!((DAY_MS..=DAY_MS + 900_000).contains(&counted_ms), "{at_ms}: {counted_ms}");
            assert!(counted_ms > DAY_MS, "{at_ms}");
        }
    }

    #[test]
    fn an_address_is_one_of_ipv4_and_a_network_of_ipv6() {
        let of = |text: &str| holder(text.parse().expect(text));
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn numbers_that_differ_in_their_last_four_digits_share_a_limit() {
        let key = |phone| Rate::of_prefix(phone, &Secret::new("pepper"), &Limits::default()).key;
        assert_eq!(key("+79990001122"), key("+79990009999"));
        assert_ne!(key("+79990001122"), key("+79990011122"));
    }
}

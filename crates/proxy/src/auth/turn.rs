//! Whether a code may be sent to a phone now, and the count of those that were.

use std::net::IpAddr;

use super::login::FORGET_SENDINGS_MS;
use super::rates::{Limit, Rate};
use crate::config::{Limits, Secret};
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::sql::{Query, Tx};
use crate::store::{Scope, Scopes, StoreError};

/// The limit that stands against it, and the milliseconds until it no longer does.
pub(super) type Refusal = (Limit, i64);

/// A code that is to be sent, and every limit it must keep.
#[derive(Clone)]
pub(super) struct Turn {
    row: ChallengeRow,
    waits_s: Vec<u32>,
    of_phone: Rate,
    of_prefix: Rate,
    of_address: Rate,
    now_ms: i64,
}

/// What was counted when a code was sent.
pub(super) struct TakenTurn {
    /// How often the phone was sent one before.
    before: Sendings,
    /// Seconds until it may be sent another.
    pub(super) resend_after_s: u32,
}

impl Turn {
    pub(super) fn new(
        row: ChallengeRow,
        address: IpAddr,
        pepper: &Secret,
        limits: &Limits,
        now_ms: i64,
    ) -> Self {
        Self {
            waits_s: limits.resend_waits_s.clone(),
            of_phone: Rate::of_phone(&row.phone, pepper, limits),
            of_prefix: Rate::of_prefix(&row.phone, pepper, limits),
            of_address: Rate::of_address(address, pepper, limits),
            row,
            now_ms,
        }
    }

    /// What must not change while a turn is taken or given back.
    pub(super) fn scopes(&self) -> Scopes {
        let of_code = Scope::phone(&self.row.restaurant, &self.row.phone);
        [of_code, self.of_phone.scope(), self.of_prefix.scope(), self.of_address.scope()].into()
    }

    /// How often the phone was sent a code, if it may be sent another.
    pub(super) fn judge(&self, tx: &mut dyn Query) -> Result<Result<Sendings, Refusal>, StoreError> {
        let mut before = challenges::sendings(tx, &self.row.restaurant, &self.row.phone)?;
        if self.now_ms - before.last_at_ms >= FORGET_SENDINGS_MS {
            before.count = 0;
        }
        let wait_ms = i64::from(wait_s(&self.waits_s, before.count)) * 1000;
        let left_ms = before.last_at_ms + wait_ms - self.now_ms;
        let mut refusal = (before.count > 0 && left_ms > 0).then_some((Limit::ResendWait, left_ms));
        for rate in [&self.of_phone, &self.of_prefix, &self.of_address] {
            // The longest of them: who comes back when a shorter one is over would only be refused again.
            if let Some(left_ms) = rate.left_ms(tx, self.now_ms)?
                && refusal.is_none_or(|(_, longest_ms)| longest_ms < left_ms)
            {
                refusal = Some((rate.limit(), left_ms));
            }
        }
        Ok(refusal.map_or(Ok(before), Err))
    }

    /// Keeps the challenge and counts it, if a code may be sent now.
    pub(super) fn take(&self, tx: &mut dyn Tx) -> Result<Result<TakenTurn, Refusal>, StoreError> {
        let before = match self.judge(tx)? {
            Ok(before) => before,
            Err(refusal) => return Ok(Err(refusal)),
        };
        for rate in [&self.of_phone, &self.of_prefix, &self.of_address] {
            rate.add(tx, self.now_ms)?;
        }
        challenges::replace(tx, &self.row)?;
        let after = Sendings { count: before.count + 1, last_at_ms: self.now_ms };
        challenges::set_sendings(tx, &self.row.restaurant, &self.row.phone, after)?;
        // What whoever asks again now would be told.
        let resend_after_s = self.judge(tx)?.err().map_or(0, |(_, left_ms)| seconds(left_ms));
        Ok(Ok(TakenTurn { before, resend_after_s }))
    }

    /// Undoes what [`Self::take`] counted for the phone, for a code that never left. The range of numbers and the address
    /// keep their count: they asked, and a gateway was.
    pub(super) fn give_back(&self, taken: &TakenTurn, tx: &mut dyn Tx) -> Result<(), StoreError> {
        self.of_phone.take_back(tx, self.now_ms)?;
        challenges::remove(tx, &self.row.challenge_id)?;
        challenges::set_sendings(tx, &self.row.restaurant, &self.row.phone, taken.before)
    }
}

/// Whole seconds, none too early.
pub(super) fn seconds(left_ms: i64) -> u32 {
    u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// Seconds to wait after the `count`-th code; the last wait holds for all further codes.
fn wait_s(waits_s: &[u32], count: u32) -> u32 {
    let index = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
    waits_s.get(index).or(waits_s.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_wait_holds_for_all_further_codes() {
        let waits: Vec<u32> = (1..=6).map(|count| wait_s(&[60, 180, 300, 600], count)).collect();
        assert_eq!(waits, [60, 180, 300, 600, 600, 600]);
        assert_eq!(wait_s(&[], 1), 0);
    }
}

//! When a webhook that was not heard is sent again.

use sha2::{Digest, Sha256};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long after the first, the second, … failed attempt the next is made: three days and a bit in all.
const WAITS_MS: [i64; 9] = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];

/// How long it is until the next attempt after so many failed ones; none after the last. Up to a tenth more than in the list,
/// another part of it for each webhook, so that a server that was away is not told of everything in one moment.
pub(super) fn wait_ms(failed: u32, webhook_id: &str) -> Option<i64> {
    let index = usize::try_from(failed).ok()?.checked_sub(1)?;
    let least_ms = WAITS_MS.get(index).copied()?;
    let hash = Sha256::new().chain_update(failed.to_be_bytes()).chain_update(webhook_id).finalize();
    let share = hash.iter().take(2).fold(0, |number, byte| (number << 8) | i64::from(*byte));
    Some(least_ms + least_ms * share / (10 << 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_attempts_are_made_further_and_further_apart() {
        let waits: Vec<i64> = (1..).map_while(|failed| wait_ms(failed, "a")).collect();
        assert_eq!(waits.len(), 9);
        assert!(waits.is_sorted());
        assert!(waits.iter().zip(WAITS_MS).all(|(wait, least)| (least..least + least / 10).contains(wait)));
        assert_eq!((wait_ms(0, "a"), wait_ms(10, "a")), (None, None));
    }

    #[test]
    fn many_webhooks_are_not_sent_again_in_one_moment() {
        let mut waits: Vec<i64> = (0..100).filter_map(|id| wait_ms(2, &format!("{id}"))).collect();
        waits.sort_unstable();
        waits.dedup();
        assert!(waits.len() > 90, "{waits:?}");
        assert!(waits[waits.len() - 1] - waits[0] > 20 * SECOND_MS, "{waits:?}");
    }
}

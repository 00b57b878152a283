//! What a guest of the large seed did: made up, but always the same for the same guest and time.

use contract::Money;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Codes and names of the dishes guests had.
const DISHES: [(&str, &str); 4] = [
    ("pie-cherry", "Пирог с вишней"),
    ("hot-pelmeni", "Пельмени домашние"),
    ("soup-borsch", "Борщ"),
    ("drink-tea", "Чай"),
];

/// First names and sexes.
const NAMES: [(&str, u8); 4] = [("Иван", 1), ("Мария", 2), ("Пётр", 1), ("Анна", 2)];

/// A guest's past, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Past {
    pub(super) first_name: &'static str,
    pub(super) sex: u8,
    pub(super) joined_ms: i64,
    /// Bonuses given on joining.
    pub(super) granted: Money,
    /// The first is paid in money alone, the second with bonuses too.
    pub(super) purchases: [Purchase; 2],
    pub(super) given_ms: i64,
    /// Bonuses given in the end.
    pub(super) given: Money,
}

/// An order of one dish.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Purchase {
    pub(super) dish: (&'static str, &'static str),
    pub(super) is_delivery: bool,
    pub(super) opened_ms: i64,
    pub(super) closed_ms: i64,
    pub(super) total: Money,
    pub(super) payment: Money,
}

impl Past {
    /// The past of the guest with this number, which ends a day before `now_ms` at the latest.
    pub(super) fn of(number: u32, now_ms: i64) -> Self {
        let mut dice = Dice(u64::from(number));
        let (first_name, sex) = NAMES[dice.below(4)];
        let joined_ms = now_ms - dice.between(120, 700) * DAY_MS - dice.between(0, 1_439) * MINUTE_MS;
        let granted = Money::from_minor(dice.between(50, 200) * 100);
        let first_ms = joined_ms + dice.between(1, 40) * DAY_MS;
        let second_ms = first_ms + dice.between(1, 40) * DAY_MS;
        let first = Purchase::of(&mut dice, first_ms, Money::ZERO);
        // Not more than was granted.
        let payment = Money::from_minor(dice.between(1, 50) * 100);
        let second = Purchase::of(&mut dice, second_ms, payment);
        let given_ms = second_ms + dice.between(1, 38) * DAY_MS;
        let given = Money::from_minor(dice.between(10, 50) * 100);
        Self { first_name, sex, joined_ms, granted, purchases: [first, second], given_ms, given }
    }
}

impl Purchase {
    fn of(dice: &mut Dice, opened_ms: i64, payment: Money) -> Self {
        Self {
            dish: DISHES[dice.below(4)],
            is_delivery: dice.below(3) == 0,
            opened_ms,
            closed_ms: opened_ms + dice.between(20, 90) * MINUTE_MS,
            // From 200.00 on: always more than the payment, and enough to bring a bonus at any rank.
            total: Money::from_minor(dice.between(200, 3_000) * 100),
            payment,
        }
    }
}

/// SplitMix64: numbers that look thrown and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least `least`, at most `most`.
    fn between(&mut self, least: u32, most: u32) -> i64 {
        let span = u64::from(most - least) + 1;
        i64::from(least) + i64::try_from(self.throw() % span).unwrap_or(0)
    }

    /// Less than `limit`.
    fn below(&mut self, limit: u32) -> usize {
        usize::try_from(self.between(0, limit - 1)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_772_355_600_000;

    #[test]
    fn a_past_is_in_order_and_over() {
        for number in 0..5_000 {
            let past = Past::of(number, NOW_MS);
            let [first, second] = &past.purchases;
            let moments = [
                past.joined_ms,
                first.opened_ms,
                first.closed_ms,
                second.opened_ms,
                second.closed_ms,
                past.given_ms,
            ];
            assert!(moments.is_sorted(), "{past:?}");
            assert!(past.given_ms < NOW_MS, "{past:?}");
            assert!(second.payment <= past.granted && second.payment < second.total, "{past:?}");
            assert_eq!(first.payment, Money::ZERO);
        }
    }

    #[test]
    fn guests_differ_and_each_is_always_the_same() {
        assert_eq!(Past::of(7, NOW_MS), Past::of(7, NOW_MS));
        let totals: std::collections::HashSet<_> =
            (0..1_000).map(|number| Past::of(number, NOW_MS).purchases[0].total).collect();
        assert!(totals.len() > 500, "{}", totals.len());
    }
}

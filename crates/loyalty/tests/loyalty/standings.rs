//! How purchases, refunds and time move a guest among the ranks.

use contract::Money;
use loyalty::Standing;
use loyalty::calculation::UnknownRank;
use loyalty::programme::{Confirmation, Rank};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::share;

const HOUR_MS: i64 = 3_600_000;

fn money(minor: i64) -> Money {
    Money::from_minor(minor)
}

fn rank(name: &str, threshold_minor: i64, confirmation: Option<(i64, u32)>) -> Rank {
    Rank {
        name: name.to_owned(),
        threshold_minor: money(threshold_minor),
        cashback_bp: share(500),
        max_payable_share_bp: None,
        discount: None,
        confirmation: confirmation
            .map(|(sum_minor, period_hours)| Confirmation { sum_minor: money(sum_minor), period_hours }),
    }
}

/// Bronze from nothing, silver from 100.00 (10.00 in 10 hours keeps it), gold from 500.00 (50.00 in 20 hours).
fn ranks() -> Vec<Rank> {
    vec![
        rank("Бронзовый", 0, None),
        rank("Серебряный", 10_000, Some((1_000, 10))),
        rank("Золотой", 50_000, Some((5_000, 20))),
    ]
}

fn bought(standing: Standing, paid_minor: i64, at_hour: i64) -> Standing {
    standing.after_purchase(&ranks(), money(paid_minor), at_hour * HOUR_MS).expect("a known rank")
}

fn returned(standing: Standing, minor: i64, counted_at_hour: i64, at_hour: i64) -> Standing {
    standing
        .after_refund(&ranks(), money(minor), counted_at_hour * HOUR_MS, at_hour * HOUR_MS)
        .expect("a known rank")
}

fn at(standing: Standing, hour: i64) -> Standing {
    standing.as_of(&ranks(), hour * HOUR_MS).expect("a known rank")
}

#[test]
fn the_money_paid_in_all_reaches_a_rank_and_may_skip_one() {
    // What is paid, one purchase after the other; the rank afterwards.
    let table: [(&[i64], usize); 6] = [
        (&[9_999], 0),
        (&[10_000], 1),
        (&[9_999, 1], 1),
        (&[10_000, 39_999], 1),
        (&[10_000, 40_000], 2),
        (&[50_000], 2),
    ];
    for (purchases, rank_index) in table {
        let standing = purchases.iter().fold(Standing::new(0), |standing, paid| bought(standing, *paid, 1));
        assert_eq!(standing.rank_index, rank_index, "after {purchases:?}");
        assert_eq!(standing.paid_total, money(purchases.iter().sum()));
    }
}

#[test]
fn a_new_rank_begins_a_period_in_which_nothing_is_paid_yet() {
    let standing = bought(Standing::new(0), 12_000, 3);
    assert_eq!((standing.rank_index, standing.paid_in_period), (1, Money::ZERO));
    assert_eq!(standing.period_since_ms, 3 * HOUR_MS);
    let left =
        standing.confirmation_left(&ranks(), 4 * HOUR_MS).expect("a known rank").expect("not confirmed");
    assert_eq!((left.sum, left.hours), (money(1_000), 9));
}

#[test]
fn a_rank_is_kept_where_the_sum_is_paid_before_the_period_is_over_and_lost_where_it_is_not() {
    let silver = bought(Standing::new(0), 12_000, 0);
    // What is paid and at which hour; then the rank at hour 10, the first that is no longer of the period.
    for (paid, hour, rank_index) in [(1_000, 9, 1), (999, 9, 0), (1_000, 10, 0)] {
        assert_eq!(at(bought(silver, paid, hour), 10).rank_index, rank_index, "{paid} at hour {hour}");
    }
    let confirmed = bought(silver, 1_000, 9);
    assert_eq!(confirmed.confirmation_left(&ranks(), 9 * HOUR_MS), Ok(None));
    let next = at(confirmed, 10);
    assert_eq!((next.paid_in_period, next.period_since_ms), (Money::ZERO, 10 * HOUR_MS));
    assert_eq!(at(confirmed, 20).rank_index, 0, "the period after that asks for the sum again");
}

#[test]
fn each_period_that_passed_unconfirmed_costs_one_rank() {
    let gold = bought(Standing::new(0), 60_000, 0);
    let table =
        [(19, 2, 60_000, 0), (20, 1, 10_000, 20), (29, 1, 10_000, 20), (30, 0, 0, 30), (9_000, 0, 0, 30)];
    for (hour, rank_index, paid_total, since_hour) in table {
        let standing = at(gold, hour);
        assert_eq!(
            (standing.rank_index, standing.paid_total),
            (rank_index, money(paid_total)),
            "hour {hour}"
        );
        assert_eq!(standing.period_since_ms, since_hour * HOUR_MS, "hour {hour}");
    }
}

#[test]
fn a_lost_rank_is_not_won_back_by_the_next_coin_but_by_the_way_up() {
    let fallen = at(bought(Standing::new(0), 60_000, 0), 20);
    assert_eq!(bought(fallen, 1, 21).rank_index, 1);
    assert_eq!(bought(fallen, 39_999, 21).rank_index, 1);
    assert_eq!(bought(fallen, 40_000, 21).rank_index, 2);
}

#[test]
fn a_refund_takes_back_the_rank_that_its_money_reached() {
    let silver = bought(bought(Standing::new(0), 6_000, 1), 4_500, 2);
    assert_eq!(silver.rank_index, 1);
    assert_eq!(returned(silver, 500, 1, 3).rank_index, 1, "100.00 are still paid");
    let bronze = returned(silver, 501, 1, 3);
    assert_eq!((bronze.rank_index, bronze.paid_total), (0, money(9_999)));
    let gold = bought(Standing::new(0), 50_000, 0);
    assert_eq!(returned(gold, 50_000, 0, 1).rank_index, 0, "it may cost several ranks");
}

#[test]
fn a_rank_given_by_hand_outlives_a_refund() {
    let given = Standing { rank_index: 2, ..Standing::new(0) };
    let standing = returned(bought(given, 5_000, 1), 5_000, 1, 2);
    assert_eq!((standing.rank_index, standing.paid_total), (2, Money::ZERO));
    assert_eq!(standing.paid_in_period, Money::ZERO);
}

#[test]
fn a_refund_takes_from_the_period_only_what_was_paid_in_it() {
    let silver = bought(bought(Standing::new(0), 20_000, 0), 1_000, 5);
    assert_eq!(returned(silver, 1, 5, 6).paid_in_period, money(999));
    assert_eq!(at(returned(silver, 1, 5, 6), 10).rank_index, 0, "it is no longer confirmed");
    let next = bought(silver, 1_000, 12);
    assert_eq!(returned(next, 1_000, 5, 13).paid_in_period, money(1_000));
    assert_eq!(returned(next, 1_000, 5, 13).paid_total, money(21_000));
}

#[test]
fn a_refund_of_what_reached_the_rank_takes_nothing_from_what_confirms_it() {
    let silver = bought(bought(Standing::new(0), 12_000, 1), 1_000, 5);
    let after = returned(silver, 1_000, 1, 6);
    assert_eq!((after.rank_index, after.paid_in_period, after.paid_total), (1, money(1_000), money(12_000)));
    assert_eq!(at(after, 11).rank_index, 1);
}

#[test]
fn a_purchase_at_the_moment_of_joining_or_falling_is_of_the_period() {
    let joined = bought(Standing { rank_index: 1, ..Standing::new(0) }, 1_000, 0);
    assert_eq!(joined.paid_in_period, money(1_000));
    assert_eq!(returned(joined, 400, 0, 0).paid_in_period, money(600));
    let fallen = bought(at(bought(Standing::new(0), 60_000, 0), 20), 1_000, 20);
    assert_eq!((fallen.rank_index, fallen.paid_in_period), (1, money(1_000)));
    assert_eq!(returned(fallen, 400, 20, 20).paid_in_period, money(600));
}

#[test]
fn money_forfeited_by_a_demotion_is_not_taken_out_a_second_time() {
    let fallen = at(bought(Standing::new(0), 60_000, 0), 20);
    let standing = returned(fallen, 60_000, 0, 21);
    assert_eq!((standing.rank_index, standing.paid_total), (1, money(10_000)));
}

#[test]
fn a_clock_that_went_back_moves_nobody() {
    let silver = bought(Standing::new(0), 12_000, 100);
    assert_eq!(at(silver, 50), silver);
    assert_eq!(at(silver, -50), silver);
    let left =
        silver.confirmation_left(&ranks(), 50 * HOUR_MS).expect("a known rank").expect("not confirmed");
    assert_eq!((left.sum, left.hours), (money(1_000), 10));
}

#[test]
fn without_thresholds_no_purchase_and_no_refund_moves_a_guest() {
    let ranks = [rank("Бронзовый", 0, None), rank("Серебряный", 0, None), rank("Платиновый", 0, None)];
    for rank_index in 0..3 {
        let standing = Standing { rank_index, ..Standing::new(0) };
        let after = standing.after_purchase(&ranks, Money::MAX, 1).expect("a known rank");
        assert_eq!(after.rank_index, rank_index);
        assert_eq!(
            after.after_refund(&ranks, Money::MAX, 1, 2).expect("a known rank").rank_index,
            rank_index
        );
    }
}

#[test]
fn the_furthest_moments_and_sums_are_settled_all_the_same() {
    let standing = Standing { rank_index: 2, period_since_ms: i64::MIN, ..Standing::new(i64::MIN) };
    let settled = standing.as_of(&ranks(), i64::MAX).expect("a known rank");
    assert_eq!(settled.rank_index, 0);
    let late = Standing { rank_index: 2, ..Standing::new(i64::MAX) };
    assert_eq!(late.as_of(&ranks(), i64::MIN), Ok(late));
    assert_eq!(late.as_of(&ranks(), i64::MAX).expect("a known rank").rank_index, 0);
    let rich = bought(bought(Standing::new(0), Money::MAX.minor(), 1), Money::MAX.minor(), 1);
    assert_eq!(rich.paid_total, Money::MAX);
}

#[test]
fn a_rank_the_programme_does_not_have_is_refused() {
    let standing = Standing { rank_index: 3, ..Standing::new(0) };
    assert_eq!(standing.as_of(&ranks(), 0), Err(UnknownRank { rank_index: 3 }));
    assert_eq!(standing.after_purchase(&ranks(), money(1), 0), Err(UnknownRank { rank_index: 3 }));
    assert_eq!(standing.after_refund(&ranks(), money(1), 0, 0), Err(UnknownRank { rank_index: 3 }));
    assert_eq!(standing.confirmation_left(&ranks(), 0), Err(UnknownRank { rank_index: 3 }));
}

proptest! {
    #[test]
    fn looking_at_a_standing_in_between_changes_nothing(
        paid in 0_i64..=100_000, looks in vec(0_i64..=100, 0..8), last in 0_i64..=100,
    ) {
        let start = bought(Standing { rank_index: 1, ..Standing::new(0) }, paid, 1);
        let mut looks: Vec<i64> = looks.into_iter().map(|hour| hour.min(last)).collect();
        looks.sort_unstable();
        let looked_at = looks.into_iter().fold(start, at);
        prop_assert_eq!(at(looked_at, last), at(start, last));
    }

    #[test]
    fn purchases_never_lower_and_refunds_never_raise_a_rank(
        steps in vec((any::<bool>(), 0_i64..=60_000), 1..40),
    ) {
        let mut standing = Standing::new(0);
        for (is_purchase, minor) in steps {
            let next =
                if is_purchase { bought(standing, minor, 1) } else { returned(standing, minor, 1, 1) };
            if is_purchase {
                prop_assert!(next.rank_index >= standing.rank_index);
            } else {
                prop_assert!(next.rank_index <= standing.rank_index);
            }
            prop_assert!(!next.paid_total.is_negative() && !next.paid_in_period.is_negative());
            prop_assert!(next.paid_total >= ranks()[next.rank_index].threshold_minor);
            standing = next;
        }
    }

    #[test]
    fn what_is_counted_is_what_was_paid_and_not_returned_in_the_time_that_counts(
        steps in vec((1_i64..=8, prop_oneof![Just(0_i64), 1_i64..=1_500, 1_i64..=30_000], any::<Index>()), 1..60),
    ) {
        let (mut standing, mut now_ms, mut purchases) = (Standing::new(0), 0, Vec::<(i64, i64)>::new());
        // What counts though no purchase since the last demotion brought it: the threshold that was fallen to.
        let mut kept = 0;
        for (hours, minor, index) in steps {
            // Never the very millisecond a period ends.
            now_ms += hours * HOUR_MS + 7;
            let settled = standing.as_of(&ranks(), now_ms).expect("a known rank");
            if settled.counted_since_ms != standing.counted_since_ms {
                prop_assert!(settled.rank_index < standing.rank_index);
                kept = settled.paid_total.minor();
            }
            let returns = minor % 2 == 0 && !purchases.is_empty();
            standing = if returns {
                let (at_ms, left) = index.get(&purchases);
                let (at_ms, part) = (*at_ms, (*left).min(minor));
                purchases.iter_mut().filter(|one| one.0 == at_ms).for_each(|one| one.1 -= part);
                standing.after_refund(&ranks(), money(part), at_ms, now_ms).expect("a known rank")
            } else {
                purchases.push((now_ms, minor));
                standing.after_purchase(&ranks(), money(minor), now_ms).expect("a known rank")
            };
            let sum = |is_counted: &dyn Fn(i64) -> bool| -> i64 {
                purchases.iter().filter(|one| is_counted(one.0)).map(|one| one.1).sum()
            };
            let (since, counted_since) = (standing.period_since_ms, standing.counted_since_ms);
            let in_period = sum(&|at_ms| at_ms > since || (at_ms == since && since == counted_since));
            prop_assert_eq!(standing.paid_total.minor(), kept + sum(&|at_ms| at_ms >= counted_since));
            // A period that began by reaching a rank leaves out the purchase that reached it.
            prop_assert_eq!(standing.paid_in_period.minor(), in_period);
            prop_assert!(standing.paid_total >= ranks()[standing.rank_index].threshold_minor);
        }
    }
}

//! The gift a guest holds: the makers' scenario of a drink, and what a portion is.

use std::collections::HashSet;

use contract::{Money, Quantity};
use loyalty::bonuses::Bound;
use loyalty::programme::{Campaign, Effect, Target, Trigger};
use loyalty::{Guest, Line, Programme};

use crate::fixture::{calculated, campaign, campaign_id, dish, guest, order, portions, programme, share};

fn with_gift_drink() -> Programme {
    let mut programme = programme(5_000, 500);
    programme.campaigns.push(Campaign {
        trigger: Trigger::Privilege,
        target: Target::Categories(vec!["Напитки".to_owned()]),
        ..campaign(1, "Напиток в подарок", Effect::Gift)
    });
    programme
}

fn holder(balance_minor: i64) -> Guest {
    Guest { privileges: HashSet::from([campaign_id(1)]), ..guest(balance_minor) }
}

#[test]
fn the_drink_is_free_and_half_of_the_rest_may_be_paid_with_100_bonuses() {
    let programme = with_gift_drink();
    let mut lines = vec![dish("hot-pelmeni", "Горячее", 48_000), dish("drink-mors", "Напитки", 16_000)];
    let before = calculated(&programme, &order(lines.clone()), Some(&holder(10_000)), &[]);
    assert_eq!((before.total.minor(), before.discount.minor()), (48_000, 16_000));
    assert!(before.campaigns[0].uses_privilege);
    let bonuses = before.bonuses.expect("a guest has bonuses");
    assert_eq!((bonuses.max.payment.minor(), &bonuses.bound), (10_000, &Bound::Balance));
    assert_eq!((bonuses.max.accrual.minor(), bonuses.min.accrual.minor()), (1_900, 2_400));
    let by_line: Vec<i64> = bonuses.max.payment_by_line.iter().map(|part| part.minor()).collect();
    assert_eq!(by_line, [10_000, 0], "bonuses do not pay for what is a gift");

    lines.push(dish("dessert-medovik", "Десерты", 29_000));
    let after = calculated(&programme, &order(lines), Some(&holder(10_000)), &[]);
    assert_eq!((after.total.minor(), after.discount.minor()), (77_000, 16_000));
    let bonuses = after.bonuses.expect("a guest has bonuses");
    assert_eq!((bonuses.max.payment.minor(), bonuses.max.accrual.minor()), (10_000, 3_350));
}

#[test]
fn who_holds_no_gift_gets_none() {
    let order = order(vec![dish("drink-mors", "Напитки", 16_000)]);
    for guest in [None, Some(guest(10_000))] {
        let calculation = calculated(&with_gift_drink(), &order, guest.as_ref(), &[]);
        assert_eq!((calculation.total.minor(), calculation.campaigns.len()), (16_000, 0));
    }
}

#[test]
fn one_use_is_one_portion_of_the_dearest() {
    let table: [(Vec<Line>, Vec<i64>); 6] = [
        (vec![portions("drink-mors", "Напитки", 3, 48_000)], vec![16_000]),
        (
            vec![portions("drink-mors", "Напитки", 3, 48_000), dish("drink-tea", "Напитки", 19_000)],
            vec![0, 19_000],
        ),
        (vec![dish("drink-mors", "Напитки", 16_000), dish("drink-mors", "Напитки", 16_000)], vec![16_000, 0]),
        // A third of 100.00 is cut: a gift never takes more than a portion's price.
        (vec![portions("drink-tea", "Напитки", 3, 10_000)], vec![3_333]),
        (vec![dish("drink-tea", "Напитки", 0), dish("drink-mors", "Напитки", 1)], vec![0, 1]),
        (vec![dish("soup-borsch", "Горячее", 34_000), dish("drink-tea", "Напитки", 19_000)], vec![0, 19_000]),
    ];
    for (lines, expected) in table {
        let calculation = calculated(&with_gift_drink(), &order(lines.clone()), Some(&holder(0)), &[]);
        let by_line: Vec<i64> =
            calculation.campaigns[0].discount_by_line.iter().map(|part| part.minor()).collect();
        assert_eq!(by_line, expected, "{lines:?}");
    }
}

#[test]
fn less_than_a_portion_is_given_whole() {
    let mut line = dish("drink-tea", "Напитки", 9_500);
    line.quantity = Quantity::from_milli(500);
    let calculation = calculated(&with_gift_drink(), &order(vec![line]), Some(&holder(0)), &[]);
    assert_eq!(calculation.total, Money::ZERO);
    assert_eq!(calculation.bonuses.expect("a guest has bonuses").bound, Bound::NothingToPay);
}

#[test]
fn a_gift_that_costs_nothing_is_not_used_up() {
    let calculation =
        calculated(&with_gift_drink(), &order(vec![dish("mod-ice", "Напитки", 0)]), Some(&holder(0)), &[]);
    assert_eq!(calculation.campaigns, []);
}

#[test]
fn a_gift_leaves_its_line_out_of_a_later_discount() {
    let mut programme = with_gift_drink();
    programme.campaigns.push(campaign(2, "Скидка", Effect::Percent { share_bp: share(1_000) }));
    let order = order(vec![dish("hot-pelmeni", "Горячее", 48_000), dish("drink-mors", "Напитки", 16_000)]);
    let calculation = calculated(&programme, &order, Some(&holder(0)), &[]);
    assert_eq!(calculation.total.minor(), 43_200);
    assert_eq!(calculation.campaigns[1].discount.minor(), 4_800);
}

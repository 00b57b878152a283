//! Lines that cannot be paid with bonuses, lines that bring none, and what the guest is told about it.

use contract::Money;
use loyalty::bonuses::{Bonuses, Bound, Limits};
use loyalty::programme::{Combination, Effect, Exclusion};
use loyalty::{Line, Programme};

use crate::fixture::{calculated, campaign, dish, guest, order, programme, share};

fn codes(names: &[&str]) -> Exclusion {
    Exclusion { codes: names.iter().map(|name| (*name).to_owned()).collect(), ..Exclusion::default() }
}

fn categories(names: &[&str]) -> Exclusion {
    Exclusion { categories: names.iter().map(|name| (*name).to_owned()).collect(), ..Exclusion::default() }
}

/// Pies for 300.00 and wine for 700.00.
fn supper() -> Vec<Line> {
    vec![dish("pie-cherry", "Пироги", 30_000), dish("wine-red", "Вина", 70_000)]
}

fn bonuses(programme: &Programme, lines: Vec<Line>, balance_minor: i64) -> Bonuses {
    let calculation = calculated(programme, &order(lines), Some(&guest(balance_minor)), &[]);
    calculation.bonuses.expect("a guest has bonuses")
}

fn money(minor: i64) -> Money {
    Money::from_minor(minor)
}

#[test]
fn the_least_of_share_balance_and_payable_lines_bounds_the_payment_and_tells_by_how_much() {
    // Limit in basis points and balance; then the most, the bound and what it keeps back.
    let table = [
        (10_000, 200_000, 30_000, Bound::Lines, 70_000),
        (5_000, 200_000, 30_000, Bound::Lines, 20_000),
        (10_000, 40_000, 30_000, Bound::Lines, 10_000),
        (5_000, 29_999, 29_999, Bound::Balance, 1),
        (2_000, 25_000, 20_000, Bound::Share { share: share(2_000) }, 5_000),
        (2_000, 200_000, 20_000, Bound::Share { share: share(2_000) }, 10_000),
        (2_000, 20_000, 20_000, Bound::Share { share: share(2_000) }, 0),
        (3_000, 200_000, 30_000, Bound::Share { share: share(3_000) }, 0),
        (10_000, 30_000, 30_000, Bound::Balance, 0),
        (10_000, 0, 0, Bound::Balance, 30_000),
    ];
    for (limit_bp, balance, most, bound, held_back) in table {
        let programme = Programme { unpayable: categories(&["Вина"]), ..programme(limit_bp, 500) };
        let bonuses = bonuses(&programme, supper(), balance);
        let case = format!("{limit_bp} bp, balance {balance}");
        assert_eq!((bonuses.max.payment, &bonuses.bound), (money(most), &bound), "{case}");
        assert_eq!(bonuses.held_back, money(held_back), "{case}");
        let limits = Limits {
            share: share(limit_bp).of_down(money(100_000)),
            balance: money(balance),
            lines: money(30_000),
        };
        assert_eq!(bonuses.limits, limits, "{case}");
        assert_eq!(bonuses.max.payment_by_line, [money(most), Money::ZERO], "{case}");
    }
}

#[test]
fn a_payment_is_split_over_the_payable_lines_only() {
    let lines = vec![
        dish("pie-cherry", "Пироги", 10_000),
        dish("wine-red", "Вина", 70_000),
        dish("pie-meat", "Пироги", 20_000),
    ];
    let programme = Programme { unpayable: codes(&["wine-red"]), ..programme(10_000, 500) };
    let bonuses = bonuses(&programme, lines, 100_000);
    assert_eq!(bonuses.max.payment_by_line, [money(10_000), Money::ZERO, money(20_000)]);
    let part = bonuses.pay(money(100)).expect("within the limits");
    assert_eq!(part.payment_by_line, [money(33), Money::ZERO, money(67)]);
    assert!(bonuses.pay(money(30_001)).is_err());
}

#[test]
fn money_paid_for_what_brings_nothing_brings_nothing() {
    let programme = Programme { unaccruing: categories(&["Вина"]), ..programme(10_000, 1_000) };
    let bonuses = bonuses(&programme, supper(), 50_000);
    assert_eq!(bonuses.min.accrual, money(3_000), "10 % of the pies");
    // 500.00 of 1000.00 are paid with bonuses, so half the pies.
    assert_eq!(bonuses.max.accrual, money(1_500));
    assert_eq!(bonuses.lines.iter().map(|line| line.accrues).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_line_may_be_paid_and_bring_nothing_or_bring_and_not_be_paid() {
    let programme = Programme {
        unpayable: codes(&["pie-cherry"]),
        unaccruing: codes(&["wine-red"]),
        ..programme(10_000, 1_000)
    };
    let bonuses = bonuses(&programme, supper(), 100_000);
    assert_eq!(bonuses.max.payment_by_line, [Money::ZERO, money(70_000)]);
    assert_eq!((bonuses.min.accrual, bonuses.max.accrual), (money(3_000), money(3_000)));
}

#[test]
fn discounts_are_off_before_the_payable_lines_are_counted() {
    let mut programme = Programme { unpayable: categories(&["Вина"]), ..programme(10_000, 1_000) };
    programme.campaigns.push(campaign(1, "Лето", Effect::Percent { share_bp: share(5_000) }));
    assert_eq!(bonuses(&programme, supper(), 100_000).max.payment, money(15_000));
}

#[test]
fn the_guest_is_told_what_the_lines_keep_back() {
    let half = Programme { unpayable: categories(&["Вина"]), ..programme(5_000, 500) };
    let notices = bonuses(&half, supper(), 200_000).notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].primary, "Бонусами можно оплатить до 300 р. этого заказа.");
    assert_eq!(
        notices[0].secondary,
        "Ещё 200 р. можно было бы оплатить бонусами, но остальные позиции заказа бонусами не оплачиваются."
    );
    let wine = vec![dish("wine-red", "Вина", 70_000)];
    let notice = bonuses(&half, wine, 10_050).notices.remove(0);
    assert_eq!(notice.primary, "Этот заказ нельзя оплатить бонусами.");
    assert_eq!(
        notice.secondary,
        "100.50 р. можно было бы оплатить бонусами, но позиции этого заказа бонусами не оплачиваются."
    );
}

#[test]
fn every_bound_explains_what_it_keeps_back() {
    // Limit in basis points and balance; then the sentence for an order of 1000.00.
    let table = [
        (
            5_000,
            80_000,
            "Ещё 300 р. можно было бы оплатить бонусами, но бонусами оплачивается не более 50% заказа.",
        ),
        (
            5_000,
            12_345,
            "Ещё 376.55 р. можно было бы оплатить бонусами, но на вашем счёте 123.45 бонусных баллов.",
        ),
        (5_000, 0, "500 р. можно было бы оплатить бонусами, но на вашем счёте пока нет бонусных баллов."),
        (0, 500, "5 р. можно было бы оплатить бонусами, но в этой программе бонусами не расплачиваются."),
        (5_000, 50_000, "Бонусами оплачивается не более 50% заказа."),
        (0, 0, "В этой программе бонусами не расплачиваются."),
    ];
    for (limit_bp, balance, said) in table {
        let explanation = bonuses(&programme(limit_bp, 500), supper(), balance).notices;
        assert_eq!(explanation[0].secondary, said, "{limit_bp} {balance}");
    }
    let mut forbidding = programme(5_000, 500);
    forbidding.campaigns = vec![loyalty::programme::Campaign {
        bonuses: Combination::Forbidden,
        ..campaign(1, "Лето", Effect::Percent { share_bp: share(1_000) })
    }];
    let forbidden = bonuses(&forbidding, supper(), 50_000);
    assert_eq!(forbidden.held_back, Money::ZERO);
    assert_eq!(forbidden.notices[0].secondary, "Акция \"Лето\" не сочетается с бонусами.");
}

#[test]
fn the_guest_is_told_what_the_lines_do_not_bring() {
    let programme = Programme { unaccruing: categories(&["Вина"]), ..programme(5_000, 1_000) };
    let notices = bonuses(&programme, supper(), 0).notices;
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[1].primary, "За некоторые позиции этого заказа бонусы не начисляются.");
    assert_eq!(notices[1].secondary, "Иначе заказ принёс бы ещё 70 бонусных баллов.");
    let pies = vec![dish("pie-cherry", "Пироги", 30_000)];
    assert_eq!(bonuses(&programme, pies, 0).notices.len(), 1, "nothing is left out of this order");
}

#[test]
fn exclusions_are_read_from_the_programme_file_and_refused_with_their_path() {
    let file = |exclusion: &str| {
        format!(
            r#"{{"name": "П", "max_payable_share_bp": 5000, "ranks": [{{"name": "Один", "cashback_bp": 500}}],
                "unpayable": {exclusion}}}"#
        )
    };
    let read = Programme::from_json(&file(r#"{"codes": ["wine-red"], "categories": ["Вина", "Табак"]}"#));
    let read = read.expect("a valid programme");
    assert_eq!(read.unpayable.codes.len() + read.unpayable.categories.len(), 3);
    assert!(read.unaccruing.is_empty());
    let written = serde_json::to_string(&read).expect("a programme can be written");
    assert_eq!(Programme::from_json(&written), Ok(read));
    for (exclusion, path) in [
        (r#"{"codes": [" "]}"#, "unpayable.codes"),
        (r#"{"categories": ["Вина", ""]}"#, "unpayable.categories"),
        (r#"{"code": ["wine-red"]}"#, "unpayable.code"),
        (r#""wine-red""#, "unpayable"),
    ] {
        assert_eq!(Programme::from_json(&file(exclusion)).expect_err(exclusion).path, path);
    }
}

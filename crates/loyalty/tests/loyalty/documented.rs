//! The numbers the makers publish in the examples of their interfaces.

use contract::Money;
use loyalty::bonuses::Bound;
use loyalty::programme::{Combination, Effect, PromoCode, Trigger};

use crate::fixture::{calculated, campaign, campaign_id, dish, guest, order, programme, share};

/// The makers' base campaign: 10 % of a bill from 1000, which does not go together with bonuses.
fn ten_per_cent_from_1000() -> loyalty::programme::Campaign {
    loyalty::programme::Campaign {
        min_order_minor: Some(Money::from_minor(100_000)),
        bonuses: Combination::Forbidden,
        ..campaign(
            1,
            "Базовая акция скидка на чек 10% за чек от 1000р",
            Effect::Percent { share_bp: share(1000) },
        )
    }
}

#[test]
fn the_published_limits_and_accruals_are_reproduced() {
    // Order, limit and cashback in basis points, balance; then the most, the accrual with it and without.
    let table =
        [(20_000, 5_000, 500, 123_058, 10_000, 500, 1_000), (10_000, 10_000, 200, 321, 321, 194, 200)];
    for (sum, limit_bp, cashback_bp, balance, most, accrual_with, accrual_without) in table {
        let order = order(vec![dish("pie-cherry", "Пироги", sum)]);
        let calculation = calculated(&programme(limit_bp, cashback_bp), &order, Some(&guest(balance)), &[]);
        let bonuses = calculation.bonuses.expect("a guest has bonuses");
        assert_eq!(bonuses.min.payment, Money::ZERO);
        assert_eq!(bonuses.max.payment.minor(), most, "of {sum}");
        assert_eq!(bonuses.max.accrual.minor(), accrual_with, "of {sum}");
        assert_eq!(bonuses.min.accrual.minor(), accrual_without, "of {sum}");
    }
}

#[test]
fn ten_per_cent_from_1000_takes_140_off_1400_and_leaves_no_bonuses() {
    let mut programme = programme(5_000, 500);
    programme.campaigns.push(ten_per_cent_from_1000());
    let order = order(vec![dish("pie-meat", "Пироги", 140_000)]);
    let calculation = calculated(&programme, &order, Some(&guest(123_058)), &[]);
    assert_eq!((calculation.total.minor(), calculation.discount.minor()), (126_000, 14_000));
    assert_eq!(
        calculation.campaigns[0].notices[0].primary,
        "Вы получили скидку 10% по акции \"Базовая акция скидка на чек 10% за чек от 1000р\"."
    );
    let bonuses = calculation.bonuses.expect("a guest has bonuses");
    assert_eq!(bonuses.max.payment, Money::ZERO);
    assert_eq!((bonuses.max.accrual, bonuses.min.accrual), (Money::ZERO, Money::ZERO));
    assert_eq!(bonuses.bound, Bound::Campaign { name: programme.campaigns[0].name.clone() });
}

#[test]
fn promo_code_of_100_leaves_1300_of_1400() {
    let mut programme = programme(5_000, 500);
    let mut promo = campaign(
        2,
        "Скидка по промокоду PROMOCODE1",
        Effect::Fixed { amount_minor: Money::from_minor(10_000) },
    );
    promo.trigger = Trigger::PromoCode(PromoCode::new("PROMOCODE1"));
    promo.exclusive_group = Some("чек".to_owned());
    let mut base = ten_per_cent_from_1000();
    base.exclusive_group = Some("чек".to_owned());
    programme.campaigns = vec![promo, base];
    let order = order(vec![dish("pie-meat", "Пироги", 140_000)]);
    let with = calculated(&programme, &order, Some(&guest(123_058)), &["PROMOCODE1"]);
    assert_eq!((with.total.minor(), with.discount.minor()), (130_000, 10_000));
    assert_eq!(with.campaigns.len(), 1);
    assert_eq!(with.campaigns[0].id, campaign_id(2));
    assert_eq!(with.campaigns[0].notices[0].primary, "Вы получили скидку 100 р. по промокоду PROMOCODE1.");
    let without = calculated(&programme, &order, Some(&guest(123_058)), &[]);
    assert_eq!(without.total.minor(), 126_000, "without the code the base campaign is due");
}

#[test]
fn the_makers_second_example_takes_160_off_1600() {
    let mut programme = programme(5_000, 500);
    programme.campaigns.push(ten_per_cent_from_1000());
    let order = order(vec![dish("pie-meat", "Пироги", 112_000), dish("hot-pelmeni", "Горячее", 48_000)]);
    let calculation = calculated(&programme, &order, Some(&guest(123_058)), &[]);
    assert_eq!((calculation.total.minor(), calculation.discount.minor()), (144_000, 16_000));
    let by_line: Vec<i64> =
        calculation.campaigns[0].discount_by_line.iter().map(|part| part.minor()).collect();
    assert_eq!(by_line, [11_200, 4_800]);
}

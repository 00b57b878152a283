//! Promises that hold for every programme, order and guest.

use std::collections::HashSet;

use contract::Money;
use loyalty::calculation::by_code;
use loyalty::programme::{Combination, Effect, Exclusion};
use loyalty::{Calculation, Expedition, Guest, Line, Order, Programme, calculate};
use proptest::prelude::*;

use crate::fixture::{NOON, assert_adds_up, campaign, programme, share};
use crate::made_up::{codes, exclusions, guests, orders, programmes};

fn calculated(programme: &Programme, order: &Order, guest: Option<&Guest>) -> Calculation {
    programme.check().expect("only valid programmes are made up");
    calculate(programme, order, guest, &codes()).expect("a known rank")
}

proptest! {
    #[test]
    fn every_sum_is_the_sum_of_its_parts(programme in programmes(), order in orders(), guest in guests()) {
        assert_adds_up(&order, &calculated(&programme, &order, Some(&guest)));
        assert_adds_up(&order, &calculated(&programme, &order, None));
    }

    #[test]
    fn the_spend_stays_within_the_balance_and_the_limit(
        programme in programmes(), order in orders(), guest in guests(),
    ) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let bonuses = calculation.bonuses.expect("a guest has bonuses");
        let most = i128::from(bonuses.max.payment.minor());
        let limit = i128::from(calculation.total.minor()) * i128::from(programme.max_payable_share_bp.bp());
        prop_assert!(most <= i128::from(guest.balance.minor()));
        prop_assert!(most * 10_000 <= limit);
        let is_out = |line: &Line, excluded: &Exclusion| {
            excluded.codes.contains(&line.code) || line.categories.iter().any(|one| excluded.categories.contains(one))
        };
        let mut payable = 0;
        for (index, line) in order.lines().iter().enumerate() {
            if is_out(line, &programme.unpayable) {
                prop_assert_eq!(bonuses.max.payment_by_line[index], Money::ZERO);
            } else {
                payable += i128::from(calculation.total_by_line[index].minor());
            }
        }
        prop_assert!(most <= payable);
        let told = calculation.campaigns.iter().map(|one| &one.id);
        let is_forbidden = told.chain(calculation.rewards.iter().map(|one| &one.campaign_id)).any(|id| {
            programme.campaigns.iter().any(|one| one.id == *id && one.bonuses == Combination::Forbidden)
        });
        if is_forbidden {
            prop_assert_eq!(most, 0);
            prop_assert_eq!((bonuses.min.accrual, bonuses.max.accrual), (Money::ZERO, Money::ZERO));
        } else {
            // One minor unit more would break the balance, the limit or the lines.
            let one_more = most + 1;
            let breaks = [one_more > i128::from(guest.balance.minor()), one_more * 10_000 > limit, one_more > payable];
            prop_assert!(breaks.contains(&true));
            // Of the three, the one that binds keeps back what the next would allow.
            let next = most + i128::from(bonuses.held_back.minor());
            prop_assert!(next <= i128::from(calculation.total.minor()).max(i128::from(guest.balance.minor())));
            let is_told = bonuses.notices[0].secondary.contains("можно было бы оплатить");
            prop_assert_eq!(is_told, bonuses.held_back.is_positive());
        }
    }

    #[test]
    fn the_accrual_is_within_half_a_unit_of_the_cashback_and_falls_as_bonuses_are_spent(
        limit_bp in 0_u32..=10_000, cashback_bp in 0_u32..=10_000,
        order in orders(), guest in guests(), permille in 0_i64..=1_000,
    ) {
        let calculation = calculated(&programme(limit_bp, cashback_bp), &order, Some(&guest));
        let bonuses = calculation.bonuses.expect("a guest has bonuses");
        let payment = Money::from_minor(bonuses.max.payment.minor() / 1_000 * permille);
        let side = bonuses.pay(payment).expect("within the limits");
        let paid = i128::from(calculation.total.minor() - payment.minor());
        let off = i128::from(side.accrual.minor()) * 10_000 - paid * i128::from(cashback_bp);
        prop_assert!((-5_000 < off) && (off <= 5_000));
        prop_assert!(bonuses.max.accrual <= side.accrual && side.accrual <= bonuses.min.accrual);
        prop_assert_eq!(side.payment_by_line.iter().map(|part| part.minor()).sum::<i64>(), payment.minor());
    }

    #[test]
    fn only_the_money_paid_for_what_accrues_brings_bonuses(
        unpayable in exclusions(), unaccruing in exclusions(), cashback_bp in 0_u32..=10_000,
        order in orders(), guest in guests(),
    ) {
        let programme = Programme { unpayable, unaccruing: unaccruing.clone(), ..programme(5_000, cashback_bp) };
        let calculation = calculated(&programme, &order, Some(&guest));
        let bonuses = calculation.bonuses.expect("a guest has bonuses");
        for side in [&bonuses.min, &bonuses.max] {
            let money: i64 = (0..order.lines().len())
                .filter(|index| !unaccruing.covers(&order.lines()[*index]))
                .map(|index| calculation.total_by_line[index].minor() - side.payment_by_line[index].minor())
                .sum();
            let off = i128::from(side.accrual.minor()) * 10_000 - i128::from(money) * i128::from(cashback_bp);
            prop_assert!((-5_000 < off) && (off <= 5_000));
        }
    }

    #[test]
    fn amounts_by_code_add_up_to_the_amounts_by_line(order in orders()) {
        let by_line: Vec<Money> = order.lines().iter().map(|line| line.cost).collect();
        let sums = by_code(&order, &by_line);
        prop_assert_eq!(sums.iter().map(|(_, sum)| sum.minor()).sum::<i64>(), order.cost().minor());
        let names: HashSet<&str> = sums.iter().map(|(code, _)| code.as_str()).collect();
        prop_assert_eq!(names.len(), sums.len(), "each code is named once");
        for (code, sum) in &sums {
            let own = order.lines().iter().filter(|line| line.code == *code);
            prop_assert_eq!(own.map(|line| line.cost.minor()).sum::<i64>(), sum.minor());
        }
    }

    #[test]
    fn every_programme_survives_being_written_and_read(programme in programmes()) {
        let json = serde_json::to_string(&programme).expect("a programme can be written");
        prop_assert_eq!(Programme::from_json(&json), Ok(programme));
    }
}

#[test]
fn the_largest_order_of_500_lines_is_calculated_exactly() {
    let largest = Money::MAX.minor() / 500;
    let lines =
        (0..500).map(|number| crate::fixture::dish(&format!("dish-{number}"), "Пироги", largest - number));
    let order = Order::new(lines.collect(), Expedition::InRestaurant, NOON).expect("a possible order");
    let mut programme = programme(10_000, 10_000);
    programme.campaigns.push(campaign(1, "Скидка", Effect::Percent { share_bp: share(3_333) }));
    let guest = Guest { balance: Money::MAX, ..Guest::default() };
    let calculation = calculated(&programme, &order, Some(&guest));
    assert_adds_up(&order, &calculation);
    assert_eq!(calculation.bonuses.expect("a guest has bonuses").max.payment, calculation.total);
}

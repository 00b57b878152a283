//! Promises that hold for every programme, order and guest.

use std::collections::{BTreeSet, HashSet};

use contract::{Money, Quantity};
use loyalty::calculation::by_code;
use loyalty::programme::{Campaign, Combination, Effect, Exclusion, PromoCode, Target, Trigger};
use loyalty::{Calculation, Expedition, Guest, Line, Order, Programme, calculate};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::fixture::{NOON, assert_adds_up, campaign, campaign_id, programme, share};

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let amount = prop_oneof![Just(0_i64), 1_i64..=50_000, 1_i64..=1_000_000_000];
    let line = (0_u8..6, 0_u8..3, 1_i64..=9_000, amount.clone(), amount).prop_map(
        |(code, category, milli, price, cost)| Line {
            code: format!("dish-{code}"),
            categories: vec![format!("category-{category}")],
            quantity: Quantity::from_milli(milli),
            price: Money::from_minor(price),
            cost: Money::from_minor(cost),
        },
    );
    vec(line, 1..20)
}

fn orders() -> impl Strategy<Value = Order> {
    let way =
        prop_oneof![Just(Expedition::InRestaurant), Just(Expedition::Delivery), Just(Expedition::Pickup)];
    (lines(), way).prop_map(|(lines, way)| Order::new(lines, way, NOON).expect("a possible order"))
}

fn campaigns() -> impl Strategy<Value = Campaign> {
    // The promo code is set by `programmes`, which knows the campaign's place and so a code of its own.
    let trigger = prop_oneof![
        Just(Trigger::Automatic),
        Just(Trigger::Privilege),
        Just(Trigger::PromoCode(PromoCode::new(""))),
    ];
    let target = prop_oneof![
        Just(Target::All),
        (0_u8..6).prop_map(|code| Target::Codes(vec![format!("dish-{code}")])),
        (0_u8..3).prop_map(|category| Target::Categories(vec![format!("category-{category}")])),
    ];
    let effect = prop_oneof![
        (1_u32..=10_000).prop_map(|bp| Effect::Percent { share_bp: share(bp) }),
        (1_i64..=1_000_000).prop_map(|minor| Effect::Fixed { amount_minor: Money::from_minor(minor) }),
        Just(Effect::Gift),
    ];
    let least = option::of((1_i64..=500_000).prop_map(Money::from_minor));
    let group = option::of((0_u8..2).prop_map(|group| format!("group-{group}")));
    (trigger, target, effect, least, group, any::<bool>()).prop_map(
        |(trigger, target, effect, min_order_minor, exclusive_group, is_forbidding)| Campaign {
            trigger,
            target,
            min_order_minor,
            exclusive_group,
            bonuses: if is_forbidding { Combination::Forbidden } else { Combination::Allowed },
            ..campaign(0, "Акция", effect)
        },
    )
}

/// Nothing, a dish, a category, or both.
fn exclusions() -> impl Strategy<Value = Exclusion> {
    let name = |kind: &'static str| move |number: u8| BTreeSet::from([format!("{kind}-{number}")]);
    let codes = option::of((0_u8..6).prop_map(name("dish")));
    let categories = option::of((0_u8..3).prop_map(name("category")));
    (codes, categories).prop_map(|(codes, categories)| Exclusion {
        codes: codes.unwrap_or_default(),
        categories: categories.unwrap_or_default(),
    })
}

fn programmes() -> impl Strategy<Value = Programme> {
    let shares = (0_u32..=10_000, 0_u32..=10_000);
    (shares, exclusions(), exclusions(), vec(campaigns(), 0..5)).prop_map(
        |(shares, unpayable, unaccruing, campaigns)| {
            let (limit_bp, cashback_bp) = shares;
            let mut programme = Programme { unpayable, unaccruing, ..programme(limit_bp, cashback_bp) };
            for (number, mut campaign) in (1..).zip(campaigns) {
                campaign.id = campaign_id(number);
                if let Trigger::PromoCode(code) = &mut campaign.trigger {
                    *code = PromoCode::new(format!("CODE{number}"));
                }
                programme.campaigns.push(campaign);
            }
            programme
        },
    )
}

fn guests() -> impl Strategy<Value = Guest> {
    (prop_oneof![Just(0_i64), 0_i64..=100_000, 0_i64..=1_000_000_000], vec(any::<bool>(), 5)).prop_map(
        |(balance, holds)| Guest {
            balance: Money::from_minor(balance),
            rank_index: 0,
            privileges: (1..)
                .zip(holds)
                .filter(|(_, held)| *held)
                .map(|(number, _)| campaign_id(number))
                .collect::<HashSet<_>>(),
            ..Guest::default()
        },
    )
}

fn codes() -> Vec<String> {
    ["CODE1", "code3", "CODE5", "unknown"].map(str::to_owned).to_vec()
}

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
        let is_forbidden = calculation.campaigns.iter().any(|told| {
            programme.campaigns.iter().any(|one| one.id == told.id && one.bonuses == Combination::Forbidden)
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
            prop_assert_eq!(bonuses.explanation().is_some(), bonuses.held_back.is_positive());
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
    fn of_each_exclusive_group_one_campaign_works(programme in programmes(), order in orders(), guest in guests()) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let mut groups = HashSet::new();
        for told in &calculation.campaigns {
            let campaign = programme.campaigns.iter().find(|one| one.id == told.id).expect("of this programme");
            if let Some(group) = &campaign.exclusive_group {
                prop_assert!(groups.insert(group.clone()), "twice of {}", group);
            }
            if campaign.trigger == Trigger::Privilege {
                prop_assert!(guest.privileges.contains(&campaign.id));
            }
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

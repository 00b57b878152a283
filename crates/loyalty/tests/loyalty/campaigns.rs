//! When a campaign is due, what it works on, and what it leaves to the next.

use contract::Money;
use loyalty::programme::{Campaign, Combination, Effect, PromoCode, Target, Trigger};
use loyalty::{Calculation, Expedition, Order};

use crate::fixture::{NOON, calculated, campaign, dish, guest, order, programme, share};

fn percent(number: u8, bp: u32) -> Campaign {
    campaign(number, "Скидка", Effect::Percent { share_bp: share(bp) })
}

fn fixed(number: u8, minor: i64) -> Campaign {
    campaign(number, "Скидка", Effect::Fixed { amount_minor: Money::from_minor(minor) })
}

fn with(campaigns: Vec<Campaign>, order: &Order, promo_codes: &[&str]) -> Calculation {
    let mut programme = programme(5_000, 500);
    programme.campaigns = campaigns;
    calculated(&programme, order, None, promo_codes)
}

#[test]
fn the_least_sum_is_reached_exactly_or_not_at_all() {
    for (cost, discount) in [(99_999, 0), (100_000, 10_000), (100_001, 10_000)] {
        let mut campaign = percent(1, 1_000);
        campaign.min_order_minor = Some(Money::from_minor(100_000));
        let order = order(vec![dish("pie-cherry", "Пироги", cost)]);
        assert_eq!(with(vec![campaign], &order, &[]).discount.minor(), discount, "of {cost}");
    }
}

#[test]
fn the_least_sum_counts_costs_before_the_programmes_discounts() {
    let mut second = percent(2, 1_000);
    second.min_order_minor = Some(Money::from_minor(100_000));
    let order = order(vec![dish("pie-cherry", "Пироги", 100_000)]);
    let calculation = with(vec![fixed(1, 20_000), second], &order, &[]);
    assert_eq!(calculation.discount.minor(), 20_000 + 8_000);
}

#[test]
fn a_cost_already_discounted_outside_is_what_the_campaign_works_on() {
    let mut line = dish("pie-cherry", "Пироги", 42_000);
    line.cost = Money::from_minor(40_000);
    let calculation = with(vec![percent(1, 1_000)], &order(vec![line]), &[]);
    assert_eq!((calculation.discount.minor(), calculation.total.minor()), (4_000, 36_000));
}

#[test]
fn only_lines_of_the_target_are_discounted() {
    let order =
        order(vec![dish("soup-borsch", "Горячее", 34_000), dish("dessert-medovik", "Десерты", 29_000)]);
    let targets = [
        (Target::All, vec![3_400, 2_900]),
        (Target::Categories(vec!["Десерты".to_owned()]), vec![0, 2_900]),
        (Target::Codes(vec!["soup-borsch".to_owned()]), vec![3_400, 0]),
    ];
    for (target, expected) in targets {
        let mut campaign = percent(1, 1_000);
        campaign.target = target;
        let calculation = with(vec![campaign], &order, &[]);
        let by_line: Vec<i64> =
            calculation.campaigns[0].discount_by_line.iter().map(|part| part.minor()).collect();
        assert_eq!(by_line, expected);
    }
}

#[test]
fn a_campaign_whose_target_is_not_ordered_is_not_told_of() {
    let mut campaign = percent(1, 1_000);
    campaign.target = Target::Categories(vec!["Напитки".to_owned()]);
    let calculation = with(vec![campaign], &order(vec![dish("soup-borsch", "Горячее", 34_000)]), &[]);
    assert_eq!((calculation.campaigns.len(), calculation.discount), (0, Money::ZERO));
}

#[test]
fn a_fixed_discount_takes_no_more_than_there_is_to_pay() {
    let order = order(vec![dish("drink-mors", "Напитки", 4_000), dish("mod-ice", "Напитки", 0)]);
    let calculation = with(vec![fixed(1, 10_000)], &order, &[]);
    assert_eq!((calculation.discount.minor(), calculation.total.minor()), (4_000, 0));
    assert_eq!(calculation.campaigns[0].notices[0].primary, "Вы получили скидку 40 р. по акции \"Скидка\".");
}

#[test]
fn campaigns_work_in_their_order_on_what_is_left() {
    let order = order(vec![dish("pie-cherry", "Пироги", 100_000)]);
    assert_eq!(with(vec![percent(1, 1_000), fixed(2, 10_000)], &order, &[]).total.minor(), 80_000);
    assert_eq!(with(vec![fixed(2, 10_000), percent(1, 1_000)], &order, &[]).total.minor(), 81_000);
}

#[test]
fn of_an_exclusive_group_the_first_that_gives_something_wins() {
    let mut nothing = percent(1, 5_000);
    nothing.target = Target::Codes(vec!["not-ordered".to_owned()]);
    let mut campaigns = vec![nothing, percent(2, 1_000), percent(3, 9_000)];
    for campaign in &mut campaigns {
        campaign.exclusive_group = Some("чек".to_owned());
    }
    let calculation = with(campaigns, &order(vec![dish("pie-cherry", "Пироги", 10_000)]), &[]);
    assert_eq!(calculation.campaigns.len(), 1);
    assert_eq!(calculation.discount.minor(), 1_000);
}

#[test]
fn a_campaign_for_delivery_is_due_for_delivery_alone() {
    let mut campaign = percent(1, 1_000);
    campaign.expeditions = vec![Expedition::Delivery];
    let ways = [(Expedition::Delivery, 1_000), (Expedition::Pickup, 0), (Expedition::InRestaurant, 0)];
    for (way, discount) in ways {
        let order = Order::new(vec![dish("pie-cherry", "Пироги", 10_000)], way, NOON).expect("an order");
        assert_eq!(with(vec![campaign.clone()], &order, &[]).discount.minor(), discount, "{way:?}");
    }
}

#[test]
fn a_promo_code_is_read_in_either_case_and_used_once() {
    let mut campaign = fixed(1, 1_000);
    campaign.trigger = Trigger::PromoCode(PromoCode::new("Лето1"));
    let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
    let table = [
        (vec!["Лето1"], 1_000),
        (vec![" лЕТО1\t"], 1_000),
        (vec!["ЛЕТО1", "лето1"], 1_000),
        (vec!["чужой", "лето1"], 1_000),
        (vec!["лето"], 0),
        (vec!["лето 1"], 0),
        (vec![""], 0),
        (vec![], 0),
    ];
    for (codes, discount) in table {
        assert_eq!(with(vec![campaign.clone()], &order, &codes).discount.minor(), discount, "{codes:?}");
    }
}

#[test]
fn bonuses_go_together_with_a_discount_unless_its_campaign_says_otherwise() {
    let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
    // Combination; then the most, the accrual with it and without.
    for (bonuses, most, with_most, without) in
        [(Combination::Allowed, 4_500, 225, 450), (Combination::Forbidden, 0, 0, 0)]
    {
        let mut programme = programme(5_000, 500);
        programme.campaigns = vec![Campaign { bonuses, ..percent(1, 1_000) }];
        let calculation = calculated(&programme, &order, Some(&guest(1_000_000)), &[]);
        let sides = calculation.bonuses.expect("a guest has bonuses");
        assert_eq!(sides.max.payment.minor(), most, "{bonuses:?}");
        assert_eq!((sides.max.accrual.minor(), sides.min.accrual.minor()), (with_most, without));
    }
}

#[test]
fn a_forbidding_campaign_that_gives_nothing_forbids_nothing() {
    let mut programme = programme(5_000, 500);
    let mut campaign = Campaign { bonuses: Combination::Forbidden, ..percent(1, 1_000) };
    campaign.min_order_minor = Some(Money::from_minor(100_000));
    programme.campaigns = vec![campaign];
    let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
    let calculation = calculated(&programme, &order, Some(&guest(1_000_000)), &[]);
    assert_eq!(calculation.bonuses.expect("a guest has bonuses").max.payment.minor(), 5_000);
}

//! When a campaign is due: its period, days and hours, what the order holds, how it is received, whose first it is.

use contract::{Money, Quantity};
use loyalty::programme::{Campaign, Contained, Effect, Hours, Target, TimeOfDay, Weekday};
use loyalty::{Expedition, Guest, Line, Moment, Order, Programme};

use crate::fixture::{
    NOON, bonus_gift, calculated, campaign, campaign_id, dish, guest, order, portions, programme, share,
};

/// 10 % off everything.
fn tenth() -> Campaign {
    campaign(1, "Скидка", Effect::Percent { share_bp: share(1_000) })
}

/// Whether `campaign` takes something off an order of 100.00 opened at `local` on a clock 3 hours ahead of UTC.
fn is_due_at(campaign: &Campaign, local: &str) -> bool {
    let programme =
        Programme { utc_offset_minutes: 180, campaigns: vec![campaign.clone()], ..programme(5_000, 500) };
    let lines = vec![dish("pie-cherry", "Пироги", 10_000)];
    let order = Order::new(lines, Expedition::InRestaurant, at(local, 180)).expect("a possible order");
    calculated(&programme, &order, None, &[]).discount.is_positive()
}

fn at(local: &str, utc_offset_minutes: i32) -> Moment {
    date(local).moment(utc_offset_minutes)
}

fn date(local: &str) -> loyalty::moment::LocalDateTime {
    loyalty::moment::LocalDateTime::try_from(local.to_owned()).expect("a date and time")
}

fn hours(from: &str, to: &str) -> Hours {
    let time = |text: &str| TimeOfDay::try_from(text.to_owned()).expect("a time of day");
    Hours { from: time(from), to: time(to) }
}

/// Whether `campaign` takes something off `lines` for `guest`.
fn is_due_for(campaign: &Campaign, lines: Vec<Line>, guest: Option<&Guest>) -> bool {
    let programme = Programme { campaigns: vec![campaign.clone()], ..programme(5_000, 500) };
    calculated(&programme, &order(lines), guest, &[]).discount.is_positive()
}

#[test]
fn a_period_begins_with_its_first_second_and_ends_before_its_last() {
    let campaign = Campaign {
        from: Some(date("2026-03-01 10:00:00")),
        to: Some(date("2026-03-02 10:00:00")),
        ..tenth()
    };
    let table = [
        ("2026-03-01 09:59:59", false),
        ("2026-03-01 10:00:00", true),
        ("2026-03-02 09:59:59", true),
        ("2026-03-02 10:00:00", false),
    ];
    for (local, is_due) in table {
        assert_eq!(is_due_at(&campaign, local), is_due, "{local}");
    }
    assert!(is_due_at(&Campaign { from: None, ..campaign.clone() }, "1999-01-01 00:00:00"));
    assert!(is_due_at(&Campaign { to: None, ..campaign }, "2999-01-01 00:00:00"));
}

#[test]
fn the_restaurants_own_clock_is_what_counts() {
    let campaign = Campaign { from: Some(date("2026-03-01 00:00:00")), ..tenth() };
    let order = Order::new(
        vec![dish("pie-cherry", "Пироги", 10_000)],
        Expedition::InRestaurant,
        at("2026-02-28 22:00:00", 0),
    )
    .expect("a possible order");
    for (utc_offset_minutes, is_due) in [(0, false), (119, false), (120, true), (-120, false)] {
        let programme =
            Programme { utc_offset_minutes, campaigns: vec![campaign.clone()], ..programme(5_000, 500) };
        let calculation = calculated(&programme, &order, None, &[]);
        assert_eq!(calculation.discount.is_positive(), is_due, "{utc_offset_minutes} minutes ahead");
    }
}

#[test]
fn days_and_hours_are_kept_to_the_minute_and_over_midnight() {
    // 2026-03-02 is a Monday.
    let table = [
        (vec![Weekday::Mon], vec![], "2026-03-02 00:00:00", true),
        (vec![Weekday::Mon], vec![], "2026-03-01 23:59:59", false),
        (vec![Weekday::Sun], vec![], "2026-03-01 23:59:59", true),
        (vec![Weekday::Tue, Weekday::Wed], vec![], "2026-03-04 12:00:00", true),
        (vec![Weekday::Thu, Weekday::Fri, Weekday::Sat], vec![], "2026-03-04 12:00:00", false),
        (vec![], vec![hours("12:00", "16:00")], "2026-03-02 11:59:59", false),
        (vec![], vec![hours("12:00", "16:00")], "2026-03-02 12:00:00", true),
        (vec![], vec![hours("12:00", "16:00")], "2026-03-02 15:59:59", true),
        (vec![], vec![hours("12:00", "16:00")], "2026-03-02 16:00:00", false),
        (vec![], vec![hours("08:00", "10:00"), hours("12:00", "16:00")], "2026-03-02 13:00:00", true),
        (vec![], vec![hours("08:00", "10:00"), hours("12:00", "16:00")], "2026-03-02 11:00:00", false),
        (vec![], vec![hours("00:00", "24:00")], "2026-03-02 23:59:59", true),
        (vec![], vec![hours("22:00", "02:00")], "2026-03-02 21:59:59", false),
        (vec![], vec![hours("22:00", "02:00")], "2026-03-02 22:00:00", true),
        (vec![], vec![hours("22:00", "02:00")], "2026-03-03 01:59:59", true),
        (vec![], vec![hours("22:00", "02:00")], "2026-03-03 02:00:00", false),
        // A night belongs to the day it begins on: Monday's ends on Tuesday, and Sunday's is over on Monday.
        (vec![Weekday::Mon], vec![hours("22:00", "02:00")], "2026-03-03 01:00:00", true),
        (vec![Weekday::Mon], vec![hours("22:00", "02:00")], "2026-03-02 01:00:00", false),
        (vec![Weekday::Mon], vec![hours("22:00", "02:00")], "2026-03-02 23:00:00", true),
    ];
    for (weekdays, hours, local, is_due) in table {
        let campaign = Campaign { weekdays, hours, ..tenth() };
        assert_eq!(
            is_due_at(&campaign, local),
            is_due,
            "{local} {:?} {:?}",
            campaign.weekdays,
            campaign.hours
        );
    }
}

#[test]
fn everything_an_order_must_contain_is_looked_for() {
    let pies = |milli: Option<i64>| Contained {
        target: Target::Categories(vec!["Пироги".to_owned()]),
        at_least_milli: milli.map(Quantity::from_milli),
    };
    let tea = Contained { target: Target::Codes(vec!["drink-tea".to_owned()]), at_least_milli: None };
    let cherry = || portions("pie-cherry", "Пироги", 1, 10_000);
    let meat = || portions("pie-meat", "Пироги", 2, 20_000);
    let drink = || dish("drink-tea", "Напитки", 5_000);
    let table = [
        (vec![pies(None)], vec![cherry()], true),
        (vec![pies(None)], vec![drink()], false),
        (vec![pies(Some(3_000))], vec![cherry(), meat()], true),
        (vec![pies(Some(3_001))], vec![cherry(), meat()], false),
        (vec![pies(Some(3_000))], vec![cherry(), cherry(), drink()], false),
        (vec![pies(None), tea.clone()], vec![cherry(), drink()], true),
        (vec![pies(None), tea.clone()], vec![cherry()], false),
        (vec![pies(None), tea], vec![drink()], false),
        (
            vec![Contained { target: Target::All, at_least_milli: Some(Quantity::from_milli(4_000)) }],
            vec![cherry(), meat(), drink()],
            true,
        ),
    ];
    for (contains, lines, is_due) in table {
        let campaign = Campaign { contains, ..tenth() };
        assert_eq!(
            is_due_for(&campaign, lines.clone(), None),
            is_due,
            "{:?} of {lines:?}",
            campaign.contains
        );
    }
}

#[test]
fn each_way_of_receiving_an_order_can_be_meant() {
    let ways = [Expedition::Delivery, Expedition::Pickup, Expedition::InRestaurant];
    let meant: [&[Expedition]; 5] = [&[], &ways[..1], &ways[1..2], &ways[2..], &ways[..2]];
    for expeditions in meant {
        for way in ways {
            let campaign = Campaign { expeditions: expeditions.to_vec(), ..tenth() };
            let programme = Programme { campaigns: vec![campaign], ..programme(5_000, 500) };
            let order = Order::new(vec![dish("pie-cherry", "Пироги", 10_000)], way, NOON);
            let calculation = calculated(&programme, &order.expect("a possible order"), None, &[]);
            let is_due = expeditions.is_empty() || expeditions.contains(&way);
            assert_eq!(calculation.discount.is_positive(), is_due, "{way:?} of {expeditions:?}");
        }
    }
}

#[test]
fn a_first_order_is_that_of_a_known_guest_who_closed_none() {
    let campaign = Campaign { first_order: true, ..tenth() };
    let lines = || vec![dish("pie-cherry", "Пироги", 10_000)];
    let with_orders = |closed_orders: u64| Guest { closed_orders, ..guest(0) };
    assert!(is_due_for(&campaign, lines(), Some(&with_orders(0))));
    assert!(!is_due_for(&campaign, lines(), Some(&with_orders(1))));
    assert!(!is_due_for(&campaign, lines(), None), "nobody knows whose order it is");
}

#[test]
fn a_campaign_for_some_orders_of_a_guest_ends_with_the_last_and_says_how_many_are_left() {
    let mut programme = programme(5_000, 500);
    let reward = Effect::Reward { gift: Box::new(bonus_gift(1, "Бонусы", 5_000)) };
    let of_five = |campaign: Campaign| Campaign { uses_per_guest: Some(5), ..campaign };
    programme.campaigns = vec![of_five(tenth()), of_five(campaign(2, "Бонусы", reward))];
    let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
    let told = |uses: u64| {
        let uses = [(campaign_id(1), uses), (campaign_id(2), uses)].into();
        let calculation = calculated(&programme, &order, Some(&Guest { uses, ..guest(0) }), &[]);
        let discounts = calculation.campaigns.into_iter().map(|one| one.notices);
        discounts
            .chain(calculation.rewards.into_iter().map(|one| one.notices))
            .map(|notices| notices[0].secondary.clone())
            .collect::<Vec<_>>()
    };
    let offer = |beginning: &str, name: &str, end: &str| {
        format!("{beginning} воспользоваться специальным предложением по акции \"{name}\"{end}")
    };
    for (uses, again) in [(0, "4 раза"), (1, "3 раза"), (3, "1 раз")] {
        let left = |name: &str| offer("Вы сможете", name, &format!(" еще {again}."));
        let second = format!("Баллы начисляются, когда заказ оплачен. {}", left("Бонусы"));
        assert_eq!(told(uses), [left("Скидка"), second]);
    }
    assert_eq!(told(4)[0], offer("Вы больше не сможете", "Скидка", "."));
    assert_eq!((told(5), told(u64::MAX)), (vec![], vec![]));
    let for_nobody = calculated(&programme, &order, None, &[]);
    assert_eq!(for_nobody.discount, Money::ZERO, "nobody's orders cannot be counted");
}

#[test]
fn all_conditions_must_hold_at_once() {
    let campaign = Campaign {
        min_order_minor: Some(Money::from_minor(10_000)),
        first_order: true,
        contains: vec![Contained {
            target: Target::Codes(vec!["drink-tea".to_owned()]),
            at_least_milli: None,
        }],
        ..tenth()
    };
    let tea = |minor: i64| vec![dish("drink-tea", "Напитки", minor)];
    let old_guest = Guest { closed_orders: 1, ..guest(0) };
    assert!(is_due_for(&campaign, tea(10_000), Some(&guest(0))));
    assert!(!is_due_for(&campaign, tea(9_999), Some(&guest(0))));
    assert!(!is_due_for(&campaign, tea(10_000), Some(&old_guest)));
    assert!(!is_due_for(&campaign, vec![dish("pie-cherry", "Пироги", 10_000)], Some(&guest(0))));
}

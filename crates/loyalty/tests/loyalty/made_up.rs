//! Orders, programmes and guests that proptest makes up: whatever can be written down, and no more than can be true.

use std::collections::{BTreeSet, HashMap, HashSet};

use contract::{Money, Quantity};
use loyalty::moment::LocalDateTime;
use loyalty::programme::{
    Campaign, Combination, Contained, Effect, Exclusion, GiftTerms, Hours, PromoCode, StampGift, Target,
    TimeOfDay, Trigger, Weekday,
};
use loyalty::{Expedition, Guest, Line, Order, Programme};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::fixture::{NOON, bonus_gift, campaign, campaign_id, programme, share};

/// The codes entered for every order that is made up: some of a campaign's, some of nobody's.
pub(crate) fn codes() -> Vec<String> {
    ["CODE1", "code3", "CODE5", "once2", "ONCE4", "spare4", "unknown"].map(str::to_owned).to_vec()
}

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

pub(crate) fn orders() -> impl Strategy<Value = Order> {
    let ways = vec![Expedition::InRestaurant, Expedition::Delivery, Expedition::Pickup];
    (lines(), select(ways)).prop_map(|(lines, way)| Order::new(lines, way, NOON).expect("a possible order"))
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![
        Just(Target::All),
        (0_u8..6).prop_map(|code| Target::Codes(vec![format!("dish-{code}")])),
        (0_u8..3).prop_map(|category| Target::Categories(vec![format!("category-{category}")])),
    ]
}

/// Promo codes and the ids of gifts are set by `programmes`, which knows the campaign's number.
fn triggers() -> impl Strategy<Value = Trigger> {
    select(vec![
        Trigger::Automatic,
        Trigger::Automatic,
        Trigger::Privilege,
        Trigger::PromoCode(PromoCode::new("")),
        Trigger::SingleUsePromoCodes(Vec::new()),
        Trigger::Activated,
        Trigger::Bought { price_minor: Money::from_minor(100), old_price_minor: None },
    ])
}

fn gift() -> GiftTerms {
    bonus_gift(0, "Бонусы", 5_000)
}

fn effects() -> impl Strategy<Value = Effect> {
    let card = |(per_minor, first, rest): (i64, u32, u32)| Effect::Stamps {
        per_minor: Money::from_minor(per_minor),
        gifts: [first, first + rest].map(|stamps| StampGift { stamps, gift: gift() }).to_vec(),
    };
    prop_oneof![
        (1_u32..=10_000).prop_map(|bp| Effect::Percent { share_bp: share(bp) }),
        (1_i64..=1_000_000).prop_map(|minor| Effect::Fixed { amount_minor: Money::from_minor(minor) }),
        Just(Effect::Gift),
        Just(Effect::Reward { gift: Box::new(gift()) }),
        Just(Effect::Referral { referrer_gift: Box::new(gift()), referral_gift: Box::new(gift()) }),
        (1_i64..=100_000, 1_u32..5, 1_u32..5).prop_map(card),
    ]
}

/// Conditions of which about half hold for an order.
fn conditions() -> impl Strategy<Value = Campaign> {
    let date = |text: &str| LocalDateTime::try_from(text.to_owned()).expect("a date and time");
    let time = |text: &str| TimeOfDay::try_from(text.to_owned()).expect("a time of day");
    let from = option::of(select(vec![date("2026-03-03 12:00:00"), date("2026-03-03 12:00:01")]));
    let to = option::of(select(vec![date("2026-03-03 13:00:00"), date("2026-04-01 00:00:00")]));
    let days = select(vec![vec![], vec![], vec![Weekday::Tue], vec![Weekday::Mon, Weekday::Sun]]);
    let lunch = Hours { from: time("12:00"), to: time("16:00") };
    let night = Hours { from: time("22:00"), to: time("12:00") };
    let hours = select(vec![vec![], vec![], vec![lunch], vec![night], vec![night, lunch]]);
    let contains = vec((targets(), option::of(1_i64..=9_000)), 0..2);
    let ways = subsequence(vec![Expedition::InRestaurant, Expedition::Delivery, Expedition::Pickup], 0..=3);
    let least = option::of((1_i64..=500_000).prop_map(Money::from_minor));
    let when = (from, to, days, hours, option::of(1_u32..3));
    (when, contains, ways, least, select(vec![true, false, false, false])).prop_map(
        |(
            (from, to, weekdays, hours, uses_per_guest),
            contains,
            expeditions,
            min_order_minor,
            first_order,
        )| Campaign {
            from,
            to,
            weekdays,
            hours,
            contains: contains
                .into_iter()
                .map(|(target, milli)| Contained { target, at_least_milli: milli.map(Quantity::from_milli) })
                .collect(),
            expeditions,
            min_order_minor,
            first_order,
            uses_per_guest,
            ..campaign(0, "Акция", Effect::Gift)
        },
    )
}

fn campaigns() -> impl Strategy<Value = Campaign> {
    let group = option::of((0_u8..2).prop_map(|group| format!("group-{group}")));
    let some_conditions = prop_oneof![Just(campaign(0, "Акция", Effect::Gift)), conditions()];
    (triggers(), targets(), effects(), group, any::<bool>(), some_conditions).prop_map(
        |(trigger, target, effect, exclusive_group, is_forbidding, conditions)| {
            // What the file refuses to put together.
            let is_impossible = match effect {
                Effect::Referral { .. } => true,
                _ => trigger == Trigger::Privilege && !effect.is_discount(),
            };
            Campaign {
                trigger: if is_impossible { Trigger::Automatic } else { trigger },
                target,
                effect,
                exclusive_group,
                bonuses: if is_forbidding { Combination::Forbidden } else { Combination::Allowed },
                ..conditions
            }
        },
    )
}

/// Nothing, a dish, a category, or both.
pub(crate) fn exclusions() -> impl Strategy<Value = Exclusion> {
    let name = |kind: &'static str| move |number: u8| BTreeSet::from([format!("{kind}-{number}")]);
    let codes = option::of((0_u8..6).prop_map(name("dish")));
    let categories = option::of((0_u8..3).prop_map(name("category")));
    (codes, categories).prop_map(|(codes, categories)| Exclusion {
        codes: codes.unwrap_or_default(),
        categories: categories.unwrap_or_default(),
    })
}

pub(crate) fn programmes() -> impl Strategy<Value = Programme> {
    let shares = (0_u32..=10_000, 0_u32..=10_000);
    (shares, exclusions(), exclusions(), vec(campaigns(), 0..6)).prop_map(
        |(shares, unpayable, unaccruing, campaigns)| {
            let (limit_bp, cashback_bp) = shares;
            let mut programme = Programme { unpayable, unaccruing, ..programme(limit_bp, cashback_bp) };
            for (number, mut campaign) in (1..).zip(campaigns) {
                make_its_own(&mut campaign, number);
                programme.campaigns.push(campaign);
            }
            programme
        },
    )
}

/// Gives the campaign an id, promo codes and gifts that no other number has.
fn make_its_own(campaign: &mut Campaign, number: u8) {
    campaign.id = campaign_id(number);
    campaign.name = format!("Акция {number}");
    match &mut campaign.trigger {
        Trigger::PromoCode(code) => *code = PromoCode::new(format!("CODE{number}")),
        Trigger::SingleUsePromoCodes(codes) => {
            *codes = ["ONCE", "SPARE"].map(|name| PromoCode::new(format!("{name}{number}"))).to_vec();
        }
        _ => {}
    }
    let own = |place: u8| bonus_gift(number * 2 + place, "Бонусы", 5_000);
    match &mut campaign.effect {
        Effect::Reward { gift } => **gift = own(0),
        Effect::Referral { referrer_gift, referral_gift } => {
            **referrer_gift = own(0);
            **referral_gift = own(1);
        }
        Effect::Stamps { gifts, .. } => {
            for (place, one) in (0..).zip(gifts) {
                one.gift = own(place);
            }
        }
        _ => {}
    }
}

pub(crate) fn guests() -> impl Strategy<Value = Guest> {
    let balance = prop_oneof![Just(0_i64), 0_i64..=100_000, 0_i64..=1_000_000_000];
    let ids = || subsequence((1..6).map(campaign_id).collect::<Vec<_>>(), 0..=5).prop_map(HashSet::from_iter);
    let taken = subsequence(vec!["ONCE2".to_owned(), "ONCE4".to_owned()], 0..=2).prop_map(HashSet::from_iter);
    let stamps = vec(0_u8..12, 5);
    let uses = vec(0_u64..4, 5).prop_map(|uses| (1..).map(campaign_id).zip(uses).collect::<HashMap<_, _>>());
    let history = (0_u64..3, uses, option::of((1_u8..6).prop_map(campaign_id)));
    (balance, ids(), ids(), ids(), taken, stamps, history).prop_map(
        |(balance, privileges, activated, bought, taken_promo_codes, stamps, history)| Guest {
            balance: Money::from_minor(balance),
            rank_index: 0,
            closed_orders: history.0,
            privileges,
            activated,
            bought,
            taken_promo_codes,
            stamps: (1..).map(campaign_id).zip(stamps.into_iter().map(Into::into)).collect::<HashMap<_, _>>(),
            uses: history.1,
            invited_by_campaign: history.2,
        },
    )
}

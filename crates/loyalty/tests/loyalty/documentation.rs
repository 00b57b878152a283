//! The page and the example about programme files, held against the types: every field and value there is named in both.

use std::collections::{BTreeSet, HashMap, HashSet};

use contract::{Money, Quantity};
use loyalty::moment::LocalDateTime;
use loyalty::programme::{
    Campaign, Combination, Confirmation, Contained, Effect, Exclusion, GiftTerms, Gives, Hours, PromoCode,
    Rank, RankDiscount, StampGift, Target, TimeOfDay, Trigger, Weekday,
};
use loyalty::reward::{Brings, Recipient, welcome};
use loyalty::{Expedition, Guest, Moment, Order, Programme, calculate};
use serde_json::Value;

use crate::fixture::{assert_adds_up, bonus_gift, campaign_id, dish, guest, privilege_gift, share};

const EXAMPLE: &str = include_str!("../../../../docs/programme.example.json");
const PAGE: &str = include_str!("../../../../docs/programme.md");

fn example() -> Programme {
    Programme::from_json(EXAMPLE).expect("the example is a programme")
}

fn local(text: &str) -> LocalDateTime {
    LocalDateTime::try_from(text.to_owned()).expect("a date and time")
}

fn time(text: &str) -> TimeOfDay {
    TimeOfDay::try_from(text.to_owned()).expect("a time of day")
}

/// One of each trigger. A new one does not compile until it is added here.
fn triggers() -> Vec<Trigger> {
    let one_of_each = vec![
        Trigger::Automatic,
        Trigger::PromoCode(PromoCode::new("A")),
        Trigger::SingleUsePromoCodes(vec![PromoCode::new("B")]),
        Trigger::Privilege,
        Trigger::Activated,
        Trigger::Bought { price_minor: Money::from_minor(1), old_price_minor: Some(Money::from_minor(2)) },
    ];
    for one in &one_of_each {
        match one {
            Trigger::Automatic
            | Trigger::PromoCode(_)
            | Trigger::SingleUsePromoCodes(_)
            | Trigger::Privilege
            | Trigger::Activated
            | Trigger::Bought { price_minor: _, old_price_minor: _ } => {}
        }
    }
    one_of_each
}

/// One of each effect. A new one does not compile until it is added here.
fn effects() -> Vec<Effect> {
    let gift = || {
        let GiftTerms {
            settings_id: _,
            name: _,
            description: _,
            image_url: _,
            small_image_url: _,
            icon_image_url: _,
            valid_days: _,
            gives: Gives::Bonus { .. } | Gives::Privilege { .. },
        } = bonus_gift(1, "Бонусы", 1);
        Box::new(bonus_gift(1, "Бонусы", 1))
    };
    let one_of_each = vec![
        Effect::Percent { share_bp: share(1) },
        Effect::Fixed { amount_minor: Money::from_minor(1) },
        Effect::Gift,
        Effect::Reward { gift: gift() },
        Effect::Stamps {
            per_minor: Money::from_minor(1),
            gifts: vec![StampGift { stamps: 1, gift: privilege_gift(2, "Напиток", 1, 1) }],
        },
        Effect::Referral { referrer_gift: gift(), referral_gift: gift() },
        Effect::Welcome { gift: gift() },
    ];
    for one in &one_of_each {
        match one {
            Effect::Percent { share_bp: _ }
            | Effect::Fixed { amount_minor: _ }
            | Effect::Gift
            | Effect::Reward { gift: _ }
            | Effect::Stamps { per_minor: _, gifts: _ }
            | Effect::Referral { referrer_gift: _, referral_gift: _ }
            | Effect::Welcome { gift: _ } => {}
        }
    }
    one_of_each
}

/// A programme in which every field is set. A new field does not compile until it is set here.
fn whole() -> Programme {
    let names = || vec!["x".to_owned()];
    let exclusion =
        || Exclusion { codes: names().into_iter().collect(), categories: names().into_iter().collect() };
    let confirmation = Confirmation { sum_minor: Money::from_minor(1), period_hours: 1 };
    let campaign = |trigger: Trigger, effect: Effect, target: Target, bonuses: Combination| Campaign {
        id: campaign_id(1),
        name: "Акция".to_owned(),
        description: Some("Акция".to_owned()),
        image_url: Some("https://pies.example/campaign.jpg".to_owned()),
        from: Some(local("2026-03-01 00:00:00")),
        to: Some(local("2026-04-01 00:00:00")),
        trigger,
        min_order_minor: Some(Money::from_minor(1)),
        expeditions: vec![Expedition::Delivery, Expedition::Pickup, Expedition::InRestaurant],
        contains: vec![Contained { target: Target::All, at_least_milli: Some(Quantity::ONE) }],
        weekdays: vec![
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
            Weekday::Sun,
        ],
        hours: vec![Hours { from: time("00:00"), to: time("24:00") }],
        first_order: true,
        uses_per_guest: Some(1),
        target,
        effect,
        exclusive_group: Some("cheque".to_owned()),
        bonuses,
    };
    let all_targets =
        || [Target::All, Target::Codes(names()), Target::Categories(names())].into_iter().cycle();
    let both = || [Combination::Allowed, Combination::Forbidden].into_iter().cycle();
    let by_trigger = triggers().into_iter().zip(all_targets()).zip(both());
    let by_effect = effects().into_iter();
    Programme {
        name: "Пироги".to_owned(),
        max_payable_share_bp: share(1),
        utc_offset_minutes: 1,
        ranks: vec![Rank {
            name: "Ранг".to_owned(),
            threshold_minor: Money::from_minor(1),
            cashback_bp: share(1),
            max_payable_share_bp: Some(share(1)),
            discount: Some(RankDiscount { id: campaign_id(2), share_bp: share(1) }),
            confirmation: Some(confirmation),
        }],
        unpayable: exclusion(),
        unaccruing: exclusion(),
        campaigns: by_trigger
            .map(|((trigger, target), bonuses)| campaign(trigger, Effect::Gift, target, bonuses))
            .chain(
                by_effect
                    .map(|effect| campaign(Trigger::Automatic, effect, Target::All, Combination::Allowed)),
            )
            .collect(),
    }
}

/// The names of fields in `value`.
fn add_fields(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                fields.insert(name.clone());
                add_fields(value, fields);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| add_fields(item, fields)),
        _ => {}
    }
}

fn fields(programme: &Programme) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    add_fields(&serde_json::to_value(programme).expect("a programme can be written"), &mut names);
    names
}

/// The kinds of trigger, effect, target and the like, as they are written.
fn kinds(programme: &Programme) -> BTreeSet<String> {
    let value = serde_json::to_value(programme).expect("a programme can be written");
    let mut kinds = BTreeSet::new();
    for campaign in value["campaigns"].as_array().expect("campaigns") {
        for field in ["trigger", "effect", "target", "bonuses"] {
            kinds.extend(kind(&campaign[field]));
        }
        for field in ["expeditions", "weekdays"] {
            kinds.extend(campaign[field].as_array().into_iter().flatten().filter_map(kind));
        }
    }
    kinds
}

fn kind(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.as_object()?.keys().next().map(String::as_str)).map(str::to_owned)
}

#[test]
fn the_example_uses_every_field_and_kind_there_is() {
    assert_eq!(fields(&example()), fields(&whole()));
    let mut missing = kinds(&whole());
    for used in kinds(&example()) {
        missing.remove(&used);
    }
    // Two of the days: a lunch is from Monday to Friday, a night on Friday and Saturday.
    assert_eq!(missing, BTreeSet::from(["sun".to_owned()]));
}

#[test]
fn the_page_names_every_field_and_kind_there_is() {
    let names = fields(&whole()).into_iter().chain(kinds(&whole()));
    let unnamed: Vec<String> = names
        .filter(|name| !PAGE.contains(&format!("`{name}`")) && !PAGE.contains(&format!("\"{name}\"")))
        .collect();
    assert_eq!(unnamed, [""; 0]);
}

/// Monday, 2026-03-02, at `time` on the example's clock.
fn on_monday(time: &str) -> Moment {
    local(&format!("2026-03-02 {time}:00")).moment(example().utc_offset_minutes)
}

fn lunch(opened_at: Moment) -> Order {
    let lines = vec![
        dish("soup-borsch", "Супы", 34_000),
        dish("hot-pelmeni", "Горячее", 48_000),
        dish("drink-espresso", "Напитки", 15_000),
        dish("dessert-medovik", "Десерты", 29_000),
        dish("wine-red", "Вина", 60_000),
    ];
    Order::new(lines, Expedition::InRestaurant, opened_at).expect("a possible order")
}

/// A guest who holds, has activated and has bought all there is.
fn regular() -> Guest {
    let id = |number: u8| format!("6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c{number:02}");
    Guest {
        rank_index: 1,
        closed_orders: 12,
        privileges: HashSet::from([id(1)]),
        activated: HashSet::from([id(5)]),
        bought: HashSet::from([id(2)]),
        stamps: HashMap::from([(id(10), 1)]),
        ..guest(100_000)
    }
}

#[test]
fn the_examples_lunch_is_calculated_to_the_kopeck() {
    let order = lunch(on_monday("12:00"));
    let codes = ["весна26".to_owned()];
    let calculation = calculate(&example(), &order, Some(&regular()), &codes).expect("a known rank");
    assert_adds_up(&order, &calculation);
    let told: Vec<(&str, i64)> =
        calculation.campaigns.iter().map(|one| (one.name.as_str(), one.discount.minor())).collect();
    let expected = [
        ("Напиток в подарок", 15_000),
        // Nothing is left for the coffee that was bought: the gift was the coffee.
        ("Бизнес-ланч", 16_400),
        ("Неделя десертов", 2_900),
        ("Весенний промокод", 10_000),
    ];
    assert_eq!(told, expected);
    assert_eq!(calculation.total.minor(), 186_000 - 44_300);
    assert_eq!(calculation.refused_promo_codes, []);
    // 1417.00 bring two stamps of 500.00, and the third on the card brings 100 bonuses.
    let brought: Vec<&Brings> = calculation.rewards.iter().map(|one| &one.brings).collect();
    assert_eq!(brought[0], &Brings::Stamps { count: 2, on_card: 3 });
    assert!(matches!(brought[1], Brings::Gift { stamp_index: Some(3), .. }));
    assert_eq!(brought.len(), 2);
    // Wine is neither paid with bonuses nor brings any: 600.00 less its part of the promo code.
    let bonuses = calculation.bonuses.expect("a guest has bonuses");
    let wine = calculation.total_by_line[4].minor();
    assert_eq!(bonuses.max.payment_by_line[4], Money::ZERO);
    assert_eq!(bonuses.max.payment.minor(), 141_700 / 2);
    assert_eq!(bonuses.min.accrual, share(500).of_half_up(Money::from_minor(141_700 - wine)));
}

#[test]
fn the_examples_single_use_code_keeps_the_base_discount_out_and_bonuses_in() {
    let order = lunch(on_monday("18:00"));
    let calculate = |codes: &[&str]| {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        calculate(&example(), &order, Some(&guest(100_000)), &codes).expect("a known rank")
    };
    let with = calculate(&["PIE-7k2p-XR4M"]);
    assert_eq!((with.discount.minor(), with.used_promo_codes.len()), (27_900, 1));
    assert!(with.bonuses.expect("a guest has bonuses").max.payment.is_positive());
    let without = calculate(&[]);
    assert_eq!(without.discount.minor(), 18_600);
    assert_eq!(without.bonuses.expect("a guest has bonuses").max.payment, Money::ZERO);
}

#[test]
fn the_examples_first_order_by_invitation_brings_both_their_gifts() {
    let invited_by_campaign = Some("6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c11".to_owned());
    let invited = Guest { invited_by_campaign, ..guest(0) };
    let order = lunch(on_monday("18:00"));
    let calculation = calculate(&example(), &order, Some(&invited), &[]).expect("a known rank");
    let gifts: Vec<(Recipient, &str)> = calculation
        .rewards
        .iter()
        .filter_map(|one| match &one.brings {
            Brings::Gift { terms, .. } => Some((one.recipient, terms.name.as_str())),
            Brings::Stamps { .. } => None,
        })
        .collect();
    let expected = [
        (Recipient::Guest, "50 бонусов"),
        (Recipient::Guest, "100 бонусов"),
        (Recipient::Guest, "Напиток другу"),
        (Recipient::Referrer, "200 бонусов за друга"),
    ];
    assert_eq!(gifts, expected);
    assert_eq!(welcome(&example(), on_monday("18:00")).len(), 1);
}

#[test]
fn the_examples_night_is_over_at_two() {
    // Saturday, 2026-03-07: the night that began on Friday.
    let discount = |time: &str| {
        let opened_at = local(&format!("2026-03-07 {time}")).moment(180);
        let lines = vec![dish("pie-cherry", "Пироги", 40_000)];
        let order = Order::new(lines, Expedition::Delivery, opened_at).expect("a possible order");
        calculate(&example(), &order, None, &[]).expect("no rank is asked for").discount.minor()
    };
    assert_eq!((discount("01:59:59"), discount("02:00:00"), discount("22:00:00")), (2_000, 0, 2_000));
}

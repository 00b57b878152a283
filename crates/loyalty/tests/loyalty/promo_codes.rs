//! Promo codes: general and single-use, and why one does nothing.

use std::collections::HashSet;

use contract::Money;
use loyalty::moment::LocalDateTime;
use loyalty::occasion::Unmet;
use loyalty::programme::{Campaign, Contained, Effect, PromoCode, Target, Trigger, Weekday};
use loyalty::promo::PromoCodeRefusal;
use loyalty::{Calculation, Expedition, Guest};

use crate::fixture::{bonus_gift, calculated, campaign, campaign_id, dish, guest, order, programme, share};

fn fixed(number: u8, name: &str, minor: i64) -> Campaign {
    campaign(number, name, Effect::Fixed { amount_minor: Money::from_minor(minor) })
}

fn general(number: u8, name: &str, code: &str, minor: i64) -> Campaign {
    Campaign { trigger: Trigger::PromoCode(PromoCode::new(code)), ..fixed(number, name, minor) }
}

fn single_use(number: u8, codes: &[&str], minor: i64) -> Campaign {
    let codes = codes.iter().copied().map(PromoCode::new).collect();
    Campaign { trigger: Trigger::SingleUsePromoCodes(codes), ..fixed(number, "Разовые", minor) }
}

/// The calculation of a pie of 100.00 on Tuesday, 2026-03-03.
fn with(campaigns: Vec<Campaign>, guest: Option<&Guest>, codes: &[&str]) -> Calculation {
    let mut programme = programme(5_000, 500);
    programme.campaigns = campaigns;
    calculated(&programme, &order(vec![dish("pie-cherry", "Пироги", 10_000)]), guest, codes)
}

/// Each refused code with its reason.
fn refused(calculation: &Calculation) -> Vec<(&str, &PromoCodeRefusal)> {
    calculation.refused_promo_codes.iter().map(|one| (one.code.as_str(), &one.reason)).collect()
}

fn date(local: &str) -> LocalDateTime {
    LocalDateTime::try_from(local.to_owned()).expect("a date and time")
}

#[test]
fn a_code_that_works_is_not_refused_and_only_a_single_use_code_is_used_up() {
    let campaigns = vec![general(1, "Весна", "ВЕСНА24", 1_000), single_use(2, &["k-1", "K-2"], 500)];
    let calculation = with(campaigns, Some(&guest(0)), &["весна24", " k-2 "]);
    assert_eq!(calculation.discount.minor(), 1_500);
    assert_eq!(refused(&calculation), []);
    assert_eq!(calculation.used_promo_codes, ["K-2"]);
    assert_eq!(calculation.campaigns[1].notices[0].primary, "Вы получили скидку 5 р. по промокоду K-2.");
}

#[test]
fn a_taken_single_use_code_is_refused_and_another_of_its_campaign_works_instead() {
    let holder = Guest { taken_promo_codes: HashSet::from(["K-1".to_owned()]), ..guest(0) };
    let campaign = || single_use(1, &["k-1", "k-2", "k-3"], 500);
    let alone = with(vec![campaign()], Some(&holder), &["K-1"]);
    assert_eq!((alone.discount, alone.used_promo_codes.len()), (Money::ZERO, 0));
    assert_eq!(refused(&alone), [("K-1", &PromoCodeRefusal::Used)]);
    let notice = &alone.refused_promo_codes[0].notice;
    assert_eq!(notice.secondary, "Он действует один раз и уже использован.");

    let both = with(vec![campaign()], Some(&holder), &["k-1", "k-2", "k-3"]);
    assert_eq!((both.discount.minor(), both.used_promo_codes), (500, vec!["K-2".to_owned()]));
    let own = PromoCodeRefusal::NotCombinable { campaign_name: "Разовые".to_owned() };
    let reasons: Vec<_> = both.refused_promo_codes.into_iter().map(|one| (one.code, one.reason)).collect();
    assert_eq!(reasons, [("k-1".to_owned(), PromoCodeRefusal::Used), ("k-3".to_owned(), own)]);
}

#[test]
fn a_single_use_code_needs_a_guest_and_a_general_one_does_not() {
    let campaigns = vec![general(1, "Весна", "ВЕСНА24", 1_000), single_use(2, &["k-1"], 500)];
    let calculation = with(campaigns, None, &["k-1", "ВЕСНА24"]);
    assert_eq!(calculation.discount.minor(), 1_000);
    assert_eq!(refused(&calculation), [("k-1", &PromoCodeRefusal::NoGuest)]);
    let notice = &calculation.refused_promo_codes[0].notice;
    assert_eq!(notice.secondary, "Он действует только для участников программы.");
    assert_eq!(calculation.used_promo_codes, [""; 0]);
}

#[test]
fn a_taken_code_takes_nothing_from_a_general_campaign() {
    let holder = Guest { taken_promo_codes: HashSet::from(["ВЕСНА24".to_owned()]), ..guest(0) };
    let calculation = with(vec![general(1, "Весна", "ВЕСНА24", 1_000)], Some(&holder), &["ВЕСНА24"]);
    assert_eq!(calculation.discount.minor(), 1_000);
}

#[test]
fn each_condition_that_is_not_met_is_named() {
    let least = Money::from_minor(12_050);
    let plain = general(1, "Весна", "ВЕСНА24", 1_000);
    let (from, to) = (date("2026-03-04 00:00:00"), date("2026-03-03 12:00:00"));
    let cake = Target::Categories(vec!["Торты".to_owned()]);
    let table = [
        (
            Campaign { from: Some(from), ..plain.clone() },
            Unmet::NotBegun { from },
            "Акция начнётся 04.03.2026 в 00:00.",
        ),
        (
            Campaign { to: Some(to), ..plain.clone() },
            Unmet::Over { to },
            "Акция закончилась 03.03.2026 в 12:00.",
        ),
        (
            Campaign { weekdays: vec![Weekday::Mon], ..plain.clone() },
            Unmet::Hours,
            "Акция действует в другие дни или часы.",
        ),
        (
            Campaign { min_order_minor: Some(least), ..plain.clone() },
            Unmet::MinOrder { least, missing: Money::from_minor(2_050) },
            "Акция действует для заказа от 120.50 р.: не хватает 20.50 р.",
        ),
        (
            Campaign { expeditions: vec![Expedition::Delivery, Expedition::Pickup], ..plain.clone() },
            Unmet::Expedition,
            "Акция действует только для доставки и для самовывоза.",
        ),
        (
            Campaign { contains: vec![Contained { target: cake, at_least_milli: None }], ..plain.clone() },
            Unmet::Contains,
            "В заказе нет того, для чего действует акция.",
        ),
        (
            Campaign { uses_per_guest: Some(2), ..plain.clone() },
            Unmet::Uses,
            "Воспользоваться этой акцией ещё раз нельзя.",
        ),
        (
            Campaign { first_order: true, ..plain },
            Unmet::FirstOrder,
            "Акция действует только для первого заказа.",
        ),
    ];
    let old_guest = Guest { closed_orders: 7, uses: [(campaign_id(1), 2)].into(), ..guest(0) };
    for (campaign, unmet, secondary) in table {
        let calculation = with(vec![campaign], Some(&old_guest), &["весна24"]);
        assert_eq!(calculation.discount, Money::ZERO);
        assert_eq!(refused(&calculation), [("весна24", &PromoCodeRefusal::Unmet(unmet))]);
        let told = &calculation.refused_promo_codes[0];
        assert_eq!(told.campaign_id, Some(campaign_id(1)));
        assert_eq!(told.notice.primary, "Промокод весна24 не сработал.");
        assert_eq!(told.notice.secondary, secondary);
    }
}

#[test]
fn an_expired_code_is_expired_before_it_is_used_and_used_before_it_is_too_little() {
    let taken = Guest { taken_promo_codes: HashSet::from(["K-1".to_owned()]), ..guest(0) };
    let to = date("2026-03-01 00:00:00");
    let expired = Campaign { to: Some(to), ..single_use(1, &["k-1"], 500) };
    let calculation = with(vec![expired], Some(&taken), &["k-1"]);
    assert_eq!(refused(&calculation), [("k-1", &PromoCodeRefusal::Unmet(Unmet::Over { to }))]);

    let dear = Campaign { min_order_minor: Some(Money::MAX), ..single_use(1, &["k-1"], 500) };
    let calculation = with(vec![dear], Some(&taken), &["k-1"]);
    assert_eq!(refused(&calculation), [("k-1", &PromoCodeRefusal::Used)]);
}

#[test]
fn codes_that_do_not_combine_name_the_campaign_that_works() {
    let group = |campaign: Campaign| Campaign { exclusive_group: Some("чек".to_owned()), ..campaign };
    let first = group(general(1, "Весна", "ВЕСНА24", 1_000));
    let second = group(general(2, "Лето", "ЛЕТО24", 2_000));
    let calculation = with(vec![first.clone(), second.clone()], None, &["лето24", "весна24"]);
    assert_eq!(calculation.discount.minor(), 1_000, "the first of the programme, not of those entered");
    let spring = PromoCodeRefusal::NotCombinable { campaign_name: "Весна".to_owned() };
    assert_eq!(refused(&calculation), [("лето24", &spring)]);
    let notice = &calculation.refused_promo_codes[0].notice;
    assert_eq!(notice.secondary, "Он не сочетается с акцией \"Весна\".");

    let alone = with(vec![first, second], None, &["лето24"]);
    assert_eq!((alone.discount.minor(), refused(&alone)), (2_000, vec![]));
}

#[test]
fn an_unknown_code_and_one_with_nothing_to_work_on_are_told_apart() {
    let of_cakes = Campaign {
        target: Target::Categories(vec!["Торты".to_owned()]),
        ..general(1, "Торты", "ТОРТ", 1_000)
    };
    let calculation = with(vec![of_cakes], None, &["торт", "", "чужой", "ЧУЖОЙ "]);
    let expected = [
        ("торт", &PromoCodeRefusal::GivesNothing),
        ("", &PromoCodeRefusal::Unknown),
        ("чужой", &PromoCodeRefusal::Unknown),
    ];
    assert_eq!(refused(&calculation), expected, "a code entered twice is refused once");
    let said: Vec<&str> =
        calculation.refused_promo_codes.iter().map(|one| one.notice.secondary.as_str()).collect();
    assert_eq!(
        said,
        ["Для этого заказа он ничего не даёт.", "Такого промокода нет.", "Такого промокода нет."]
    );
    assert_eq!(calculation.refused_promo_codes[1].campaign_id, None);
}

#[test]
fn a_single_use_code_can_bring_a_reward_and_is_used_up_by_it() {
    let reward = Effect::Reward { gift: Box::new(bonus_gift(1, "Бонусы", 5_000)) };
    let trigger = Trigger::SingleUsePromoCodes(vec![PromoCode::new("k-1")]);
    let campaign = Campaign { trigger, ..campaign(1, "Бонусы за код", reward) };
    let calculation = with(vec![campaign], Some(&guest(0)), &["k-1"]);
    assert_eq!((calculation.rewards.len(), calculation.used_promo_codes), (1, vec!["K-1".to_owned()]));
    assert_eq!(calculation.refused_promo_codes, []);
}

#[test]
fn a_share_off_by_code_is_told_with_the_code_as_the_programme_writes_it() {
    let percent = Effect::Percent { share_bp: share(1_500) };
    let trigger = Trigger::PromoCode(PromoCode::new("Весна24"));
    let calculation = with(vec![Campaign { trigger, ..campaign(1, "Весна", percent) }], None, &["ВЕСНА24"]);
    let notice = &calculation.campaigns[0].notices[0];
    assert_eq!(notice.primary, "Вы получили скидку 15% по промокоду Весна24.");
}

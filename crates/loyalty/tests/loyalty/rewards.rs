//! What closing an order, or joining, brings: stamps, gifts, and rewards for an invitation.

use std::collections::HashMap;

use contract::Money;
use loyalty::moment::{LocalDateTime, Moment};
use loyalty::programme::{Campaign, Combination, Effect, StampGift, Target, Trigger};
use loyalty::reward::{Brings, Recipient, welcome};
use loyalty::{Guest, Order, Programme, Reward};

use crate::fixture::{
    NOON, bonus_gift, calculated, campaign, campaign_id, dish, guest, order, privilege_gift, programme, share,
};

/// A card of 10: 50 bonuses at the third stamp, 100 at the last; a stamp for each 100.00.
fn card() -> Campaign {
    let gifts = vec![
        StampGift { stamps: 3, gift: bonus_gift(1, "Полсотни", 5_000) },
        StampGift { stamps: 10, gift: bonus_gift(2, "Сотня", 10_000) },
    ];
    campaign(1, "Штампики", Effect::Stamps { per_minor: Money::from_minor(10_000), gifts })
}

fn with(campaigns: Vec<Campaign>, order: &Order, guest: Option<&Guest>) -> Vec<Reward> {
    let mut programme = programme(5_000, 500);
    programme.campaigns = campaigns;
    calculated(&programme, order, guest, &[]).rewards
}

fn pie(minor: i64) -> Order {
    order(vec![dish("pie-cherry", "Пироги", minor)])
}

fn with_stamps(stamps: u32) -> Guest {
    Guest { stamps: HashMap::from([(campaign_id(1), u64::from(stamps))]), ..guest(0) }
}

/// Stamps got, stamps on the card afterwards, and the stamps that brought gifts.
fn stamped(rewards: &[Reward]) -> Option<(u32, u32, Vec<u32>)> {
    let Brings::Stamps { count, on_card } = rewards.first()?.brings else { panic!("stamps come first") };
    let index = |reward: &Reward| match reward.brings {
        Brings::Gift { stamp_index, .. } => stamp_index.expect("of a stamp"),
        Brings::Stamps { .. } => panic!("stamps come once"),
    };
    Some((count, on_card, rewards[1..].iter().map(index).collect()))
}

#[test]
fn a_card_is_filled_by_what_is_paid_and_a_new_one_begins_after_its_last_gift() {
    // Stamps before and the bill; then stamps got, those on the card, and the stamps that brought gifts.
    let table = [
        (0, 9_999, None),
        (0, 10_000, Some((1, 1, vec![]))),
        (0, 29_999, Some((2, 2, vec![]))),
        (2, 10_000, Some((1, 3, vec![3]))),
        (3, 10_000, Some((1, 4, vec![]))),
        (0, 50_000, Some((5, 5, vec![3]))),
        (9, 10_000, Some((1, 0, vec![10]))),
        (2, 80_000, Some((8, 0, vec![3, 10]))),
        (8, 40_000, Some((4, 2, vec![10]))),
        (8, 50_000, Some((5, 3, vec![10, 3]))),
        // One order fills one card at most.
        (0, 100_000_000, Some((10, 0, vec![3, 10]))),
        (5, 100_000_000, Some((10, 5, vec![10, 3]))),
        // The programme had a longer card once.
        (12, 10_000, Some((1, 3, vec![3]))),
    ];
    for (before, bill, expected) in table {
        let rewards = with(vec![card()], &pie(bill), Some(&with_stamps(before)));
        assert_eq!(stamped(&rewards), expected, "{before} stamps and a bill of {bill}");
        assert!(rewards.iter().all(|one| one.recipient == Recipient::Guest));
    }
}

#[test]
fn stamps_are_for_what_is_left_after_discounts_on_the_target_before_bonuses() {
    let mut of_pies = card();
    of_pies.target = Target::Categories(vec!["Пироги".to_owned()]);
    let half = campaign(2, "Половина", Effect::Percent { share_bp: share(5_000) });
    let order = order(vec![dish("pie-cherry", "Пироги", 60_000), dish("drink-tea", "Напитки", 90_000)]);
    // The discount stands after the card, and counts all the same.
    let rewards = with(vec![of_pies, half], &order, Some(&guest(1_000_000)));
    assert_eq!(stamped(&rewards), Some((3, 3, vec![3])));
}

#[test]
fn nobody_gets_a_reward_where_nobody_is_known() {
    let reward = campaign(2, "Подарок", Effect::Reward { gift: Box::new(bonus_gift(3, "Бонусы", 5_000)) });
    assert_eq!(with(vec![card(), reward], &pie(100_000), None), []);
}

#[test]
fn a_reward_needs_a_line_of_its_target() {
    let effect = Effect::Reward { gift: Box::new(bonus_gift(1, "Бонусы", 5_000)) };
    for (category, count) in [("Пироги", 1), ("Торты", 0)] {
        let target = Target::Categories(vec![category.to_owned()]);
        let campaign = Campaign { target, ..campaign(1, "Подарок", effect.clone()) };
        assert_eq!(with(vec![campaign], &pie(10_000), Some(&guest(0))).len(), count, "{category}");
    }
}

#[test]
fn the_first_order_of_an_invited_guest_rewards_both() {
    let effect = Effect::Referral {
        referrer_gift: Box::new(bonus_gift(1, "За друга", 20_000)),
        referral_gift: Box::new(bonus_gift(2, "Другу", 10_000)),
    };
    let campaign = campaign(1, "Приведи друга", effect);
    let invited = |by: u8, closed_orders: u64| Guest {
        invited_by_campaign: Some(campaign_id(by)),
        closed_orders,
        ..guest(0)
    };
    let rewards = with(vec![campaign.clone()], &pie(10_000), Some(&invited(1, 0)));
    let got: Vec<_> = rewards
        .iter()
        .map(|one| match &one.brings {
            Brings::Gift { terms, stamp_index: None } => (one.recipient, terms.name.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(got, [(Recipient::Guest, "Другу"), (Recipient::Referrer, "За друга")]);
    for guest in [invited(1, 1), invited(2, 0), guest(0)] {
        assert_eq!(with(vec![campaign.clone()], &pie(10_000), Some(&guest)), [], "{guest:?}");
    }
    let dear = Campaign { min_order_minor: Some(Money::from_minor(10_001)), ..campaign };
    assert_eq!(with(vec![dear], &pie(10_000), Some(&invited(1, 0))), []);
}

#[test]
fn joining_brings_what_runs_then_and_an_order_does_not() {
    let date = |text: &str| LocalDateTime::try_from(text.to_owned()).expect("a date and time");
    let effect = Effect::Welcome { gift: Box::new(bonus_gift(1, "Привет", 5_000)) };
    let programme = Programme {
        utc_offset_minutes: 180,
        campaigns: vec![Campaign {
            from: Some(date("2026-03-01 00:00:00")),
            to: Some(date("2026-04-01 00:00:00")),
            ..campaign(1, "Добро пожаловать", effect)
        }],
        ..programme(5_000, 500)
    };
    let joined = |unix_s: i64| welcome(&programme, Moment::from_unix_s(unix_s));
    let begin = date("2026-03-01 00:00:00").moment(180).unix_s();
    let end = date("2026-04-01 00:00:00").moment(180).unix_s();
    assert_eq!((joined(begin - 1).len(), joined(end).len()), (0, 0));
    assert_eq!((joined(begin).len(), joined(end - 1).len()), (1, 1));
    let reward = joined(begin).remove(0);
    assert_eq!((reward.recipient, reward.campaign_id), (Recipient::Guest, campaign_id(1)));
    assert_eq!(reward.notices[0].primary, "Вы получили 50 бонусных баллов по акции \"Добро пожаловать\".");
    assert_eq!(calculated(&programme, &pie(10_000), Some(&guest(0)), &[]).rewards, []);
}

#[test]
fn a_reward_closes_its_exclusive_group_after_all_discounts_and_can_forbid_bonuses() {
    let group = |one: Campaign| Campaign { exclusive_group: Some("чек".to_owned()), ..one };
    let gift = |number: u8| Effect::Reward { gift: Box::new(bonus_gift(number, "Бонусы", 5_000)) };
    let first = group(campaign(1, "Первый", gift(1)));
    let second = group(campaign(2, "Второй", gift(2)));
    let discount = group(campaign(3, "Скидка", Effect::Percent { share_bp: share(1_000) }));
    let names =
        |rewards: Vec<Reward>| -> Vec<String> { rewards.into_iter().map(|one| one.campaign_name).collect() };
    let order = pie(10_000);
    assert_eq!(names(with(vec![first.clone(), second.clone()], &order, Some(&guest(0)))), ["Первый"]);
    assert_eq!(names(with(vec![first.clone(), discount], &order, Some(&guest(0)))), [""; 0]);

    let mut programme = programme(5_000, 500);
    programme.campaigns = vec![Campaign { bonuses: Combination::Forbidden, ..first }];
    let bonuses = calculated(&programme, &order, Some(&guest(10_000)), &[]).bonuses;
    assert_eq!(bonuses.expect("a guest has bonuses").max.payment, Money::ZERO);
}

#[test]
fn what_is_to_come_is_told_in_whole_sentences() {
    let privilege = Campaign { trigger: Trigger::Privilege, ..campaign(9, "Соба", Effect::Gift) };
    let stamps = |before: u32, bill: i64| {
        with(vec![card(), privilege.clone()], &pie(bill), Some(&with_stamps(before))).remove(0)
    };
    let gift = |terms| {
        let effect = Effect::Reward { gift: Box::new(terms) };
        with(vec![campaign(2, "Лето", effect), privilege.clone()], &pie(100), Some(&guest(0))).remove(0)
    };
    let on_closing = "Баллы начисляются, когда заказ оплачен.";
    let table = [
        (
            stamps(0, 10_000),
            "Вы получите 1 штампик по акции \"Штампики\".",
            "До подарка \"Полсотни\" останутся 2 штампика.",
        ),
        (
            stamps(0, 20_000),
            "Вы получите 2 штампика по акции \"Штампики\".",
            "До подарка \"Полсотни\" останется 1 штампик.",
        ),
        (
            stamps(0, 50_000),
            "Вы получите 5 штампиков по акции \"Штампики\".",
            "До подарка \"Сотня\" останется 5 штампиков.",
        ),
        (gift(bonus_gift(3, "Б", 100)), "Вы получите 1 бонусный балл по акции \"Лето\".", on_closing),
        (gift(bonus_gift(3, "Б", 2_200)), "Вы получите 22 бонусных балла по акции \"Лето\".", on_closing),
        (gift(bonus_gift(3, "Б", 1_150)), "Вы получите 11.50 бонусных балла по акции \"Лето\".", on_closing),
        (gift(bonus_gift(3, "Б", 11_100)), "Вы получите 111 бонусных баллов по акции \"Лето\".", on_closing),
        (
            gift(privilege_gift(3, "Соба с креветкой", 9, 21)),
            "Вы получите подарок \"Соба с креветкой\" по акции \"Лето\".",
            "Подарок выдаётся, когда заказ оплачен, и действует 21 день.",
        ),
    ];
    for (reward, primary, secondary) in table {
        let notice = &reward.notices[0];
        assert_eq!((notice.primary.as_str(), notice.secondary.as_str()), (primary, secondary));
    }
}

#[test]
fn what_was_brought_to_somebody_else_or_by_joining_is_told_so() {
    let privilege = Campaign { trigger: Trigger::Privilege, ..campaign(9, "Соба", Effect::Gift) };
    let referral = Effect::Referral {
        referrer_gift: Box::new(bonus_gift(1, "За друга", 20_000)),
        referral_gift: Box::new(privilege_gift(2, "Соба", 9, 2)),
    };
    let invited = Guest { invited_by_campaign: Some(campaign_id(1)), ..guest(0) };
    let campaigns = vec![campaign(1, "Друзья", referral), privilege.clone()];
    let rewards = with(campaigns, &pie(10_000), Some(&invited));
    let said = |reward: &Reward| (reward.notices[0].primary.clone(), reward.notices[0].secondary.clone());
    let own = |primary: &str, secondary: &str| (primary.to_owned(), secondary.to_owned());
    assert_eq!(
        [said(&rewards[0]), said(&rewards[1])],
        [
            own(
                "Вы получите подарок \"Соба\" по акции \"Друзья\".",
                "Подарок выдаётся, когда заказ оплачен, и действует 2 дня.",
            ),
            own(
                "Пригласивший вас гость получит 200 бонусных баллов по акции \"Друзья\".",
                "Баллы начисляются, когда заказ оплачен.",
            ),
        ]
    );
    let joined = |gift| {
        let effect = Effect::Welcome { gift: Box::new(gift) };
        let campaigns = vec![campaign(1, "Привет", effect), privilege.clone()];
        let programme = Programme { campaigns, ..programme(5_000, 500) };
        programme.check().expect("a valid programme");
        said(&welcome(&programme, NOON)[0])
    };
    assert_eq!(
        [joined(bonus_gift(1, "Бонусы", 1_100)), joined(privilege_gift(1, "Соба", 9, 14))],
        [
            own("Вы получили 11 бонусных баллов по акции \"Привет\".", "Ими можно расплачиваться за заказы.",),
            own("Вы получили подарок \"Соба\" по акции \"Привет\".", "Подарок действует 14 дней."),
        ]
    );
}

#[test]
fn how_stamps_are_got_is_told_in_the_makers_words() {
    let told = loyalty::notice::of_stamp_condition(Money::from_minor(10_000));
    assert_eq!(told, "1 штампик за каждые 100 р. в чеке");
}

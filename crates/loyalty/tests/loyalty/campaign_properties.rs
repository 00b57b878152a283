//! Promises about campaigns that hold for every programme, order and guest.

use std::collections::HashSet;

use contract::Money;
use loyalty::programme::{Campaign, Effect, PromoCode, StampGift, Target, Trigger};
use loyalty::promo::PromoCodeRefusal;
use loyalty::reward::Brings;
use loyalty::{Calculation, Guest, Order, Programme, calculate};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::fixture::{bonus_gift, campaign, campaign_id, dish, guest, order, programme, share};
use crate::made_up::{codes, guests, orders, programmes};

fn calculated(programme: &Programme, order: &Order, guest: Option<&Guest>) -> Calculation {
    programme.check().expect("only valid programmes are made up");
    calculate(programme, order, guest, &codes()).expect("a known rank")
}

/// The campaigns that gave something: first those that took something off, then those that brought something.
fn given<'a>(programme: &'a Programme, calculation: &Calculation) -> Vec<&'a Campaign> {
    let discounts = calculation.campaigns.iter().map(|one| &one.id);
    let mut ids: Vec<&String> =
        discounts.chain(calculation.rewards.iter().map(|one| &one.campaign_id)).collect();
    ids.dedup();
    ids.into_iter().map(|id| programme.campaign(id).expect("a campaign of this programme")).collect()
}

fn percents_and_sums() -> impl Strategy<Value = Vec<Campaign>> {
    let effect = prop_oneof![
        (1_u32..=10_000).prop_map(|bp| Effect::Percent { share_bp: share(bp) }),
        (1_i64..=100_000).prop_map(|minor| Effect::Fixed { amount_minor: Money::from_minor(minor) }),
    ];
    vec(effect, 1..5).prop_map(|effects| {
        (1..).zip(effects).map(|(number, effect)| campaign(number, "Скидка", effect)).collect()
    })
}

proptest! {
    #[test]
    fn of_each_exclusive_group_one_campaign_gives(
        programme in programmes(), order in orders(), guest in guests(),
    ) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let mut groups = HashSet::new();
        for campaign in given(&programme, &calculation) {
            if let Some(group) = &campaign.exclusive_group {
                prop_assert!(groups.insert(group), "twice of {}", group);
            }
        }
    }

    #[test]
    fn whatever_gives_was_set_off_by_what_the_guest_holds_or_entered(
        programme in programmes(), order in orders(), guest in guests(),
    ) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let entered: Vec<PromoCode> = codes().into_iter().map(PromoCode::new).collect();
        for campaign in given(&programme, &calculation) {
            let is_set_off = match &campaign.trigger {
                Trigger::Automatic => true,
                Trigger::PromoCode(code) => entered.contains(code),
                Trigger::SingleUsePromoCodes(own) => own
                    .iter()
                    .any(|code| entered.contains(code) && !guest.taken_promo_codes.contains(code.normal())),
                Trigger::Privilege => guest.privileges.contains(&campaign.id),
                Trigger::Activated => guest.activated.contains(&campaign.id),
                Trigger::Bought { .. } => guest.bought.contains(&campaign.id),
            };
            prop_assert!(is_set_off, "{:?}", campaign);
        }
    }

    #[test]
    fn whatever_gives_meets_its_conditions(programme in programmes(), order in orders(), guest in guests()) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let now = order.opened_at().local(programme.utc_offset_minutes);
        for campaign in given(&programme, &calculation) {
            prop_assert!(campaign.is_running_at(now));
            prop_assert!(campaign.min_order_minor.is_none_or(|least| least <= order.cost()));
            prop_assert!(campaign.expeditions.is_empty() || campaign.expeditions.contains(&order.expedition()));
            prop_assert!(campaign.weekdays.is_empty() || campaign.weekdays.contains(&now.weekday()));
            prop_assert!(campaign.hours.is_empty() || campaign.hours.iter().any(|one| one.day_of(now).is_some()));
            prop_assert!(!campaign.first_order || guest.closed_orders == 0);
            let uses = guest.uses.get(&campaign.id).copied().unwrap_or(0);
            prop_assert!(campaign.uses_per_guest.is_none_or(|most| uses < u64::from(most)));
            for one in &campaign.contains {
                let lines = order.lines().iter().filter(|line| one.target.includes(line));
                let milli: i64 = lines.map(|line| line.quantity.milli()).sum();
                prop_assert!(milli > 0 && one.at_least_milli.is_none_or(|least| least.milli() <= milli));
            }
        }
    }

    #[test]
    fn discounts_are_told_in_the_programmes_order_and_stay_on_their_target(
        programme in programmes(), order in orders(), guest in guests(),
    ) {
        let calculation = calculated(&programme, &order, Some(&guest));
        let place = |id: &str| programme.campaigns.iter().position(|one| one.id == id).expect("its place");
        let places: Vec<usize> = calculation.campaigns.iter().map(|told| place(&told.id)).collect();
        prop_assert!(places.is_sorted_by(|a, b| a < b));
        for told in &calculation.campaigns {
            let campaign = &programme.campaigns[place(&told.id)];
            prop_assert!(campaign.effect.is_discount());
            prop_assert_eq!(told.uses_privilege, campaign.trigger == Trigger::Privilege);
            for (line, part) in order.lines().iter().zip(&told.discount_by_line) {
                prop_assert!(*part == Money::ZERO || campaign.target.includes(line));
            }
        }
    }

    #[test]
    fn each_code_works_or_is_refused_with_a_reason(
        programme in programmes(), order in orders(), guest in guests(), is_known in any::<bool>(),
    ) {
        let calculation = calculated(&programme, &order, is_known.then_some(&guest));
        let working = given(&programme, &calculation);
        for code in codes().into_iter().map(PromoCode::new) {
            let refused = calculation.refused_promo_codes.iter().find(|one| one.code == code.text());
            let owner = programme.campaigns.iter().find(|one| one.trigger.promo_codes().contains(&code));
            match (owner, refused) {
                (None, Some(refused)) => prop_assert_eq!(&refused.reason, &PromoCodeRefusal::Unknown),
                (None, None) => prop_assert!(false, "nobody's code was taken"),
                (Some(owner), None) => prop_assert!(working.iter().any(|one| one.id == owner.id)),
                (Some(owner), Some(refused)) => {
                    prop_assert_eq!(refused.campaign_id.as_ref(), Some(&owner.id));
                    prop_assert_ne!(&refused.reason, &PromoCodeRefusal::Unknown);
                    let is_single_use = matches!(owner.trigger, Trigger::SingleUsePromoCodes(_));
                    prop_assert!(is_single_use || !working.iter().any(|one| one.id == owner.id));
                }
            }
            let is_used = calculation.used_promo_codes.iter().any(|used| used == code.normal());
            let is_single_use = owner.is_some_and(|one| matches!(one.trigger, Trigger::SingleUsePromoCodes(_)));
            prop_assert_eq!(is_used, is_single_use && refused.is_none());
        }
    }

    #[test]
    fn without_a_guest_there_is_nothing_that_only_a_guest_can_have(programme in programmes(), order in orders()) {
        let calculation = calculated(&programme, &order, None);
        prop_assert!(calculation.rewards.is_empty() && calculation.used_promo_codes.is_empty());
        for campaign in given(&programme, &calculation) {
            prop_assert!(matches!(campaign.trigger, Trigger::Automatic | Trigger::PromoCode(_)));
            prop_assert!(!campaign.first_order && campaign.uses_per_guest.is_none());
        }
    }

    #[test]
    fn one_campaign_more_never_makes_an_order_dearer(
        campaigns in percents_and_sums(), place in 0_usize..4, cost in 0_i64..=10_000_000,
    ) {
        let order = order(vec![dish("pie-cherry", "Пироги", cost), dish("drink-tea", "Напитки", cost / 3)]);
        let total = |campaigns: Vec<Campaign>| {
            let programme = Programme { campaigns, ..programme(0, 0) };
            calculate(&programme, &order, None, &[]).expect("no rank is asked for").total
        };
        let mut fewer = campaigns.clone();
        fewer.remove(place.min(campaigns.len() - 1));
        prop_assert!(total(campaigns) <= total(fewer));
    }

    #[test]
    fn a_dearer_order_never_costs_less_and_never_brings_fewer_stamps(
        campaigns in percents_and_sums(), cost in 0_i64..=1_000_000, more in 0_i64..=1_000_000, before in 0_u8..20,
    ) {
        let gifts = vec![StampGift { stamps: 9, gift: bonus_gift(1, "Бонусы", 100) }];
        let card = campaign(99, "Штампики", Effect::Stamps { per_minor: Money::from_minor(7_000), gifts });
        let programme = Programme { campaigns: campaigns.into_iter().chain([card]).collect(), ..programme(0, 0) };
        let stamps = [(campaign_id(99), before.into())].into();
        let guest = Guest { stamps, ..guest(0) };
        let of = |cost: i64| {
            let order = order(vec![dish("pie-cherry", "Пироги", cost)]);
            let calculation = calculate(&programme, &order, Some(&guest), &[]).expect("a known rank");
            let count = match calculation.rewards.first().map(|one| &one.brings) {
                Some(Brings::Stamps { count, .. }) => *count,
                _ => 0,
            };
            (calculation.total, count)
        };
        let ((less, few), (dear, many)) = (of(cost), of(cost + more));
        prop_assert!(less <= dear && few <= many);
        prop_assert_eq!(i64::from(few), (less.minor() / 7_000).min(9));
    }

    #[test]
    fn a_larger_balance_never_pays_less(programme in programmes(), order in orders(), guest in guests(), more in 0_i64..=1_000_000) {
        let richer = Guest { balance: Money::from_minor(guest.balance.minor() + more), ..guest.clone() };
        let most = |guest: &Guest| {
            calculated(&programme, &order, Some(guest)).bonuses.expect("a guest has bonuses").max.payment
        };
        prop_assert!(most(&guest) <= most(&richer));
    }
}

#[test]
fn a_campaign_on_nothing_but_what_a_gift_has_taken_gives_nothing() {
    let mut programme = programme(5_000, 500);
    let tea = || Target::Codes(vec!["drink-tea".to_owned()]);
    programme.campaigns = vec![
        Campaign { target: tea(), ..campaign(1, "Подарок", Effect::Gift) },
        Campaign { target: tea(), ..campaign(2, "Скидка", Effect::Percent { share_bp: share(1_000) }) },
    ];
    let order = order(vec![dish("drink-tea", "Напитки", 10_000), dish("pie-cherry", "Пироги", 10_000)]);
    let calculation = calculated(&programme, &order, None);
    assert_eq!(calculation.campaigns.len(), 1);
}

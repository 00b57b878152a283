//! Campaigns a guest has to activate, to buy, or to hold a privilege for.

use std::collections::HashSet;

use contract::Money;
use loyalty::Guest;
use loyalty::programme::{Campaign, Effect, Trigger};

use crate::fixture::{calculated, campaign, campaign_id, dish, guest, order, programme, share};

#[test]
fn a_campaign_works_for_who_holds_it_in_the_way_it_asks_for_and_for_nobody_else() {
    let own = || HashSet::from([campaign_id(1)]);
    let others = || HashSet::from([campaign_id(2)]);
    let bought = Trigger::Bought { price_minor: Money::from_minor(99_000), old_price_minor: None };
    let holders = [
        Guest { privileges: own(), activated: others(), bought: others(), ..guest(0) },
        Guest { activated: own(), bought: others(), privileges: others(), ..guest(0) },
        Guest { bought: own(), privileges: others(), activated: others(), ..guest(0) },
    ];
    let triggers = [Trigger::Privilege, Trigger::Activated, bought];
    for (wanted, trigger) in triggers.into_iter().enumerate() {
        let mut programme = programme(5_000, 500);
        let tenth = Effect::Percent { share_bp: share(1_000) };
        programme.campaigns = vec![Campaign { trigger: trigger.clone(), ..campaign(1, "Своим", tenth) }];
        let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
        for (held, holder) in holders.iter().enumerate() {
            let calculation = calculated(&programme, &order, Some(holder), &[]);
            assert_eq!(calculation.discount.is_positive(), held == wanted, "{trigger:?} for {holder:?}");
        }
        let for_nobody = calculated(&programme, &order, None, &[]);
        assert_eq!(for_nobody.discount, Money::ZERO, "{trigger:?}");
    }
}

#[test]
fn only_a_privilege_is_used_up() {
    let ids = || HashSet::from([campaign_id(1)]);
    let guest = Guest { privileges: ids(), activated: ids(), bought: ids(), ..guest(0) };
    let bought = Trigger::Bought { price_minor: Money::from_minor(1), old_price_minor: None };
    for (trigger, is_used) in [
        (Trigger::Privilege, true),
        (Trigger::Activated, false),
        (bought, false),
        (Trigger::Automatic, false),
    ] {
        let mut programme = programme(5_000, 500);
        programme.campaigns = vec![Campaign { trigger, ..campaign(1, "Своим", Effect::Gift) }];
        let order = order(vec![dish("pie-cherry", "Пироги", 10_000)]);
        let calculation = calculated(&programme, &order, Some(&guest), &[]);
        assert_eq!(calculation.campaigns[0].uses_privilege, is_used);
    }
}

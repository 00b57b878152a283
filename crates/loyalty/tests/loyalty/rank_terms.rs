//! What a rank says of bonuses beside its cashback: a bound of its own for paying with them, or a discount instead.

use contract::Money;
use loyalty::programme::{Effect, Rank, RankDiscount};
use loyalty::{Bound, Guest, Programme};

use crate::fixture::{calculated, campaign, campaign_id, dish, guest, order, programme, share};

/// A programme that lets half of an order be paid with bonuses, and a second rank as it is handed in.
fn with_rank(rank: Rank) -> Programme {
    let mut programme = programme(5_000, 1_000);
    programme.ranks.push(rank);
    programme
}

fn rank(name: &str, cashback_bp: u32) -> Rank {
    Rank {
        name: name.to_owned(),
        threshold_minor: Money::ZERO,
        cashback_bp: share(cashback_bp),
        max_payable_share_bp: None,
        discount: None,
        confirmation: None,
    }
}

fn friend(share_bp: u32) -> Rank {
    let discount = RankDiscount { id: campaign_id(9), share_bp: share(share_bp) };
    Rank { discount: Some(discount), ..rank("Друзья дома", 0) }
}

fn of_second_rank(balance_minor: i64) -> Guest {
    Guest { rank_index: 1, ..guest(balance_minor) }
}

#[test]
fn a_ranks_own_bound_stands_in_for_the_programmes() {
    let order = order(vec![dish("pie", "Пироги", 10_001)]);
    for (own, most) in [(None, 5_000), (Some(0), 0), (Some(2_500), 2_500), (Some(10_000), 10_001)] {
        let rank = Rank { max_payable_share_bp: own.map(share), ..rank("Золотой", 500) };
        let calculation = calculated(&with_rank(rank), &order, Some(&of_second_rank(50_000)), &[]);
        let bonuses = calculation.bonuses.expect("a guest has bonuses");
        assert_eq!(bonuses.max.payment, Money::from_minor(most), "{own:?}");
        assert_eq!(bonuses.bound, Bound::Share { share: share(own.unwrap_or(5_000)) });
    }
}

#[test]
fn a_rank_with_a_discount_takes_it_off_what_campaigns_left_and_lets_bonuses_rest() {
    let mut programme = with_rank(friend(700));
    programme.campaigns.push(campaign(1, "Скидка", Effect::Fixed { amount_minor: Money::from_minor(1_000) }));
    let order = order(vec![dish("pie", "Пироги", 7_000), dish("tea", "Напитки", 4_005)]);
    let calculation = calculated(&programme, &order, Some(&of_second_rank(50_000)), &[]);
    let told: Vec<_> =
        calculation.campaigns.iter().map(|one| (one.name.as_str(), one.discount.minor())).collect();
    // 7 % of 100.05 is 7.0035.
    assert_eq!(told, [("Скидка", 1_000), ("Друзья дома", 700)]);
    assert_eq!(calculation.campaigns[1].id, campaign_id(9));
    assert_eq!(calculation.total.minor(), 9_305);
    let bonuses = calculation.bonuses.expect("a guest has bonuses");
    assert_eq!((bonuses.min.accrual, bonuses.max.payment, bonuses.held_back), Default::default());
    assert_eq!(bonuses.bound, Bound::Rank { name: "Друзья дома".to_owned() });
    assert!(bonuses.notices[0].secondary.contains("скидку вместо бонусов"), "{:?}", bonuses.notices);
}

#[test]
fn a_ranks_discount_is_rounded_half_up_and_of_nothing_is_not_told() {
    for (cost, share_bp, discount) in [(50, 100, 1), (49, 100, 0), (10_000, 10_000, 10_000), (0, 700, 0)] {
        let order = order(vec![dish("pie", "Пироги", cost)]);
        let calculation = calculated(&with_rank(friend(share_bp)), &order, Some(&of_second_rank(0)), &[]);
        assert_eq!(calculation.discount.minor(), discount, "{cost} {share_bp}");
        assert_eq!(calculation.campaigns.len(), usize::from(discount > 0));
    }
}

#[test]
fn a_ranks_discount_is_nobody_elses() {
    let order = order(vec![dish("pie", "Пироги", 10_000)]);
    for other in [None, Some(&guest(0))] {
        assert_eq!(calculated(&with_rank(friend(700)), &order, other, &[]).discount, Money::ZERO);
    }
}

//! The calculation of an order: what each campaign and the guest's rank take off, what is left to pay, what bonuses can do.

use contract::Money;

use crate::bonuses::{Bonuses, LineTerms};
use crate::discount::{self, Applied, Given};
use crate::guest::Guest;
use crate::notice::{self, Notice};
use crate::occasion::Occasion;
use crate::order::Order;
use crate::programme::{Combination, Programme, PromoCode, Rank, Trigger};
use crate::promo::{self, RefusedPromoCode};
use crate::reward::{self, Reward};

/// What a programme makes of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// The campaigns that take something off, in the programme's order, and after them the guest's rank, where it gives a
    /// discount.
    pub campaigns: Vec<CampaignResult>,
    /// What closing the order brings besides the accrual, in the programme's order.
    pub rewards: Vec<Reward>,
    /// The promo codes that do nothing, in the order they were entered.
    pub refused_promo_codes: Vec<RefusedPromoCode>,
    /// The single-use promo codes the order uses up, as [`crate::programme::PromoCode::normal`] writes them.
    pub used_promo_codes: Vec<String>,
    /// What all of them together take off.
    pub discount: Money,
    /// What is left to pay, before any bonuses.
    pub total: Money,
    /// The same by line, in the order of the lines; adds up to `total`.
    pub total_by_line: Vec<Money>,
    /// What bonuses can do; absent without a guest.
    pub bonuses: Option<Bonuses>,
}

/// What one campaign takes off, or the guest's rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignResult {
    /// The id of the campaign, or of the rank's discount.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it takes off; above zero.
    pub discount: Money,
    /// The same by line, in the order of the lines; adds up to `discount`.
    pub discount_by_line: Vec<Money>,
    /// Whether it uses up a privilege of the guest.
    pub uses_privilege: bool,
    /// What is said to the guest about it.
    pub notices: Vec<Notice>,
}

/// A guest's rank is not one of the programme's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the programme has no rank {rank_index}")]
pub struct UnknownRank {
    /// The rank, counted from zero.
    pub rank_index: usize,
}

/// Applies `programme` to `order`. Without a guest only what is for everybody applies, and there are no bonuses.
///
/// # Errors
/// [`UnknownRank`] where the guest's rank is not one of the programme's.
pub fn calculate(
    programme: &Programme,
    order: &Order,
    guest: Option<&Guest>,
    promo_codes: &[String],
) -> Result<Calculation, UnknownRank> {
    let occasion = Occasion::new(programme, order, guest, promo_codes);
    let mut left: Vec<Money> = order.lines().iter().map(|line| line.cost).collect();
    let rank = guest.map(|guest| rank_of(programme, guest)).transpose()?;
    let mut given = Given::default();
    let applied = discount::apply(programme, &occasion, &mut given, &mut left);
    let of_rank = rank.and_then(|rank| rank_result(rank, &mut left));
    let rewards = reward::bring(programme, &occasion, &mut given, &left);
    let forbidden_by = given
        .campaigns()
        .iter()
        .find(|campaign| campaign.bonuses == Combination::Forbidden)
        .map(|campaign| campaign.name.as_str());
    let bonuses = match guest.zip(rank) {
        Some((guest, rank)) => {
            let terms = order.lines().iter().zip(&left).map(|(line, to_pay)| LineTerms {
                to_pay: *to_pay,
                is_payable: !programme.unpayable.covers(line),
                accrues: !programme.unaccruing.covers(line),
            });
            let max_share = programme.max_payable_share_bp;
            Some(Bonuses::new(terms.collect(), guest.balance, rank, max_share, forbidden_by))
        }
        None => None,
    };
    let campaigns: Vec<CampaignResult> =
        applied.into_iter().map(|one| campaign_result(one, &occasion)).chain(of_rank).collect();
    Ok(Calculation {
        discount: sum(campaigns.iter().map(|one| one.discount)),
        campaigns,
        rewards,
        refused_promo_codes: promo::refused(programme, &occasion, &given),
        used_promo_codes: promo::used(&occasion, &given),
        total: sum(left.iter().copied()),
        total_by_line: left,
        bonuses,
    })
}

fn rank_of<'a>(programme: &'a Programme, guest: &Guest) -> Result<&'a Rank, UnknownRank> {
    let rank_index = guest.rank_index;
    programme.ranks.get(rank_index).ok_or(UnknownRank { rank_index })
}

/// What the rank takes off, which is taken out of `left`; none where that is nothing.
fn rank_result(rank: &Rank, left: &mut [Money]) -> Option<CampaignResult> {
    let terms = rank.discount.as_ref()?;
    let discount_by_line = discount::apply_share(terms.share_bp, left);
    let discount = sum(discount_by_line.iter().copied());
    discount.is_positive().then(|| CampaignResult {
        id: terms.id.clone(),
        name: rank.name.clone(),
        discount,
        discount_by_line,
        uses_privilege: false,
        notices: vec![notice::of_rank(rank, terms.share_bp)],
    })
}

fn campaign_result(applied: Applied<'_>, occasion: &Occasion<'_>) -> CampaignResult {
    let campaign = applied.campaign;
    let own = campaign.trigger.promo_codes();
    let code = occasion.code_for(campaign).and_then(|entered| own.iter().find(|code| *code == entered));
    let mut notice = notice::of_campaign(campaign, applied.total, code.map(PromoCode::text));
    if let Some(left) = occasion.uses_left(campaign) {
        notice::add_uses_left(&mut notice, campaign, left);
    }
    CampaignResult {
        id: campaign.id.clone(),
        name: campaign.name.clone(),
        discount: applied.total,
        uses_privilege: campaign.trigger == Trigger::Privilege,
        notices: vec![notice],
        discount_by_line: applied.by_line,
    }
}

/// The amounts are parts of an order's cost, which is within range.
fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    Money::from_minor(amounts.map(Money::minor).sum())
}

/// Sums amounts given by line into amounts by article code, in the order the codes first appear; codes with nothing are
/// left out.
#[must_use]
pub fn by_code(order: &Order, by_line: &[Money]) -> Vec<(String, Money)> {
    let mut places = std::collections::HashMap::new();
    let mut sums: Vec<(String, Money)> = Vec::new();
    for (line, amount) in order.lines().iter().zip(by_line).filter(|(_, amount)| amount.is_positive()) {
        let place = *places.entry(line.code.as_str()).or_insert_with(|| {
            sums.push((line.code.clone(), Money::ZERO));
            sums.len() - 1
        });
        sums[place].1 = Money::from_minor(sums[place].1.minor() + amount.minor());
    }
    sums
}

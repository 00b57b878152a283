//! The calculation of an order: what each campaign takes off, what is left to pay, what bonuses can do.

use contract::Money;

use crate::bonuses::{Bonuses, Guest};
use crate::discount::{self, Applied};
use crate::notice::{self, Notice};
use crate::order::Order;
use crate::programme::{Combination, Programme};

/// What a programme makes of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// The campaigns that give something, in the programme's order.
    pub campaigns: Vec<CampaignResult>,
    /// What all campaigns together take off.
    pub discount: Money,
    /// What is left to pay, before any bonuses.
    pub total: Money,
    /// The same by line, in the order of the lines; adds up to `total`.
    pub total_by_line: Vec<Money>,
    /// What bonuses can do; absent without a guest.
    pub bonuses: Option<Bonuses>,
}

/// What one campaign takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignResult {
    /// The campaign's id.
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
    let mut left: Vec<Money> = order.lines().iter().map(|line| line.cost).collect();
    let applied = discount::apply(programme, order, guest, promo_codes, &mut left);
    let forbidden_by = applied
        .iter()
        .find(|one| one.campaign.bonuses == Combination::Forbidden)
        .map(|one| one.campaign.name.as_str());
    let bonuses = match guest {
        Some(guest) => {
            let rank_index = guest.rank_index;
            let rank = programme.ranks.get(rank_index).ok_or(UnknownRank { rank_index })?;
            let max_share = programme.max_payable_share_bp;
            Some(Bonuses::new(left.clone(), guest.balance, rank, max_share, forbidden_by))
        }
        None => None,
    };
    let discount = sum(applied.iter().map(|one| one.total));
    Ok(Calculation {
        campaigns: applied.into_iter().map(campaign_result).collect(),
        discount,
        total: sum(left.iter().copied()),
        total_by_line: left,
        bonuses,
    })
}

fn campaign_result(applied: Applied<'_>) -> CampaignResult {
    CampaignResult {
        id: applied.campaign.id.clone(),
        name: applied.campaign.name.clone(),
        discount: applied.total,
        uses_privilege: applied.campaign.trigger == crate::programme::Trigger::Privilege,
        notices: vec![notice::of_campaign(applied.campaign, applied.total)],
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

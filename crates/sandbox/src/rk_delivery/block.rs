//! The block `loyaltyAmount` of a quote.

use contract::Money;
use contract::decimal::Decimal;
use loyalty::notice::Notice;
use loyalty::programme::PromoCode;

use super::call::Call;
use super::error::Refusal;
use super::wire::{BonusesWire, LoyaltyAmountWire, LoyaltyProgramWire, MoneyWire};
use crate::network::fingerprint::Fingerprint;
use crate::network::quote::Quote;
use crate::store::delivery;

/// The block where all bonuses are used that may be, or none. `entered` are the promo codes as the guest wrote them.
pub(super) fn loyalty_amount(
    call: &Call<'_>,
    quote: &Quote,
    fingerprint: &Fingerprint,
    entered: &[String],
    uses_bonuses: bool,
) -> Result<LoyaltyAmountWire, Refusal> {
    let calculation = &quote.calculation;
    let bonuses = calculation
        .bonuses
        .as_ref()
        .ok_or_else(|| Refusal::Internal("a quote with loyalty has bonuses".to_owned()))?;
    let payment = if uses_bonuses { bonuses.max.payment } else { bonuses.min.payment };
    Ok(LoyaltyAmountWire {
        total_amount: money(calculation.total.minus_or_zero(payment)),
        loyalty_discount_amount: Decimal(calculation.discount.minor() + payment.minor()),
        bonuses: BonusesWire {
            guest_balance: money(quote.guest.as_ref().map_or(Money::ZERO, |guest| guest.balance)),
            rank_name: rank_name(call, quote)?,
            max_bonuses_for_payment: money(bonuses.max.payment),
            accrual_with_payment: money(bonuses.max.accrual),
            accrual_without_payment: money(bonuses.min.accrual),
        },
        loyalty_programs: programs(quote),
        loyalty_promo: working(entered, &quote.promo_codes),
        finger_print: fingerprint.encode()?,
        use_rk_loyalty: true,
        use_loyalty_bonus_payments: uses_bonuses,
    })
}

pub(super) const fn money(amount: Money) -> MoneyWire {
    Decimal(amount.minor())
}

/// The name as r_k Delivery writes it. Who is no guest yet has the lowest rank.
fn rank_name(call: &Call<'_>, quote: &Quote) -> Result<String, Refusal> {
    let network = &call.network;
    let index = quote.guest.as_ref().map_or(0, |guest| guest.standing.rank_index);
    if let Some(name) = delivery::rank_name(network.tx, network.id, index)? {
        return Ok(name);
    }
    let rank = network.programme.ranks.get(index);
    rank.map(|rank| rank.name.clone())
        .ok_or_else(|| Refusal::Internal(format!("the programme has no rank {index}")))
}

/// The campaigns that take something off, then those that bring something once the order is closed, each once.
fn programs(quote: &Quote) -> Vec<LoyaltyProgramWire> {
    let discounts = quote.calculation.campaigns.iter().map(|one| (&one.name, &one.notices));
    let rewards = quote.calculation.rewards.iter().map(|one| (&one.campaign_name, &one.notices));
    let mut programs: Vec<LoyaltyProgramWire> = Vec::new();
    for (name, notices) in discounts.chain(rewards) {
        let said = notices.iter().map(|notice: &Notice| notice.primary.clone());
        match programs.last_mut().filter(|last| last.program_name == *name) {
            Some(last) => last.program_notification.extend(said),
            None => programs.push(LoyaltyProgramWire {
                program_name: name.clone(),
                program_notification: said.collect(),
            }),
        }
    }
    programs
}

/// The codes that do something, each once, as they were entered.
fn working(entered: &[String], normal: &[String]) -> Option<Vec<String>> {
    let mut left: Vec<&String> = normal.iter().collect();
    let mut taken = Vec::new();
    for text in entered {
        let code = PromoCode::new(text.as_str());
        if let Some(place) = left.iter().position(|one| one.as_str() == code.normal()) {
            left.remove(place);
            taken.push(text.clone());
        }
    }
    (!taken.is_empty()).then_some(taken)
}

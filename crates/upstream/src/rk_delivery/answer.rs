//! Judges r_k Delivery's answers and turns the believable ones into the common vocabulary.
//!
//! The sums must be those of the order that was asked about, the discount and the rest must add up to it, and the two
//! precalculations, with bonuses and without, must not contradict each other.

use contract::Money;
use contract::decimal::Decimal;

use super::echo::{Blocks, Echo};
use super::wire::{AmountWire, BonusesWire, CreatedWire, LoyaltyWire, PrecalculatedWire, ProgrammeWire};
use crate::UpstreamError;
use crate::amount::amount;
use crate::http::json::decoded;
use crate::program::{
    Calculation, CampaignResult, Confirmed, Notification, Rank, RankBenefit, SpendEnd, Wallet,
};

/// One precalculation, believed by itself.
pub(super) struct Precalculation {
    blocks: Blocks,
    campaigns: Vec<CampaignResult>,
    discount: Money,
    bonuses: Bonuses,
}

#[derive(Default)]
struct Bonuses {
    max: Money,
    accrual_with: Money,
    accrual_without: Money,
    wallet: Option<Wallet>,
}

impl Precalculation {
    /// Whether there is anything to spend.
    pub(super) const fn lets_spend(&self) -> bool {
        self.bonuses.max.is_positive()
    }
}

/// The precalculation of an order of `items_total`, asked for with or without bonuses.
pub(super) fn precalculation(
    answer: PrecalculatedWire,
    items_total: Money,
    use_bonuses: bool,
) -> Result<Precalculation, UpstreamError> {
    let AmountWire { total_amount, order_amount, delivery_amount, loyalty_amount, discounts } = answer.amount;
    let order_amount = amount(order_amount, "orderAmount")?;
    let total = amount(total_amount, "totalAmount")?;
    if order_amount != items_total {
        return Err(UpstreamError::malformed("orderAmount is not the sum of the order"));
    }
    if delivery_amount.unwrap_or_default() != Decimal(0) {
        return Err(UpstreamError::malformed("deliveryAmount of an order that is fetched"));
    }
    let Some(block) = loyalty_amount else {
        if total != items_total {
            return Err(UpstreamError::malformed("a discount without loyaltyAmount"));
        }
        let blocks = Blocks { loyalty: None, discounts };
        let bonuses = Bonuses::default();
        return Ok(Precalculation { blocks, campaigns: Vec::new(), discount: Money::ZERO, bonuses });
    };
    let loyalty: LoyaltyWire = decoded(block.get().as_bytes())?;
    if loyalty.finger_print.is_empty() {
        return Err(UpstreamError::malformed("fingerPrint is empty"));
    }
    let bonuses = loyalty.bonuses.map(bonuses).transpose()?.unwrap_or_default();
    let taken_off = amount(loyalty.loyalty_discount_amount, "loyaltyDiscountAmount")?;
    let left = amount(loyalty.total_amount, "loyaltyAmount.totalAmount")?;
    if left != total || taken_off.checked_add(left) != Some(items_total) {
        return Err(UpstreamError::malformed("discount and total do not add up to the order"));
    }
    let spent = spent(loyalty.use_loyalty_bonus_payments, use_bonuses, bonuses.max)?;
    let discount = taken_off
        .checked_sub(spent)
        .filter(|discount| !discount.is_negative())
        .ok_or_else(|| UpstreamError::malformed("loyaltyDiscountAmount lacks the bonuses"))?;
    if bonuses.max > items_total.minus_or_zero(discount) {
        return Err(UpstreamError::malformed("maxBonusesForPayment exceeds the order"));
    }
    let campaigns = campaigns(loyalty.loyalty_programs.unwrap_or_default(), discount)?;
    Ok(Precalculation { blocks: Blocks { loyalty: Some(block), discounts }, campaigns, discount, bonuses })
}

/// How many bonuses a precalculation takes off. Where none may be spent, the makers' examples say that bonuses are used
/// all the same, and it means nothing.
fn spent(used: bool, asked: bool, max: Money) -> Result<Money, UpstreamError> {
    match (used, asked) {
        _ if max == Money::ZERO => Ok(Money::ZERO),
        (false, false) => Ok(Money::ZERO),
        (true, true) => Ok(max),
        _ => Err(UpstreamError::malformed("useLoyaltyBonusPayments is not what was asked for")),
    }
}

fn bonuses(bonuses: BonusesWire) -> Result<Bonuses, UpstreamError> {
    let balance = amount(bonuses.guest_balance, "guestBalance")?;
    let rank = bonuses.rank_name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let rank = rank.map(|name| Rank { name, benefit: RankBenefit::Untold, confirmation: None });
    let max = amount(bonuses.max_bonuses_for_payment, "maxBonusesForPayment")?;
    if max > balance {
        return Err(UpstreamError::malformed("maxBonusesForPayment exceeds guestBalance"));
    }
    Ok(Bonuses {
        max,
        accrual_with: amount(bonuses.accrual_with_payment, "accrualWithPayment")?,
        accrual_without: amount(bonuses.accrual_without_payment, "accrualWithoutPayment")?,
        wallet: Some(Wallet { balance, rank }),
    })
}

/// The campaigns' names with the one sum that is told. Where several took part, nobody can say which took off what: then
/// they stand together, under all their names.
fn campaigns(programmes: Vec<ProgrammeWire>, discount: Money) -> Result<Vec<CampaignResult>, UpstreamError> {
    if programmes.is_empty() && discount.is_positive() {
        return Err(UpstreamError::malformed("a discount that no programme gives"));
    }
    let mut joined: Option<CampaignResult> = None;
    for programme in programmes {
        let name = programme.program_name.trim();
        let notifications = programme.program_notification.unwrap_or_default().into_iter();
        let notifications = notifications.map(|primary| Notification { primary, secondary: String::new() });
        match &mut joined {
            Some(before) => {
                before.name = format!("{}, {name}", before.name);
                before.notifications.extend(notifications);
            }
            None => {
                let notifications = notifications.collect();
                joined = Some(CampaignResult {
                    id: String::new(),
                    name: name.to_owned(),
                    discount,
                    notifications,
                });
            }
        }
    }
    Ok(joined.map(|campaign| CampaignResult { id: campaign.name.clone(), ..campaign }).into_iter().collect())
}

/// Both ends together. `with` is there if anything may be spent.
pub(super) fn calculation(
    without: Precalculation,
    with: Option<Precalculation>,
) -> Result<Calculation, UpstreamError> {
    let Bonuses { max, accrual_without, accrual_with, wallet } = without.bonuses;
    if let Some(with) = &with
        && (with.discount != without.discount
            || with.bonuses.max != max
            || with.campaigns != without.campaigns)
    {
        return Err(UpstreamError::malformed("the precalculations with and without bonuses contradict"));
    }
    let echo =
        Echo { without: without.blocks, with: with.map(|with| with.blocks), max: Decimal(max.minor()) };
    let most = if max.is_positive() { accrual_with } else { accrual_without };
    Ok(Calculation {
        echo: echo.write()?,
        campaigns: without.campaigns,
        discount_total: without.discount,
        least: SpendEnd { payment: Money::ZERO, accrual: accrual_without },
        most: SpendEnd { payment: max, accrual: most },
        notifications: Vec::new(),
        wallet,
        guest_name: None,
    })
}

/// An order that was created. Its number becomes a part of addresses, so it must be fit for one.
pub(super) fn created(answer: CreatedWire) -> Result<Confirmed, UpstreamError> {
    let fit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let reference = answer.order_id.0;
    if reference.is_empty() || reference.len() > 64 || !reference.bytes().all(fit) {
        return Err(UpstreamError::malformed("orderId is no number of an order"));
    }
    Ok(Confirmed { reference: Some(reference), held_until: None })
}

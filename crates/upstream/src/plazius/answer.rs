//! Judges Plazius' answers and turns the believable ones into the common vocabulary.
//!
//! Anything by which a guest would see or pay a wrong amount is refused: amounts below zero, discounts that do not add
//! up, limits beyond the order.

pub(super) mod account;

use contract::{Money, Phone};
use uuid::Uuid;

use super::wire::{
    BonusesSummaryWire, BonusesWire, CalculatedWire, CampaignResultWire, CodeWire, FoundGuestWire,
    GotGuestWire, GotOrderWire, NotificationWire, OrderDoneWire, OrderRecordWire, OrderStatusWire, RankWire,
    WalletWire,
};
use crate::UpstreamError;
use crate::amount::{amount, share_bp};
use crate::program::{
    Calculation, CampaignResult, Guest, Notification, OrderRecord, OrderStatus, PaymentCode, Rank,
    RankBenefit, RankConfirmation, SpendEnd, Wallet,
};

/// Payment codes have seven digits.
const MAX_PAYMENT_CODE: u32 = 9_999_999;

pub(super) fn guest(answer: GotGuestWire) -> Result<Guest, UpstreamError> {
    answer.guest.map(found_guest).ok_or_else(|| UpstreamError::malformed("guest is missing"))
}

pub(super) fn found_guest(guest: FoundGuestWire) -> Guest {
    let name = guest.first_name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    Guest { name, phone: Phone::parse(&guest.phone) }
}

pub(super) fn wallet(answer: WalletWire) -> Result<Wallet, UpstreamError> {
    Ok(Wallet {
        balance: amount(answer.balance, "balance")?,
        rank: answer.current_rank.map(rank).transpose()?,
    })
}

fn rank(rank: RankWire) -> Result<Rank, UpstreamError> {
    let confirmation = rank.confirmation.map(|needed| {
        Ok::<_, UpstreamError>(RankConfirmation {
            sum_left: amount(needed.sum_left, "currentRank.confirmation.sumLeft")?,
            hours_left: u32::try_from(needed.hours_left)
                .map_err(|_| UpstreamError::malformed("currentRank.confirmation.hoursLeft"))?,
        })
    });
    Ok(Rank {
        name: rank.name.trim().to_owned(),
        benefit: RankBenefit::CashbackBp(share_bp(
            rank.cashback_percentage,
            "currentRank.cashbackPercentage",
        )?),
        confirmation: confirmation.transpose()?,
    })
}

/// The calculation of an order whose lines sum up to `items_total`.
pub(super) fn calculation(answer: CalculatedWire, items_total: Money) -> Result<Calculation, UpstreamError> {
    let loyalty = answer.loyalty;
    if loyalty.fingerprint.is_empty() {
        return Err(UpstreamError::malformed("fingerprint is empty"));
    }
    let discount_total = amount(loyalty.summary.discounts.total, "summary.discounts.total")?;
    let campaigns: Vec<CampaignResult> =
        loyalty.details.programs.into_iter().map(campaign).collect::<Result<_, _>>()?;
    let sum = campaigns.iter().try_fold(Money::ZERO, |sum, campaign| sum.checked_add(campaign.discount));
    if sum != Some(discount_total) {
        return Err(UpstreamError::malformed("the campaigns' discounts do not add up to the total"));
    }
    let total = items_total
        .checked_sub(discount_total)
        .filter(|total| !total.is_negative())
        .ok_or_else(|| UpstreamError::malformed("the discount exceeds the order"))?;
    let (least, most) = match loyalty.summary.bonuses {
        Some(bonuses) => spend(&bonuses, total)?,
        None => (SpendEnd::default(), SpendEnd::default()),
    };
    let notifications = loyalty.details.bonuses.and_then(|bonuses| bonuses.notifications);
    Ok(Calculation {
        echo: loyalty.fingerprint,
        campaigns,
        discount_total,
        least,
        most,
        notifications: messages(notifications),
        wallet: None,
        guest_name: None,
    })
}

fn campaign(result: CampaignResultWire) -> Result<CampaignResult, UpstreamError> {
    let discount = match result.discounts {
        Some(discounts) => amount(discounts.total, "programs.discounts.total")?,
        None => Money::ZERO,
    };
    Ok(CampaignResult {
        id: result.program.id,
        name: result.program.name.trim().to_owned(),
        discount,
        notifications: messages(result.notifications),
    })
}

fn messages(notifications: Option<Vec<NotificationWire>>) -> Vec<Notification> {
    let notifications = notifications.unwrap_or_default().into_iter();
    notifications
        .map(|message| Notification {
            primary: message.primary,
            secondary: message.secondary.unwrap_or_default(),
        })
        .collect()
}

fn spend(bonuses: &BonusesSummaryWire, total: Money) -> Result<(SpendEnd, SpendEnd), UpstreamError> {
    let least = spend_end(&bonuses.min, "summary.bonuses.min")?;
    let most = spend_end(&bonuses.max, "summary.bonuses.max")?;
    if least.payment > most.payment {
        return Err(UpstreamError::malformed("the least payment exceeds the largest"));
    }
    if most.payment > total {
        return Err(UpstreamError::malformed("the largest payment exceeds the order"));
    }
    Ok((least, most))
}

/// The new fields first, then the obsolete ones; where neither is there, nothing is paid or accrued.
fn spend_end(end: &BonusesWire, name: &str) -> Result<SpendEnd, UpstreamError> {
    let payment = end.payments.as_ref().map(|sum| sum.total).or(end.payment);
    let accrual = end.accruals.as_ref().map(|sum| sum.total).or(end.accrual);
    Ok(SpendEnd {
        payment: amount(payment.unwrap_or_default(), name)?,
        accrual: amount(accrual.unwrap_or_default(), name)?,
    })
}

pub(super) fn order(answer: GotOrderWire, order_id: Uuid) -> Result<OrderRecord, UpstreamError> {
    let order = answer.order;
    if order.id != order_id {
        return Err(UpstreamError::malformed("the answer is about another order"));
    }
    record(&order)
}

fn record(order: &OrderRecordWire) -> Result<OrderRecord, UpstreamError> {
    let earned = order
        .earned_cyrillic
        .or(order.earned_latin)
        .ok_or_else(|| UpstreamError::malformed("earnedBonuses is missing"))?;
    Ok(OrderRecord {
        status: order_status(order.status),
        full: amount(order.full_sum, "fullSum")?,
        to_pay: amount(order.sum_to_pay, "sumToPay")?,
        discount: amount(order.free_product_sum, "freeProductSum")?,
        paid_with_bonuses: amount(order.paid_with_bonuses, "paidWithBonuses")?,
        earned_bonuses: amount(earned, "earnedBonuses")?,
    })
}

fn order_status(status: OrderStatusWire) -> OrderStatus {
    match status {
        OrderStatusWire::Open => OrderStatus::Open,
        OrderStatusWire::Closed => OrderStatus::Closed,
        OrderStatusWire::Aborted => OrderStatus::Aborted,
    }
}

pub(super) fn same_order(answer: &OrderDoneWire, order_id: Uuid) -> Result<(), UpstreamError> {
    if answer.id == order_id {
        return Ok(());
    }
    Err(UpstreamError::malformed("the answer is about another order"))
}

/// Restores the leading zeros that a number cannot carry.
pub(super) fn payment_code(answer: &CodeWire) -> Result<PaymentCode, UpstreamError> {
    if answer.code > MAX_PAYMENT_CODE {
        return Err(UpstreamError::malformed("code has more than seven digits"));
    }
    let ttl_s = u32::try_from(answer.ttl_seconds)
        .map_err(|_| UpstreamError::malformed("ttlSeconds is not a number of seconds"))?;
    Ok(PaymentCode { digits: format!("{:07}", answer.code), ttl_s })
}

//! Judges the basic REST API's answers and turns the believable ones into the common vocabulary.

use contract::{Money, Phone};
use jiff::Timestamp;

use super::wire::{ClientWire, HeldWire, LevelWire, LoyaltyKindWire, RecalculatedWire, SoldWire};
use crate::UpstreamError;
use crate::amount::{amount, share_bp};
use crate::program::{
    Calculation, CampaignResult, Confirmed, Guest, GuestKey, Rank, RankBenefit, SpendEnd, Wallet,
};

/// The client that was searched for. A search by phone that finds somebody with another phone has found a card or a code
/// with the same digits, which is nobody's login.
pub(super) fn found(client: ClientWire, key: &GuestKey) -> Result<ClientWire, UpstreamError> {
    if client.id.is_empty() {
        return Err(UpstreamError::malformed("client.id is empty"));
    }
    let searched: Option<&Phone> = if let GuestKey::Phone(phone) = key { Some(phone) } else { None };
    if searched.is_some() && client.phone.0.as_ref() != searched {
        return Err(UpstreamError::malformed("client.phone is not the phone that was searched for"));
    }
    Ok(client)
}

pub(super) fn guest(client: ClientWire) -> Guest {
    Guest { name: name(&client), phone: client.phone.0 }
}

fn name(client: &ClientWire) -> Option<String> {
    client.name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

pub(super) fn wallet(client: &ClientWire) -> Result<Wallet, UpstreamError> {
    Ok(Wallet {
        balance: amount(client.balance, "client.balance")?,
        rank: client.level.as_ref().map(rank).transpose()?,
    })
}

fn rank(level: &LevelWire) -> Result<Rank, UpstreamError> {
    let share = share_bp(level.percent, "client.level.percent")?;
    let benefit = match level.kind {
        LoyaltyKindWire::Cashback => RankBenefit::CashbackBp(share),
        LoyaltyKindWire::Discount => RankBenefit::DiscountBp(share),
    };
    Ok(Rank { name: level.title.trim().to_owned(), benefit, confirmation: None })
}

/// The calculation of an order of `items_total` for `client`.
///
/// The answer tells a discount's share and not its sum: it is rounded half up to the minor unit, which is our choice.
pub(super) fn calculation(
    client: ClientWire,
    answer: &RecalculatedWire,
    items_total: Money,
) -> Result<Calculation, UpstreamError> {
    let recalc = &answer.recalc;
    if amount(recalc.amount, "recalc.amount")? != items_total {
        return Err(UpstreamError::malformed("the answer is about another amount"));
    }
    let share = share_bp(recalc.percent, "recalc.percent")?;
    let (discount, spend, earn) = match recalc.kind {
        LoyaltyKindWire::Discount => (share_of(items_total, share), recalc.spend, recalc.earn),
        LoyaltyKindWire::Cashback => {
            let spend = recalc.spend.ok_or_else(|| UpstreamError::malformed("recalc.spend is missing"))?;
            let earn = recalc.earn.ok_or_else(|| UpstreamError::malformed("recalc.earn is missing"))?;
            (Money::ZERO, Some(spend), Some(earn))
        }
    };
    let spend = amount(spend.unwrap_or_default(), "recalc.spend")?;
    let earn = amount(earn.unwrap_or_default(), "recalc.earn")?;
    if spend > items_total.minus_or_zero(discount) {
        return Err(UpstreamError::malformed("recalc.spend exceeds the order"));
    }
    let (wallet, guest_name) = (wallet(&client)?, name(&client));
    let level = client.level.map(|level| (level.id, level.title.trim().to_owned()));
    let campaigns = match level {
        Some((id, name)) if discount.is_positive() => {
            vec![CampaignResult { id, name, discount, notifications: Vec::new() }]
        }
        None if discount.is_positive() => {
            return Err(UpstreamError::malformed("a discount without a level that gives it"));
        }
        _ => Vec::new(),
    };
    Ok(Calculation {
        echo: client.id,
        campaigns,
        discount_total: discount,
        least: SpendEnd { payment: Money::ZERO, accrual: earn },
        most: SpendEnd { payment: spend, accrual: if spend.is_positive() { Money::ZERO } else { earn } },
        notifications: Vec::new(),
        wallet: Some(wallet),
        guest_name,
    })
}

/// `share_bp` hundredths of a per cent of an amount, rounded half up. Both are in their ranges, so nothing overflows.
fn share_of(whole: Money, share_bp: u32) -> Money {
    Money::from_minor((whole.minor() * i64::from(share_bp) + 5_000) / 10_000)
}

/// What is held for the client with this identifier.
pub(super) fn confirmed(
    answer: &HeldWire,
    client_id: &str,
    payment: Money,
) -> Result<Confirmed, UpstreamError> {
    if amount(answer.held.amount, "held.amount")? != payment {
        return Err(UpstreamError::malformed("another amount is held"));
    }
    let until = Timestamp::from_second(answer.held.until)
        .map_err(|_| UpstreamError::malformed("held.until is no time"))?;
    Ok(Confirmed { reference: Some(client_id.to_owned()), held_until: Some(until) })
}

/// A sale that was booked as it was asked for.
pub(super) fn sold(answer: &SoldWire, items_total: Money, payment: Money) -> Result<(), UpstreamError> {
    let retail = &answer.retail;
    let spent = amount(retail.spend.unwrap_or_default(), "retail.spend")?;
    let to_pay = amount(retail.total, "retail.total")?;
    amount(retail.earn.unwrap_or_default(), "retail.earn")?;
    if amount(retail.amount, "retail.amount")? != items_total || spent != payment {
        return Err(UpstreamError::malformed("another sale was booked"));
    }
    // A discount, whose rounding is the system's own, lowers what is left; nothing else does.
    let left = items_total.minus_or_zero(payment);
    let adds_up = match retail.kind {
        LoyaltyKindWire::Cashback => to_pay == left,
        LoyaltyKindWire::Discount => to_pay <= left,
    };
    if !adds_up {
        return Err(UpstreamError::malformed("retail.total is not what was left to pay"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_half_up() {
        for (whole, share_bp, part) in
            [(5, 1_000, 1), (4, 1_000, 0), (12_345, 250, 309), (9_999, 10_000, 9_999)]
        {
            assert_eq!(
                share_of(Money::from_minor(whole), share_bp),
                Money::from_minor(part),
                "{whole} {share_bp}"
            );
        }
        assert_eq!(share_of(Money::MAX, 10_000), Money::MAX);
    }
}

//! Judges the answers about a guest's account: cards, histories, campaigns.

use contract::decimal::Decimal;
use contract::{Money, Quantity};

use super::record;
use crate::UpstreamError;
use crate::amount::amount;
use crate::plazius::wire::{
    BonusCauseWire, BonusHistoryWire, BonusOperationWire, CampaignKindWire, CampaignsWire, CardWire,
    GiftKindWire, GiftStatusWire, GiftTermsWire, GiftWire, OpenCampaignWire, OrdersHistoryWire, PastDishWire,
    PastOrderWire, ReferralWire, ReferrerStatusWire, SourceWire, StampsWire,
};
use crate::program::{
    BonusCause, BonusChange, Campaign, CampaignKind, Card, Gift, GiftContents, GiftStatus, GiftTerms,
    History, PastDish, PastOrder, PastSums, Referral, ReferrerStatus, Stamps,
};

pub(in crate::plazius) fn card(card: CardWire) -> Card {
    Card { track: card.track, number: card.number, is_virtual: card.is_virtual }
}

pub(in crate::plazius) fn orders(answer: OrdersHistoryWire) -> Result<History<PastOrder>, UpstreamError> {
    let entries = answer.orders.into_iter().map(past_order).collect::<Result<_, _>>()?;
    Ok(History { entries, total_count: answer.total_count })
}

fn past_order(order: PastOrderWire) -> Result<PastOrder, UpstreamError> {
    let sums = record(&order.record())?;
    Ok(PastOrder {
        order_id: order.id,
        number: order.number,
        status: sums.status,
        sums: PastSums {
            full: sums.full,
            to_pay: sums.to_pay,
            discount: sums.discount,
            paid_with_bonuses: sums.paid_with_bonuses,
            earned_bonuses: sums.earned_bonuses,
            returned_bonuses: amount(order.bonus_payment_rollback_sum, "bonusPaymentRollbackSum")?,
        },
        opened_at: order.open_time.0,
        closed_at: order.close_time.map(|time| time.0),
        dishes: order.products.into_iter().map(past_dish).collect::<Result<_, _>>()?,
        organisation_id: order.organization_id,
        is_delivery: order.source == SourceWire::Delivery,
    })
}

fn past_dish(dish: PastDishWire) -> Result<PastDish, UpstreamError> {
    let Decimal(milli) = dish.quantity;
    if milli < 0 {
        return Err(UpstreamError::malformed("products.quantity is below zero"));
    }
    Ok(PastDish {
        code: dish.code,
        name: dish.name,
        category: dish.group,
        quantity: Quantity::from_milli(milli),
        full: amount(dish.price, "products.price")?,
        cost: amount(dish.cost, "products.cost")?,
    })
}

pub(in crate::plazius) fn bonus_changes(
    answer: BonusHistoryWire,
) -> Result<History<BonusChange>, UpstreamError> {
    let entries = answer.operations.into_iter().map(bonus_change).collect::<Result<_, _>>()?;
    Ok(History { entries, total_count: answer.total_count })
}

fn bonus_change(operation: BonusOperationWire) -> Result<BonusChange, UpstreamError> {
    let Decimal(minor) = operation.amount;
    // Bonuses may be taken as well as given, so the sign is free; the size is not.
    let size = amount(Decimal(minor.abs()), "operations.amount")?;
    Ok(BonusChange {
        amount: if minor < 0 { Money::from_minor(-size.minor()) } else { size },
        at: operation.date.0,
        cause: match operation.operation_type {
            BonusCauseWire::Order => BonusCause::Order,
            BonusCauseWire::BizUser => BonusCause::Staff,
            BonusCauseWire::Campaign => BonusCause::Campaign,
            BonusCauseWire::Api => BonusCause::Api,
        },
        restaurant: operation.organization.and_then(|organisation| organisation.name),
        order_id: operation.order.map(|order| order.id),
        comment: operation.comment,
    })
}

pub(in crate::plazius) fn campaigns(answer: CampaignsWire) -> Result<Vec<Campaign>, UpstreamError> {
    answer.marketing_campaigns.unwrap_or_default().into_iter().map(campaign).collect()
}

fn campaign(open: OpenCampaignWire) -> Result<Campaign, UpstreamError> {
    Ok(Campaign {
        id: open.id,
        name: open.name,
        description: open.description,
        image_url: open.image_url,
        from: open.from,
        to: open.to,
        promo_code: open.global_promocode,
        price: open.price.map(|price| whole_units(price, "price")).transpose()?,
        old_price: open.old_price.map(|price| whole_units(price, "oldPrice")).transpose()?,
        kind: open.kind.map(|kind| match kind {
            CampaignKindWire::NonBought => CampaignKind::Free,
            CampaignKindWire::Bought => CampaignKind::Bought,
            CampaignKindWire::Stamp => CampaignKind::Stamp,
            CampaignKindWire::Referral => CampaignKind::Referral,
        }),
        is_active: open.is_active,
        gifts: open.gifts.into_iter().map(gift).collect::<Result<_, _>>()?,
        stamps: open.stamp_marketing_campaign.map(stamps).transpose()?,
        referral: open.referral_campaign.map(referral).transpose()?,
        activated: open.activatable_campaign.map(|campaign| campaign.activated),
    })
}

fn gift(gift: GiftWire) -> Result<Gift, UpstreamError> {
    Ok(Gift {
        settings_id: gift.settings_id,
        terms: terms(gift.chosen_gift)?,
        expires_at: gift.expiration_date.0,
        status: match gift.status {
            GiftStatusWire::Precalculated => GiftStatus::Promised,
            GiftStatusWire::Active => GiftStatus::Active,
            GiftStatusWire::Expired => GiftStatus::Expired,
            GiftStatusWire::Received => GiftStatus::Received,
        },
        stamp_index: gift.stamp_index,
    })
}

fn terms(gift: GiftTermsWire) -> Result<GiftTerms, UpstreamError> {
    let gives = match (gift.kind, gift.bonus) {
        (GiftKindWire::Simple, _) => GiftContents::Simple,
        (GiftKindWire::Abonnement, _) => GiftContents::Subscription,
        (GiftKindWire::Bonus, Some(bonus)) => GiftContents::Bonuses(whole_units(bonus.value, "bonus.value")?),
        (GiftKindWire::Bonus, None) => {
            return Err(UpstreamError::malformed("a gift of bonuses does not tell how many"));
        }
    };
    Ok(GiftTerms { name: gift.name, description: gift.gift_description, image_url: gift.image_url, gives })
}

fn stamps(stamps: StampsWire) -> Result<Stamps, UpstreamError> {
    let gifts = stamps.gift_settings.into_iter();
    Ok(Stamps {
        collected: stamps.user_progress.stamp_count,
        conditions: stamps.stamp_receiving_conditions,
        gifts: gifts
            .map(|gift| Ok((gift.stamps_count, terms(gift.gift_description)?)))
            .collect::<Result<_, UpstreamError>>()?,
    })
}

fn referral(referral: ReferralWire) -> Result<Referral, UpstreamError> {
    Ok(Referral {
        referrer_gift: terms(referral.referrer_gift)?,
        referral_gift: terms(referral.referral_gift)?,
        status: referral.referrer_status.map(|status| match status {
            ReferrerStatusWire::CanNotBe => ReferrerStatus::CanNotInvite,
            ReferrerStatusWire::CanBe => ReferrerStatus::CanInvite,
            ReferrerStatusWire::Is => ReferrerStatus::HasInvited,
        }),
    })
}

/// An amount that comes as a number of whole units.
fn whole_units(units: i64, name: &str) -> Result<Money, UpstreamError> {
    let minor =
        units.checked_mul(100).ok_or_else(|| UpstreamError::malformed(format!("{name} is out of range")))?;
    amount(Decimal(minor), name)
}

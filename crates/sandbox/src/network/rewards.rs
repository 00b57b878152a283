//! What an order brings besides the accrual: promised when it is confirmed, given when it is closed.
//!
//! Owns both moments; must not decide what an order earns. What was promised is given as it was promised. But stamps
//! bring the gifts that are due when they are there, and only the first order an invited guest closes rewards an
//! invitation: of several orders confirmed at once, each promises what only the first to be closed can give.

use loyalty::Calculation;
use loyalty::programme::{Campaign, Effect, GiftTerms};
use loyalty::reward::{Brings, Recipient, Reward};
use loyalty::stamps::Card;

use super::gift::{self, Gift};
use super::{Network, NetworkError};
use crate::store::gifts::{self, Stamp};
use crate::store::guests::GuestRow;
use crate::store::orders::OrderRow;
use crate::store::rewards::{self, PromiseRow, Promised};
use crate::store::{members, stamps};

/// Writes down what the order of this calculation promises.
pub(super) fn promise(
    network: &Network<'_>,
    order_id: &str,
    calculation: &Calculation,
) -> Result<(), NetworkError> {
    let promises: Vec<PromiseRow> =
        calculation.rewards.iter().map(|reward| row(network, reward)).collect::<Result<_, _>>()?;
    Ok(rewards::promise(network.tx, order_id, &promises)?)
}

fn row(network: &Network<'_>, reward: &Reward) -> Result<PromiseRow, NetworkError> {
    let is_referral = network
        .programme
        .campaign(&reward.campaign_id)
        .is_some_and(|campaign| matches!(campaign.effect, Effect::Referral { .. }));
    let promised = match &reward.brings {
        Brings::Stamps { count, .. } => Promised::Stamps(*count),
        Brings::Gift { terms, stamp_index } => {
            let terms = gift::write_terms(terms)?;
            match (stamp_index, reward.recipient) {
                (Some(index), _) => Promised::StampGift { stamp_index: *index, terms },
                (None, Recipient::Referrer) => Promised::ReferrerGift(terms),
                (None, Recipient::Guest) if is_referral => Promised::ReferralGift(terms),
                (None, Recipient::Guest) => Promised::Gift(terms),
            }
        }
    };
    Ok(PromiseRow { campaign_id: reward.campaign_id.clone(), promised })
}

/// Gives what the order of this guest has promised. `guest` is as before the order is counted.
pub(super) fn give(network: &Network<'_>, order: &OrderRow, guest: &GuestRow) -> Result<(), NetworkError> {
    let invitation = members::invitation(network.tx, guest.id)?
        .filter(|invitation| !invitation.is_rewarded && guest.closed_orders == 0);
    for promise in rewards::of_order(network.tx, &order.id)? {
        let campaign_id = &promise.campaign_id;
        let own = |terms| give_gift(network, order, guest.id, campaign_id, terms);
        match (&promise.promised, &invitation) {
            (Promised::Stamps(count), _) => give_stamps(network, order, guest.id, campaign_id, *count)?,
            (Promised::StampGift { .. }, _) => {}
            (Promised::Gift(terms), _) => own(terms)?,
            (Promised::ReferralGift(terms), Some(by)) if by.campaign_id == *campaign_id => own(terms)?,
            (Promised::ReferrerGift(terms), Some(by)) if by.campaign_id == *campaign_id => {
                give_gift(network, order, by.referrer_id, campaign_id, terms)?;
                members::reward_invitation(network.tx, guest.id, &order.id)?;
            }
            (Promised::ReferralGift(_) | Promised::ReferrerGift(_), _) => {}
        }
    }
    Ok(())
}

fn give_gift(
    network: &Network<'_>,
    order: &OrderRow,
    guest_id: i64,
    campaign_id: &str,
    terms: &str,
) -> Result<(), NetworkError> {
    let terms = gift::read_terms(terms)?;
    gift::give(network, &of_order(order, guest_id, campaign_id, &terms, None))
}

/// Where the campaign has gone from the programme meanwhile, or has no card any more, the stamps bring nothing.
fn give_stamps(
    network: &Network<'_>,
    order: &OrderRow,
    guest_id: i64,
    campaign_id: &str,
    count: u32,
) -> Result<(), NetworkError> {
    let after = stamps::add(network.tx, guest_id, campaign_id, count)?;
    let campaign = network.programme.campaign(campaign_id);
    let Some(card) = campaign.and_then(|campaign: &Campaign| Card::of(&campaign.effect)) else {
        return Ok(());
    };
    for (ordinal, one) in card.brought(after.saturating_sub(u64::from(count)), count) {
        // A refund may have taken stamps back whose gift the guest has used: it is not given twice.
        if !gifts::is_given_for(network.tx, guest_id, campaign_id, ordinal)? {
            let stamp = Stamp { index: one.stamps, ordinal };
            gift::give(network, &of_order(order, guest_id, campaign_id, &one.gift, Some(stamp)))?;
        }
    }
    Ok(())
}

fn of_order<'a>(
    order: &'a OrderRow,
    guest_id: i64,
    campaign_id: &'a str,
    terms: &'a GiftTerms,
    stamp: Option<Stamp>,
) -> Gift<'a> {
    let is_own = order.guest_id == Some(guest_id);
    let restaurant_id = is_own.then_some(order.restaurant_id.as_str());
    Gift { guest_id, campaign_id, terms, stamp, restaurant_id, source: Some(order) }
}

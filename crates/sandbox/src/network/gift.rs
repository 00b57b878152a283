//! Giving a guest a gift of a campaign, and taking it back.
//!
//! Owns what both do to the books; must not decide who gets one. A gift of bonuses is credited at once; any other waits
//! to be used until it expires.

use contract::Money;
use loyalty::programme::{GiftTerms, Gives};

use super::{Network, NetworkError};
use crate::ledger::{Entry, Kind};
use crate::store::gifts::{self, GiftRow, GiftState, Given, NewGift, Stamp};
use crate::store::orders::OrderRow;
use crate::store::{guests, ledger, wallet};

const DAY_MS: i64 = 86_400_000;

/// A gift to a guest.
pub(crate) struct Gift<'a> {
    pub(crate) guest_id: i64,
    /// The campaign that gives it.
    pub(crate) campaign_id: &'a str,
    pub(crate) terms: &'a GiftTerms,
    /// The stamp that brings it.
    pub(crate) stamp: Option<Stamp>,
    /// Where the guest gets it; absent where another guest's order brings it.
    pub(crate) restaurant_id: Option<&'a str>,
    /// The order whose closing brings it.
    pub(crate) source: Option<&'a OrderRow>,
}

/// Until when a gift given at `now_ms` may be used, in milliseconds since 1970 UTC.
pub(crate) fn expires_at_ms(terms: &GiftTerms, now_ms: i64) -> i64 {
    now_ms.saturating_add(i64::from(terms.valid_days) * DAY_MS)
}

/// Terms as the books keep them.
pub(crate) fn write_terms(terms: &GiftTerms) -> Result<String, NetworkError> {
    serde_json::to_string(terms).map_err(|error| NetworkError::Internal(error.to_string()))
}

/// Terms out of the books.
pub(crate) fn read_terms(json: &str) -> Result<GiftTerms, NetworkError> {
    serde_json::from_str(json)
        .map_err(|error| NetworkError::Internal(format!("the terms of a gift: {error}")))
}

/// Gives it.
pub(crate) fn give(network: &Network<'_>, gift: &Gift<'_>) -> Result<(), NetworkError> {
    let now_ms = network.now_ms();
    let (given, amount) = match &gift.terms.gives {
        Gives::Bonus { amount_minor } => (Given::Bonus { amount: *amount_minor }, *amount_minor),
        Gives::Privilege { campaign_id } => {
            (Given::Privilege { campaign_id: campaign_id.clone() }, Money::ZERO)
        }
    };
    let row = NewGift {
        guest_id: gift.guest_id,
        campaign_id: gift.campaign_id,
        terms: &write_terms(gift.terms)?,
        stamp: gift.stamp,
        given,
        given_at_ms: now_ms,
        expires_at_ms: Some(expires_at_ms(gift.terms, now_ms)),
        source_order_id: gift.source.map(|order| order.id.as_str()),
    };
    gifts::give(network.tx, &row)?;
    let change = wallet::CampaignChange {
        campaign_id: gift.campaign_id,
        amount,
        restaurant_id: gift.restaurant_id,
        comment: &gift.terms.name,
        at_ms: now_ms,
    };
    wallet::give_by_campaign(network.tx, gift.guest_id, &change)?;
    enter(network, Kind::Rewarded, gift.guest_id, gift.source, amount)
}

/// Takes a gift back that is still whole: not used, not frozen for an order, and if it was bonuses, still covered by the
/// balance. Any other stays with the guest.
pub(crate) fn withdraw(network: &Network<'_>, gift: &GiftRow, order: &OrderRow) -> Result<(), NetworkError> {
    let amount = match (&gift.given, gift.state) {
        (Given::Privilege { .. }, GiftState::Active) => Money::ZERO,
        (Given::Bonus { amount }, GiftState::Received) => *amount,
        (Given::Privilege { .. } | Given::Bonus { .. }, _) => return Ok(()),
    };
    if guests::by_id(network.tx, gift.guest_id)?.balance < amount {
        return Ok(());
    }
    gifts::withdraw(network.tx, gift.id)?;
    let is_own = order.guest_id == Some(gift.guest_id);
    let change = wallet::CampaignChange {
        campaign_id: &gift.campaign_id,
        amount,
        restaurant_id: is_own.then_some(order.restaurant_id.as_str()),
        comment: "Возврат заказа",
        at_ms: network.now_ms(),
    };
    wallet::take_back_for_campaign(network.tx, gift.guest_id, &change)?;
    enter(network, Kind::GiftWithdrawn, gift.guest_id, Some(order), amount)
}

fn enter(
    network: &Network<'_>,
    kind: Kind,
    guest_id: i64,
    order: Option<&OrderRow>,
    amount: Money,
) -> Result<(), NetworkError> {
    let entry = Entry {
        at_ms: network.now_ms(),
        kind,
        order_id: order.map(|order| order.id.clone()),
        payment: Money::ZERO,
        accrual: amount,
        shortfall: Money::ZERO,
        discount: Money::ZERO,
    };
    Ok(ledger::add(network.tx, &entry, Some(guest_id))?)
}

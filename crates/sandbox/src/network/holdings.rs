//! What a guest brings to a calculation: the guest of the books as the rules see one.

use std::collections::{HashMap, HashSet};

use loyalty::Guest;
use loyalty::programme::PromoCode;

use super::{Network, NetworkError};
use crate::store::guests::GuestRow;
use crate::store::members::{self, Membership};
use crate::store::{campaign_uses, gifts, promo_codes, stamps};

/// What the guest holds now, as far as an order with these promo codes is concerned.
pub(super) fn holdings(
    network: &Network<'_>,
    guest: &GuestRow,
    entered_promo_codes: &[String],
) -> Result<Guest, NetworkError> {
    let invitation = members::invitation(network.tx, guest.id)?;
    Ok(Guest {
        balance: guest.balance,
        rank_index: guest.standing.rank_index,
        closed_orders: u64::from(guest.closed_orders),
        privileges: gifts::privileges(network.tx, guest.id, network.now_ms())?,
        activated: members::campaigns(network.tx, guest.id, Membership::Activated)?,
        bought: members::campaigns(network.tx, guest.id, Membership::Bought)?,
        taken_promo_codes: taken(network, entered_promo_codes)?,
        stamps: stamps::of_guest(network.tx, guest.id)?,
        uses: uses(network, guest.id)?,
        invited_by_campaign: invitation.filter(|one| !one.is_rewarded).map(|one| one.campaign_id),
    })
}

/// What somebody has who joins with this order.
pub(super) fn newcomer(network: &Network<'_>, entered_promo_codes: &[String]) -> Result<Guest, NetworkError> {
    Ok(Guest { taken_promo_codes: taken(network, entered_promo_codes)?, ..Guest::default() })
}

fn taken(network: &Network<'_>, entered: &[String]) -> Result<HashSet<String>, NetworkError> {
    let mut taken = HashSet::new();
    for code in entered.iter().map(PromoCode::new) {
        if promo_codes::is_taken(network.tx, network.id, code.normal())? {
            taken.insert(code.normal().to_owned());
        }
    }
    Ok(taken)
}

/// Only campaigns with a limit ask for it, so that nobody's orders are counted for nothing.
fn uses(network: &Network<'_>, guest_id: i64) -> Result<HashMap<String, u64>, NetworkError> {
    let limited = network.programme.campaigns.iter().filter(|campaign| campaign.uses_per_guest.is_some());
    limited
        .map(|campaign| {
            Ok((campaign.id.clone(), campaign_uses::of_guest(network.tx, guest_id, &campaign.id)?))
        })
        .collect()
}

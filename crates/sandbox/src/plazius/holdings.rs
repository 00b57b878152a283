//! What a guest brings to a calculation: the guest of the books as the rules see one.

use std::collections::{HashMap, HashSet};

use loyalty::Guest;
use loyalty::programme::PromoCode;

use super::call::Call;
use super::error::Refusal;
use crate::store::guests::GuestRow;
use crate::store::members::{self, Membership};
use crate::store::{campaign_uses, gifts, promo_codes, stamps};

/// What the guest holds now, as far as an order with these promo codes is concerned.
pub(super) fn holdings(
    call: &Call<'_>,
    guest: &GuestRow,
    entered_promo_codes: &[String],
) -> Result<Guest, Refusal> {
    let invitation = members::invitation(call.tx, guest.id)?;
    Ok(Guest {
        balance: guest.balance,
        rank_index: guest.standing.rank_index,
        closed_orders: u64::from(guest.closed_orders),
        privileges: gifts::privileges(call.tx, guest.id, call.now_ms())?,
        activated: members::campaigns(call.tx, guest.id, Membership::Activated)?,
        bought: members::campaigns(call.tx, guest.id, Membership::Bought)?,
        taken_promo_codes: taken(call, entered_promo_codes)?,
        stamps: stamps::of_guest(call.tx, guest.id)?,
        uses: uses(call, guest.id)?,
        invited_by_campaign: invitation.filter(|one| !one.is_rewarded).map(|one| one.campaign_id),
    })
}

fn taken(call: &Call<'_>, entered: &[String]) -> Result<HashSet<String>, Refusal> {
    let mut taken = HashSet::new();
    for code in entered.iter().map(PromoCode::new) {
        if promo_codes::is_taken(call.tx, call.network_id, code.normal())? {
            taken.insert(code.normal().to_owned());
        }
    }
    Ok(taken)
}

/// Only campaigns with a limit ask for it, so that nobody's orders are counted for nothing.
fn uses(call: &Call<'_>, guest_id: i64) -> Result<HashMap<String, u64>, Refusal> {
    let limited = call.programme.campaigns.iter().filter(|campaign| campaign.uses_per_guest.is_some());
    limited
        .map(|campaign| Ok((campaign.id.clone(), campaign_uses::of_guest(call.tx, guest_id, &campaign.id)?)))
        .collect()
}

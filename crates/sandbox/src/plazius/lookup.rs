//! Finding what a request names, or refusing it with the documented code.

use contract::Phone;
use contract::decimal::Decimal;
use loyalty::calculation::UnknownRank;

use super::call::Call;
use super::error::{Code, Refusal};
use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use super::wire::loyalty::{ProgressWire, RankConfirmationWire, RankWire, decimal};
use crate::store::access;
use crate::store::guests::GuestRow;
use crate::store::orders::{self, OrderRow};

/// The id of the named restaurant: 2004 unless the key may see it.
pub(super) fn restaurant_id(
    call: &Call<'_>,
    organization: &OrganizationIdentityWire,
) -> Result<String, Refusal> {
    access::restaurant_id(call.tx, call.api_key, &organization.id)?.ok_or_else(|| Refusal::Refused {
        code: Code::OrganizationNotFound,
        message: format!("there is no organization {}", organization.id),
    })
}

/// The named guest as of now: 3007 unless the network has one with this phone.
pub(super) fn guest(call: &Call<'_>, identity: &GuestIdentityWire) -> Result<GuestRow, Refusal> {
    let text = identity.phone.as_deref().ok_or_else(|| Refusal::invalid("guest.phone: must not be null"))?;
    let phone = phone("guest.phone", text)?;
    call.network().guest(phone.as_str())?.ok_or_else(|| Refusal::Refused {
        code: Code::GuestNotFound,
        message: "there is no guest with this phone".to_owned(),
    })
}

/// The guest with this id.
pub(super) fn guest_by_id(call: &Call<'_>, guest_id: i64) -> Result<GuestRow, Refusal> {
    Ok(call.network().guest_by_id(guest_id)?)
}

/// A phone in E.164.
pub(super) fn phone(path: &str, text: &str) -> Result<Phone, Refusal> {
    Phone::parse(text)
        .ok_or_else(|| Refusal::invalid(format!("{path}: expected a phone in E.164, as +79990001122")))
}

/// The order with this id, of a restaurant the key may see; to the key there is no other. The makers document no code
/// for an unknown order; a wrong id is data in error, which is 9004.
pub(super) fn order(call: &Call<'_>, order_id: &str) -> Result<OrderRow, Refusal> {
    orders::find(call.tx, call.api_key, order_id)?
        .ok_or_else(|| Refusal::invalid(format!("id: there is no order {order_id}")))
}

/// Where the guest stands in the programme.
pub(super) fn progress(call: &Call<'_>, guest: &GuestRow) -> Result<ProgressWire, Refusal> {
    let ranks = &call.programme.ranks;
    let index = guest.standing.rank_index;
    let rank = ranks.get(index).ok_or(UnknownRank { rank_index: index })?;
    let confirmation = guest
        .standing
        .confirmation_left(ranks, call.now_ms())?
        .map(|left| RankConfirmationWire { sum_left: decimal(left.sum), hours_left: left.hours });
    Ok(ProgressWire {
        balance: decimal(guest.balance),
        rank: RankWire {
            name: rank.name.clone(),
            index,
            cashback_percentage: Decimal(i64::from(rank.cashback_bp.bp())),
            confirmation,
        },
    })
}

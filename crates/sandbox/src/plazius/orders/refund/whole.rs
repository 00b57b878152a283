//! What follows once nothing of an order is left: what it used goes back to the guest, and what it brought is taken back.
//!
//! A refund by items moves sums alone, since a gift, a promo code or a stamp cannot be returned in part; the refund that
//! returns the last of the order moves these too. What cannot be taken back, because it was used or spent, stays: an
//! invitation stays rewarded, and a stamp that brought a gift does not bring it again. The order stays one of those the
//! guest has closed. All of that is our choice; the documents say only that privileges go back to the guest.

use crate::network::gift;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::store::gifts::{self, GiftRow};
use crate::store::orders::OrderRow;
use crate::store::rewards::{self, Promised};
use crate::store::{promo_codes, stamps};

/// Undoes what the order did besides the sums.
pub(super) fn undo(call: &Call<'_>, order: &OrderRow) -> Result<(), Refusal> {
    // A gift that has expired since stays expired.
    gifts::give_back(call.tx, &order.id)?;
    promo_codes::release(call.tx, &order.id)?;
    for one in gifts::brought_by(call.tx, &order.id)?.iter().filter(|one| one.stamp.is_none()) {
        gift::withdraw(&call.network(), one, order)?;
    }
    let Some(guest_id) = order.guest_id else { return Ok(()) };
    for promise in rewards::of_order(call.tx, &order.id)? {
        if let Promised::Stamps(count) = promise.promised {
            let left = stamps::take(call.tx, guest_id, &promise.campaign_id, count)?;
            withdraw_unreached(call, order, guest_id, &promise.campaign_id, left)?;
        }
    }
    Ok(())
}

/// Takes the gifts back that the stamps that are left do not reach, whichever order brought them.
fn withdraw_unreached(
    call: &Call<'_>,
    order: &OrderRow,
    guest_id: i64,
    campaign_id: &str,
    stamps_left: u64,
) -> Result<(), Refusal> {
    let is_unreached = |one: &&GiftRow| {
        one.campaign_id == campaign_id && one.stamp.is_some_and(|stamp| stamp.ordinal > stamps_left)
    };
    for one in gifts::of_guest(call.tx, guest_id)?.iter().filter(is_unreached) {
        gift::withdraw(&call.network(), one, order)?;
    }
    Ok(())
}

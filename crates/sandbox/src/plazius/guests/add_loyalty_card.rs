//! `guests/addLoyaltyCard`: binds a card that exists already to a guest.

use serde::Deserialize;

use super::card;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::store::cards::{self, CardRow};

/// The fewest characters of a track.
const MIN_TRACK: usize = 3;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AddLoyaltyCardRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
    card_track: String,
    card_number: String,
    /// The makers list it as required but do not describe it, so it may be there or not; a card is of plastic unless
    /// it is said to be virtual.
    #[serde(default, deserialize_with = "present")]
    is_virtual: Option<bool>,
}

/// The makers ask for tracks and numbers that are unique in the network. The same card for the same guest breaks
/// nothing of that and changes nothing; every other meeting is refused.
pub(crate) fn answer(call: &Call<'_>, request: AddLoyaltyCardRequestWire) -> Result<(), Refusal> {
    if request.card_track.chars().count() < MIN_TRACK {
        return Err(Refusal::invalid("cardTrack: must have at least 3 characters"));
    }
    printable("cardTrack", &request.card_track)?;
    printable("cardNumber", &request.card_number)?;
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let card = CardRow {
        guest_id: guest.id,
        track: request.card_track,
        number: request.card_number,
        is_virtual: request.is_virtual.unwrap_or(false),
    };
    match cards::with_track_or_number(call.tx, call.network_id, &card.track, &card.number)? {
        Some(known) if known == card => return Ok(()),
        Some(known) if known.track == card.track => {
            return Err(Refusal::invalid("cardTrack: the network has another card with this track"));
        }
        Some(_) => return Err(Refusal::invalid("cardNumber: the network has another card with this number")),
        None => {}
    }
    if card.is_virtual && cards::virtual_of(call.tx, guest.id)?.is_some() {
        return Err(Refusal::invalid("isVirtual: the guest has a virtual card already"));
    }
    card::add(call, &card)
}

/// A card is read by a reader and shown to a guest: it cannot be blank or hold control characters.
fn printable(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err(Refusal::invalid(format!("{field}: must be printable and not blank")));
    }
    Ok(())
}

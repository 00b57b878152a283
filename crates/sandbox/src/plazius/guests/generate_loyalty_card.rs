//! `guests/generateLoyaltyCard`: gives a guest a virtual card with a free number.

use serde::Serialize;

use super::GuestRequestWire;
use super::card::{self, CardWire};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::store::cards::{self, CardRow};

#[derive(Serialize)]
pub(crate) struct GenerateLoyaltyCardResponseWire {
    card: CardWire,
}

/// A guest has one virtual card at most, so a repetition answers the card there is.
pub(crate) fn answer(
    call: &Call<'_>,
    request: GuestRequestWire,
) -> Result<GenerateLoyaltyCardResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let card = match cards::virtual_of(call.tx, guest.id)? {
        Some(card) => card,
        None => generate(call, guest.id)?,
    };
    Ok(GenerateLoyaltyCardResponseWire { card: card.into() })
}

/// The track is the number, as the makers allow. Numbers begin with 23, as in their example, and count up: the same
/// requests make the same cards.
fn generate(call: &Call<'_>, guest_id: i64) -> Result<CardRow, Refusal> {
    let mut serial = cards::next_serial(call.tx)?;
    loop {
        let number = format!("23{serial:08}");
        if cards::with_track_or_number(call.tx, call.network_id, &number, &number)?.is_none() {
            let card = CardRow { guest_id, track: number.clone(), number, is_virtual: true };
            card::add(call, &card)?;
            return Ok(card);
        }
        serial += 1;
    }
}

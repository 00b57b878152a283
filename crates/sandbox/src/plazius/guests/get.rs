//! `guests/get`: who a guest is, and the guest's cards.

use serde::Serialize;

use super::GuestRequestWire;
use super::card::CardWire;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::store::cards;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GetGuestResponseWire {
    guest: GuestWire,
    /// Left out where there is none, as documented.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    loyalty_cards: Vec<CardWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GuestWire {
    phone: String,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    birthday: Option<String>,
    /// A number here, a word in `guests/save`.
    sex: u8,
}

pub(crate) fn answer(call: &Call<'_>, request: GuestRequestWire) -> Result<GetGuestResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let loyalty_cards = cards::of_guest(call.tx, guest.id)?.into_iter().map(CardWire::from).collect();
    Ok(GetGuestResponseWire {
        guest: GuestWire {
            phone: guest.phone,
            first_name: guest.person.first_name,
            middle_name: guest.person.middle_name,
            last_name: guest.person.last_name,
            email: guest.person.email,
            birthday: guest.person.birthday,
            sex: guest.person.sex,
        },
        loyalty_cards,
    })
}

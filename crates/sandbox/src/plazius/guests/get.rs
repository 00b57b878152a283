//! `guests/get`: who a guest is.

use serde::Serialize;

use super::GuestRequestWire;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;

/// The guest's cards are left out: they may be absent, and nobody has one.
#[derive(Serialize)]
pub(crate) struct GetGuestResponseWire {
    guest: GuestWire,
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
    })
}

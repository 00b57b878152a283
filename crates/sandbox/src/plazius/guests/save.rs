//! `guests/save`: creates a guest, who joins the programme by that, or replaces all of a guest's data.

use serde::{Deserialize, Serialize};

use super::person::GuestWire;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrganizationIdentityWire;
use crate::store::guests;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaveGuestRequestWire {
    guest: GuestWire,
    organization: OrganizationIdentityWire,
}

#[derive(Serialize)]
pub(crate) struct SaveGuestResponseWire {
    guest: GuestWire,
}

pub(crate) fn answer(
    call: &Call<'_>,
    request: SaveGuestRequestWire,
) -> Result<SaveGuestResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = request.guest;
    let phone = lookup::phone("guest.phone", &guest.phone)?;
    guests::save(call.tx, call.network_id, phone.as_str(), &guest.to_person(), call.now_ms())?;
    Ok(SaveGuestResponseWire { guest })
}

//! `guests/save`: creates a guest, who joins the programme by that, or replaces all of a guest's data.

use serde::{Deserialize, Serialize};

use super::person::GuestWire;
use crate::network::join;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrganizationIdentityWire;

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
    let restaurant_id = lookup::restaurant_id(call, &request.organization)?;
    let guest = request.guest;
    let phone = lookup::phone("guest.phone", &guest.phone)?;
    join::save(&call.network(), phone.as_str(), &guest.to_person(), &restaurant_id)?;
    Ok(SaveGuestResponseWire { guest })
}

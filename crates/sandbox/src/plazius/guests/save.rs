//! `guests/save`: creates a guest, who joins the programme by that, or replaces all of a guest's data.

use serde::{Deserialize, Serialize};

use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::identity::OrganizationIdentityWire;
use crate::plazius::wire::moment::DateWire;
use crate::store::guests::{self, Person};

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

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GuestWire {
    phone: String,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    middle_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    birthday: Option<DateWire>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    sex: Option<SexWire>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum SexWire {
    NotSpecified,
    Male,
    Female,
}

/// The number `guests/get` gives for it.
const fn sex_number(sex: Option<SexWire>) -> u8 {
    match sex {
        None | Some(SexWire::NotSpecified) => 0,
        Some(SexWire::Male) => 1,
        Some(SexWire::Female) => 2,
    }
}

pub(crate) fn answer(
    call: &Call<'_>,
    request: SaveGuestRequestWire,
) -> Result<SaveGuestResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = request.guest;
    let phone = lookup::phone("guest.phone", &guest.phone)?;
    let person = Person {
        first_name: guest.first_name.clone(),
        middle_name: guest.middle_name.clone(),
        last_name: guest.last_name.clone(),
        email: guest.email.clone(),
        birthday: guest.birthday.map(|date| date.0.to_string()),
        sex: sex_number(guest.sex),
    };
    guests::save(call.tx, call.network_id, phone.as_str(), &person, call.now_ms())?;
    Ok(SaveGuestResponseWire { guest })
}

//! `guests/save`: creates a guest, who joins the programme by that, or replaces all of a guest's data.

use loyalty::Moment;
use loyalty::reward::{self, Brings};
use serde::{Deserialize, Serialize};

use super::person::GuestWire;
use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::gift::{self, Gift};
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrganizationIdentityWire;
use crate::store::{guests, ledger};

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
    let person = guest.to_person();
    let known = guests::find(call.tx, call.network_id, phone.as_str())?;
    let guest_id = guests::save(call.tx, call.network_id, phone.as_str(), &person, call.now_ms())?;
    if known.as_ref().is_none_or(|known| known.person != person) {
        ledger::add(call.tx, &Entry::without_sums(Kind::GuestSaved, call.now_ms()), Some(guest_id))?;
    }
    if known.is_none() {
        welcome(call, guest_id, &restaurant_id)?;
    }
    Ok(SaveGuestResponseWire { guest })
}

/// What the programme gives for joining it.
fn welcome(call: &Call<'_>, guest_id: i64, restaurant_id: &str) -> Result<(), Refusal> {
    for reward in reward::welcome(call.programme, Moment::from_unix_s(call.now.as_second())) {
        if let Brings::Gift { terms, stamp_index: None } = &reward.brings {
            let gift = Gift {
                guest_id,
                campaign_id: &reward.campaign_id,
                terms,
                stamp: None,
                restaurant_id: Some(restaurant_id),
                source: None,
            };
            gift::give(call, &gift)?;
        }
    }
    Ok(())
}

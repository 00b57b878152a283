//! `guests/update`: changes some of a guest's data.

use serde::{Deserialize, Serialize};

use super::person::{GuestWire, SexWire};
use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::plazius::wire::moment::WrittenDayWire;
use crate::store::guests::{self, Person};
use crate::store::ledger;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UpdateGuestRequestWire {
    organization: OrganizationIdentityWire,
    guest: GuestIdentityWire,
    guest_information: InformationWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct InformationWire {
    #[serde(default, deserialize_with = "present")]
    first_name: Option<UpdatableWire<String>>,
    #[serde(default, deserialize_with = "present")]
    middle_name: Option<UpdatableWire<String>>,
    #[serde(default, deserialize_with = "present")]
    last_name: Option<UpdatableWire<String>>,
    #[serde(default, deserialize_with = "present")]
    email: Option<UpdatableWire<String>>,
    #[serde(default, deserialize_with = "present")]
    birthday: Option<UpdatableWire<WrittenDayWire>>,
    #[serde(default, deserialize_with = "present")]
    sex: Option<UpdatableSexWire>,
}

/// A field to be changed only if `has_value`; without a value, or with null, it is cleared.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UpdatableWire<T> {
    has_value: bool,
    #[serde(default = "none")]
    value: Option<T>,
}

/// As the others, but null is no sex.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UpdatableSexWire {
    has_value: bool,
    #[serde(default, deserialize_with = "present")]
    value: Option<SexWire>,
}

/// Stands for the derived default, which would ask the same of `T`.
const fn none<T>() -> Option<T> {
    None
}

#[derive(Serialize)]
pub(crate) struct UpdateGuestResponseWire {
    guest: GuestWire,
}

/// Only a known guest is updated: 3007 otherwise.
pub(crate) fn answer(
    call: &Call<'_>,
    request: UpdateGuestRequestWire,
) -> Result<UpdateGuestResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let mut person = guest.person.clone();
    apply(request.guest_information, &mut person);
    if person != guest.person {
        guests::save(call.tx, call.network_id, &guest.phone, &person, call.now_ms())?;
        ledger::add(call.tx, &Entry::without_sums(Kind::GuestUpdated, call.now_ms()), Some(guest.id))?;
    }
    Ok(UpdateGuestResponseWire { guest: GuestWire::of(guest.phone, person)? })
}

fn apply(information: InformationWire, person: &mut Person) {
    let InformationWire { first_name, middle_name, last_name, email, birthday, sex } = information;
    set(&mut person.first_name, first_name);
    set(&mut person.middle_name, middle_name);
    set(&mut person.last_name, last_name);
    set(&mut person.email, email);
    if let Some(UpdatableWire { has_value: true, value }) = birthday {
        person.birthday = value.map(|day| day.0.to_string());
    }
    if let Some(UpdatableSexWire { has_value: true, value }) = sex {
        person.sex = value.unwrap_or(SexWire::NotSpecified).number();
    }
}

fn set(field: &mut Option<String>, update: Option<UpdatableWire<String>>) {
    if let Some(UpdatableWire { has_value: true, value }) = update {
        *field = value;
    }
}

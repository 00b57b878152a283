//! A guest's data as `guests/save` and `guests/update` write it.

use serde::{Deserialize, Serialize};

use crate::plazius::error::Refusal;
use crate::plazius::read::present;
use crate::plazius::wire::moment::DateWire;
use crate::store::StoreError;
use crate::store::guests::Person;

/// A guest's data.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct GuestWire {
    pub(super) phone: String,
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

/// The word here is a number in `guests/get`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum SexWire {
    NotSpecified,
    Male,
    Female,
}

impl SexWire {
    /// The number `guests/get` gives for it.
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::NotSpecified => 0,
            Self::Male => 1,
            Self::Female => 2,
        }
    }

    fn of(number: u8) -> Result<Self, StoreError> {
        match number {
            0 => Ok(Self::NotSpecified),
            1 => Ok(Self::Male),
            2 => Ok(Self::Female),
            other => Err(StoreError::Corrupt(format!("sex {other}"))),
        }
    }
}

impl GuestWire {
    /// The data as the books keep it.
    pub(super) fn to_person(&self) -> Person {
        Person {
            first_name: self.first_name.clone(),
            middle_name: self.middle_name.clone(),
            last_name: self.last_name.clone(),
            email: self.email.clone(),
            birthday: self.birthday.map(|birthday| birthday.0.to_string()),
            sex: self.sex.unwrap_or(SexWire::NotSpecified).number(),
        }
    }

    /// What the books keep.
    pub(super) fn of(phone: String, person: Person) -> Result<Self, Refusal> {
        let birthday = person.birthday.map(|text| {
            text.parse().map(DateWire).map_err(|_| StoreError::Corrupt(format!("birthday {text}")))
        });
        Ok(Self {
            phone,
            first_name: person.first_name,
            middle_name: person.middle_name,
            last_name: person.last_name,
            email: person.email,
            birthday: birthday.transpose()?,
            sex: Some(SexWire::of(person.sex)?),
        })
    }
}

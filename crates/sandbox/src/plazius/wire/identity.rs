//! How a request names a guest, a restaurant and an order.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::super::read::not_empty;

/// The only kind of guest identity there is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum GuestIdentityTypeWire {
    Phone,
}

/// A guest, by phone. The phone may be null in the JSON, but names nobody then.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuestIdentityWire {
    #[serde(rename = "type")]
    pub(crate) kind: GuestIdentityTypeWire,
    #[serde(default)]
    pub(crate) phone: Option<String>,
}

/// The only kind of restaurant identity there is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum OrganizationIdentityTypeWire {
    RkObjectId,
}

/// A restaurant, by its `r_keeper` object id.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganizationIdentityWire {
    #[serde(rename = "type")]
    pub(crate) kind: OrganizationIdentityTypeWire,
    #[serde(deserialize_with = "not_empty")]
    pub(crate) id: String,
}

/// An order, by a UUID in its usual form of 36 characters; in small letters, so that one order has one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OrderIdWire(String);

impl OrderIdWire {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for OrderIdWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match uuid::Uuid::try_parse(&text) {
            Ok(id) if text.len() == 36 => Ok(Self(id.hyphenated().to_string())),
            Ok(_) | Err(_) => Err(D::Error::custom("expected a UUID")),
        }
    }
}

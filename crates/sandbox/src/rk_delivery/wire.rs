//! r_k Delivery's JSON. What its makers' tables and examples name is taken, and nothing else, unless it says so here.

mod dish;
mod loyalty;
mod order;

use contract::decimal::Decimal;
use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::json::date_time;

pub(super) use dish::{DishWire, FlatDish, flat};
pub(super) use loyalty::{BonusesWire, LoyaltyAmountWire, LoyaltyProgramWire};
pub(super) use order::{
    AmountWire, ChangeRequestWire, CreateRequestWire, DiscountsWire, GuestWire, NumberedWire,
    PrecalculateRequestWire, PrecalculatedWire, ResultWire, TimesWire, Wish,
};

/// Money and bonuses.
pub(super) type MoneyWire = Decimal<2>;

/// A GUID in its usual form of 36 characters. It is answered as it was written, and compared in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GuidWire(String);

impl GuidWire {
    /// In small letters.
    pub(super) fn normal(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl<'de> Deserialize<'de> for GuidWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() == 36 && uuid::Uuid::try_parse(&text).is_ok() {
            Ok(Self(text))
        } else {
            Err(D::Error::custom("expected a GUID"))
        }
    }
}

impl Serialize for GuidWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A moment, as in `2022-06-16T09:41:08.278+03:00`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeWire(
    #[expect(dead_code, reason = "no rule goes by the time an order is expected at")] Timestamp,
);

impl<'de> Deserialize<'de> for TimeWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        date_time(&String::deserialize(deserializer)?)
            .map(Self)
            .ok_or_else(|| D::Error::custom("expected a time, as 2022-06-16T09:41:08.278+03:00"))
    }
}

/// Where an order is brought. The page about loyalty does not name the fields, so any are taken, but some there must be.
#[derive(Clone, Debug)]
pub(super) struct AddressWire;

impl<'de> Deserialize<'de> for AddressWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::<String, Value>::deserialize(deserializer)?;
        if fields.is_empty() { Err(D::Error::custom("an address has fields")) } else { Ok(Self) }
    }
}

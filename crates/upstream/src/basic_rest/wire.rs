//! The basic REST API's JSON, as its makers document it. These types never leave the folder `basic_rest`.
//!
//! What money depends on is required here; a photo, a birthday and whatever else is told of a client is not read.

use contract::Phone;
use contract::decimal::Decimal;
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// Money and bonuses.
pub(super) type MoneyWire = Decimal<2>;

#[derive(Serialize)]
pub(super) struct SearchWire<'a> {
    pub(super) search: &'a str,
    pub(super) point: &'a str,
}

#[derive(Serialize)]
pub(super) struct AskRecalcWire<'a> {
    pub(super) client: &'a str,
    pub(super) point: &'a str,
    pub(super) amount: MoneyWire,
}

#[derive(Serialize)]
pub(super) struct HoldWire<'a> {
    pub(super) client: &'a str,
    pub(super) point: &'a str,
    pub(super) amount: MoneyWire,
    /// Minutes.
    pub(super) duration: u32,
}

#[derive(Serialize)]
pub(super) struct ReleaseWire<'a> {
    pub(super) client: &'a str,
    pub(super) point: &'a str,
}

#[derive(Serialize)]
pub(super) struct AskRetailWire<'a> {
    pub(super) client: &'a str,
    pub(super) point: &'a str,
    pub(super) amount: MoneyWire,
    pub(super) spend: MoneyWire,
}

/// What every answer begins with.
#[derive(Deserialize)]
pub(super) struct SuccessWire {
    pub(super) success: bool,
}

/// The answer of `client`.
#[derive(Deserialize)]
pub(super) struct FoundWire {
    pub(super) client: ClientWire,
}

#[derive(Deserialize)]
pub(super) struct ClientWire {
    pub(super) id: String,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) phone: PhoneWire,
    pub(super) level: Option<LevelWire>,
    pub(super) balance: MoneyWire,
}

/// A phone, which comes as a number; read as a text too, with or without its plus. What is no phone is read as none.
#[derive(Default)]
pub(super) struct PhoneWire(pub(super) Option<Phone>);

impl<'de> Deserialize<'de> for PhoneWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map_err(D::Error::custom)?,
            Some(b'{' | b'[' | b't' | b'f') => return Err(D::Error::custom("expected a phone")),
            _ => raw.to_owned(),
        };
        Ok(Self(Phone::parse(&format!("+{}", text.trim().trim_start_matches('+')))))
    }
}

#[derive(Deserialize)]
pub(super) struct LevelWire {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) percent: Decimal<2>,
    #[serde(rename = "type")]
    pub(super) kind: LoyaltyKindWire,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum LoyaltyKindWire {
    Cashback,
    Discount,
}

/// The answer of `recalc`.
#[derive(Deserialize)]
pub(super) struct RecalculatedWire {
    pub(super) recalc: RecalcWire,
}

#[derive(Deserialize)]
pub(super) struct RecalcWire {
    pub(super) amount: MoneyWire,
    pub(super) percent: Decimal<2>,
    #[serde(rename = "type")]
    pub(super) kind: LoyaltyKindWire,
    pub(super) spend: Option<MoneyWire>,
    pub(super) earn: Option<MoneyWire>,
}

/// The answer of `bonuses/hold`.
#[derive(Deserialize)]
pub(super) struct HeldWire {
    pub(super) held: HeldDetailsWire,
}

#[derive(Deserialize)]
pub(super) struct HeldDetailsWire {
    /// Seconds since 1970.
    pub(super) until: i64,
    pub(super) amount: MoneyWire,
}

/// The answer of `bonuses/release`, which tells nothing more.
#[derive(Deserialize)]
pub(super) struct ReleasedWire {
    #[serde(rename = "success")]
    _success: IgnoredAny,
}

/// The answer of `retail`.
#[derive(Deserialize)]
pub(super) struct SoldWire {
    pub(super) retail: RetailWire,
}

#[derive(Deserialize)]
pub(super) struct RetailWire {
    pub(super) amount: MoneyWire,
    pub(super) total: MoneyWire,
    #[serde(rename = "type")]
    pub(super) kind: LoyaltyKindWire,
    pub(super) spend: Option<MoneyWire>,
    pub(super) earn: Option<MoneyWire>,
}

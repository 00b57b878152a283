//! r_k Delivery's JSON, as its makers document it. These types never leave the folder `rk_delivery`.
//!
//! Of an answer only what the product needs is read; the blocks that a confirm gives back are kept as they came, letter
//! by letter.

mod order;

use contract::decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

pub(super) use order::{
    ChangeWire, CreateWire, DishWire, GuestWire, IngredientWire, MeasureWire, PrecalculateWire, TimeWire,
};

/// Money and bonuses.
pub(super) type MoneyWire = Decimal<2>;

/// The answer of the token's exchange.
#[derive(Deserialize)]
pub(super) struct TokenWire {
    pub(super) access_token: String,
    pub(super) expires_in: Option<i64>,
}

/// What every answer with a body wraps its contents in.
#[derive(Deserialize)]
pub(super) struct ResultWire<T> {
    pub(super) result: T,
}

/// The answer of the precalculation.
#[derive(Deserialize)]
pub(super) struct PrecalculatedWire {
    pub(super) amount: AmountWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AmountWire {
    pub(super) total_amount: MoneyWire,
    pub(super) order_amount: MoneyWire,
    pub(super) delivery_amount: Option<MoneyWire>,
    /// The whole block; [`LoyaltyWire`] is read from it. Absent where the order has no loyalty.
    pub(super) loyalty_amount: Option<Box<RawValue>>,
    pub(super) discounts: Option<Box<RawValue>>,
}

/// The block `loyaltyAmount`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoyaltyWire {
    pub(super) total_amount: MoneyWire,
    pub(super) loyalty_discount_amount: MoneyWire,
    pub(super) bonuses: Option<BonusesWire>,
    pub(super) loyalty_programs: Option<Vec<ProgrammeWire>>,
    pub(super) finger_print: String,
    pub(super) use_loyalty_bonus_payments: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BonusesWire {
    pub(super) guest_balance: MoneyWire,
    pub(super) rank_name: Option<String>,
    pub(super) max_bonuses_for_payment: MoneyWire,
    pub(super) accrual_with_payment: MoneyWire,
    pub(super) accrual_without_payment: MoneyWire,
}

/// A campaign that took part. What it takes off is not told; only the sum of all is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgrammeWire {
    pub(super) program_name: String,
    pub(super) program_notification: Option<Vec<String>>,
}

/// The answer of an order's creation. The makers' two manuals spell the field differently.
#[derive(Deserialize)]
pub(super) struct CreatedWire {
    #[serde(rename = "orderId", alias = "orderID")]
    pub(super) order_id: NumberWire,
}

/// An order's number: a text, and read as a number too, because a lost one cannot be asked for again.
pub(super) struct NumberWire(pub(super) String);

impl<'de> Deserialize<'de> for NumberWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map(Self).map_err(D::Error::custom),
            Some(b'0'..=b'9') => Ok(Self(raw.to_owned())),
            _ => Err(D::Error::custom("expected an order's number")),
        }
    }
}

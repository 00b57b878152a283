//! Plazius' JSON, as its makers document it. These types never leave the folder `plazius`.
//!
//! Answers are read tolerantly: unknown fields are ignored and optional blocks may be absent or null. What every answer
//! must have is required here; what must hold between the numbers is judged in `answer`.

mod account;
mod campaigns;
mod order;

use contract::decimal::Decimal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

pub(super) use account::{
    AddCardWire, AskHistoryWire, BonusCauseWire, BonusHistoryWire, BonusOperationWire, CardWire,
    ChangeBalanceWire, FieldWire, FilterWire, GotCardsWire, GuestInformationWire, IssuedCardWire,
    OrdersHistoryWire, PastDishWire, PastOrderWire, SourceWire, UpdateWire,
};
pub(super) use campaigns::{
    CampaignKindWire, CampaignsWire, GiftKindWire, GiftStatusWire, GiftTermsWire, GiftWire, OpenCampaignWire,
    ReferralWire, ReferrerStatusWire, StampsWire,
};
pub(super) use order::{
    BonusesSummaryWire, BonusesWire, CalculateWire, CalculatedWire, CampaignResultWire, ConfirmWire,
    DeliveryWire, ExpeditionWire, FingerprintWire, LoyaltyConfirmationWire, ModifierWire, NotificationWire,
    OptionsWire, OrderItemWire, OrderWire, PaymentWire, ProductWire, PromocodeWire,
};

/// Money and bonuses.
pub(super) type MoneyWire = Decimal<2>;

/// A time, sent in milliseconds: Plazius runs on .NET, whose times hold seven decimal places, and a clock here has nine.
pub(super) struct TimeWire(pub(super) Timestamp);

impl Serialize for TimeWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let millis = Timestamp::from_millisecond(self.0.as_millisecond());
        millis.map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

#[derive(Serialize)]
pub(super) struct GuestIdentityWire {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) phone: String,
}

#[derive(Serialize)]
pub(super) struct OrganisationWire {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) id: String,
}

/// `guests/get`, `guests/getWallet`, `guests/generateCode`.
#[derive(Serialize)]
pub(super) struct GuestRequestWire {
    pub(super) guest: GuestIdentityWire,
    pub(super) organization: OrganisationWire,
}

/// `guests/save`.
#[derive(Serialize)]
pub(super) struct SaveGuestWire {
    pub(super) guest: NewGuestWire,
    pub(super) organization: OrganisationWire,
}

#[derive(Serialize)]
pub(super) struct NewGuestWire {
    pub(super) phone: String,
}

#[derive(Deserialize)]
pub(super) struct SavedGuestWire {
    pub(super) guest: FoundGuestWire,
}

/// The answer of `guests/get`; the guest is optional there by the letter of the description.
#[derive(Deserialize)]
pub(super) struct GotGuestWire {
    pub(super) guest: Option<FoundGuestWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundGuestWire {
    pub(super) phone: String,
    pub(super) first_name: Option<String>,
}

/// The answer of `guests/getWallet`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WalletWire {
    pub(super) balance: MoneyWire,
    pub(super) current_rank: Option<RankWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RankWire {
    pub(super) name: String,
    pub(super) cashback_percentage: Decimal<2>,
    pub(super) confirmation: Option<RankConfirmationWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RankConfirmationWire {
    pub(super) sum_left: MoneyWire,
    pub(super) hours_left: i64,
}

/// The answer of `guests/generateCode`: the first seven digits of an EAN-8 as a number, leading zeros lost.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeWire {
    pub(super) code: u32,
    pub(super) ttl_seconds: i64,
}

#[derive(Serialize)]
pub(super) struct OrderIdWire {
    pub(super) id: Uuid,
}

#[derive(Serialize)]
pub(super) struct ResetWire {
    pub(super) id: Uuid,
    #[serde(rename = "resetAt")]
    pub(super) reset_at: TimeWire,
}

#[derive(Serialize)]
pub(super) struct AbortWire {
    pub(super) id: Uuid,
    #[serde(rename = "abortedAt")]
    pub(super) aborted_at: TimeWire,
}

#[derive(Serialize)]
pub(super) struct CloseWire {
    pub(super) id: Uuid,
    #[serde(rename = "closedAt")]
    pub(super) closed_at: TimeWire,
}

/// `orders/refund`; without items the whole order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefundWire {
    pub(super) id: Uuid,
    pub(super) refund_id: Uuid,
    pub(super) refunded_at: TimeWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Vec<RefundedItemWire>>,
}

#[derive(Serialize)]
pub(super) struct RefundedItemWire {
    pub(super) product: RefundedProductWire,
    pub(super) quantity: Decimal<3>,
}

#[derive(Serialize)]
pub(super) struct RefundedProductWire {
    pub(super) code: String,
}

/// The answer of `orders/confirm`, `reset`, `abort`, `close` and `refund`.
#[derive(Deserialize)]
pub(super) struct OrderDoneWire {
    pub(super) id: Uuid,
}

/// The answer of `orders/get`.
#[derive(Deserialize)]
pub(super) struct GotOrderWire {
    pub(super) order: OrderRecordWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderRecordWire {
    pub(super) id: Uuid,
    pub(super) status: OrderStatusWire,
    pub(super) full_sum: MoneyWire,
    pub(super) sum_to_pay: MoneyWire,
    pub(super) free_product_sum: MoneyWire,
    pub(super) paid_with_bonuses: MoneyWire,
    /// With a Latin first letter, as one would expect it.
    #[serde(rename = "earnedBonuses")]
    pub(super) earned_latin: Option<MoneyWire>,
    /// With a Cyrillic first letter, as it is documented.
    #[serde(rename = "\u{435}arnedBonuses")]
    pub(super) earned_cyrillic: Option<MoneyWire>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum OrderStatusWire {
    Open,
    Closed,
    Aborted,
}

/// The body of `auth/gentoken`.
#[derive(Serialize)]
pub(super) struct PasswordWire<'a> {
    pub(super) password: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenWire {
    pub(super) token: String,
    pub(super) alive_seconds_ttl: Option<i64>,
}

/// `guest/v1/auth/sendsms`.
#[derive(Serialize)]
pub(super) struct SendCodeWire {
    pub(super) phone: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SentCodeWire {
    pub(super) repeat_after_seconds: Option<i64>,
}

/// `guest/v1/auth/checksms`.
#[derive(Serialize)]
pub(super) struct CheckCodeWire {
    pub(super) phone: String,
    pub(super) code: String,
}

/// The body of every refusal.
#[derive(Deserialize)]
pub(super) struct RefusalWire {
    pub(super) error: RefusalDetailsWire,
}

#[derive(Deserialize)]
pub(super) struct RefusalDetailsWire {
    pub(super) code: String,
    pub(super) message: String,
}

//! The JSON of the operations on a guest's account: profile, bonuses, cards, histories.

use contract::decimal::Decimal;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use super::{GuestIdentityWire, MoneyWire, OrderRecordWire, OrderStatusWire, OrganisationWire, TimeWire};

/// A time of an answer: with its zone, or in UTC, as the description says of all times without one.
pub(in crate::plazius) struct UtcWire(pub(in crate::plazius) Timestamp);

impl<'de> Deserialize<'de> for UtcWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse::<Timestamp>()
            .or_else(|_| text.parse::<DateTime>().and_then(|time| TimeZone::UTC.to_timestamp(time)))
            .map(Self)
            .map_err(|_| D::Error::custom("expected a time"))
    }
}

/// One field of `guests/update`: applied where `has_value`, emptied where it then has no value.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct FieldWire {
    pub(in crate::plazius) has_value: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) value: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct GuestInformationWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) first_name: Option<FieldWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) middle_name: Option<FieldWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) last_name: Option<FieldWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) email: Option<FieldWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) birthday: Option<FieldWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) sex: Option<FieldWire>,
}

/// `guests/update`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct UpdateWire {
    pub(in crate::plazius) organization: OrganisationWire,
    pub(in crate::plazius) guest: GuestIdentityWire,
    pub(in crate::plazius) guest_information: GuestInformationWire,
}

/// `guests/addBonus` and `guests/writeoffBonus`, whose answers have no documented body.
#[derive(Serialize)]
pub(in crate::plazius) struct ChangeBalanceWire<'a> {
    pub(in crate::plazius) guest: GuestIdentityWire,
    pub(in crate::plazius) organization: OrganisationWire,
    pub(in crate::plazius) amount: MoneyWire,
    pub(in crate::plazius) comment: &'a str,
}

/// `guests/addLoyaltyCard`, whose answer has no documented body. The description requires `isVirtual` without defining it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct AddCardWire<'a> {
    pub(in crate::plazius) guest: GuestIdentityWire,
    pub(in crate::plazius) organization: OrganisationWire,
    pub(in crate::plazius) card_track: &'a str,
    pub(in crate::plazius) card_number: &'a str,
    pub(in crate::plazius) is_virtual: bool,
}

/// The answer of `guests/generateLoyaltyCard`.
#[derive(Deserialize)]
pub(in crate::plazius) struct IssuedCardWire {
    pub(in crate::plazius) card: CardWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct CardWire {
    pub(in crate::plazius) track: String,
    pub(in crate::plazius) number: String,
    pub(in crate::plazius) is_virtual: bool,
}

/// What of `guests/get` tells the cards.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct GotCardsWire {
    pub(in crate::plazius) loyalty_cards: Option<Vec<CardWire>>,
}

/// The filter of both histories.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct FilterWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) from_date: Option<TimeWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) to_date: Option<TimeWire>,
    pub(in crate::plazius) skip: u32,
    pub(in crate::plazius) take: u32,
    /// Of the history of orders only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) order_status: Option<OrderStatusWire>,
}

/// `guests/getOrdersHistory` and `guests/getBonusHistory`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct AskHistoryWire {
    pub(in crate::plazius) guest: GuestIdentityWire,
    pub(in crate::plazius) organization: OrganisationWire,
    pub(in crate::plazius) filter: FilterWire,
    /// Of the history of orders only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) fill_order_details: Option<bool>,
}

/// The answer of `guests/getOrdersHistory`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct OrdersHistoryWire {
    pub(in crate::plazius) orders: Vec<PastOrderWire>,
    pub(in crate::plazius) total_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct PastOrderWire {
    pub(in crate::plazius) id: Uuid,
    pub(in crate::plazius) status: OrderStatusWire,
    pub(in crate::plazius) full_sum: MoneyWire,
    pub(in crate::plazius) sum_to_pay: MoneyWire,
    pub(in crate::plazius) free_product_sum: MoneyWire,
    pub(in crate::plazius) paid_with_bonuses: MoneyWire,
    #[serde(rename = "earnedBonuses")]
    pub(in crate::plazius) earned_latin: Option<MoneyWire>,
    #[serde(rename = "\u{435}arnedBonuses")]
    pub(in crate::plazius) earned_cyrillic: Option<MoneyWire>,
    pub(in crate::plazius) number: Option<i64>,
    pub(in crate::plazius) bonus_payment_rollback_sum: MoneyWire,
    pub(in crate::plazius) open_time: UtcWire,
    pub(in crate::plazius) close_time: Option<UtcWire>,
    pub(in crate::plazius) products: Vec<PastDishWire>,
    pub(in crate::plazius) organization_id: Uuid,
    pub(in crate::plazius) source: SourceWire,
}

impl PastOrderWire {
    /// What `orders/get` tells of an order as well. Exact amounts cannot be read through serde's `flatten`.
    pub(in crate::plazius) const fn record(&self) -> OrderRecordWire {
        OrderRecordWire {
            id: self.id,
            status: self.status,
            full_sum: self.full_sum,
            sum_to_pay: self.sum_to_pay,
            free_product_sum: self.free_product_sum,
            paid_with_bonuses: self.paid_with_bonuses,
            earned_latin: self.earned_latin,
            earned_cyrillic: self.earned_cyrillic,
        }
    }
}

#[derive(Deserialize)]
pub(in crate::plazius) struct PastDishWire {
    pub(in crate::plazius) code: String,
    pub(in crate::plazius) name: String,
    pub(in crate::plazius) group: Option<String>,
    pub(in crate::plazius) price: MoneyWire,
    pub(in crate::plazius) cost: MoneyWire,
    pub(in crate::plazius) quantity: Decimal<3>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) enum SourceWire {
    Indoor,
    Delivery,
}

/// The answer of `guests/getBonusHistory`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct BonusHistoryWire {
    pub(in crate::plazius) operations: Vec<BonusOperationWire>,
    pub(in crate::plazius) total_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct BonusOperationWire {
    pub(in crate::plazius) amount: MoneyWire,
    pub(in crate::plazius) date: UtcWire,
    pub(in crate::plazius) operation_type: BonusCauseWire,
    pub(in crate::plazius) organization: Option<ShortOrganisationWire>,
    pub(in crate::plazius) order: Option<ShortOrderWire>,
    pub(in crate::plazius) comment: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct ShortOrganisationWire {
    pub(in crate::plazius) name: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct ShortOrderWire {
    pub(in crate::plazius) id: Uuid,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) enum BonusCauseWire {
    Order,
    BizUser,
    Campaign,
    Api,
}

//! The JSON of `orders/calculate` and `orders/confirm`.

use contract::decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{GuestIdentityWire, MoneyWire, OrganisationWire, TimeWire};

#[derive(Serialize)]
pub(in crate::plazius) struct CalculateWire {
    pub(in crate::plazius) order: OrderWire,
    pub(in crate::plazius) organization: OrganisationWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) guest: Option<GuestIdentityWire>,
    pub(in crate::plazius) delivery: DeliveryWire,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::plazius) promocodes: Vec<PromocodeWire>,
}

#[derive(Serialize)]
pub(in crate::plazius) struct ConfirmWire {
    pub(in crate::plazius) id: Uuid,
    pub(in crate::plazius) order: OrderWire,
    pub(in crate::plazius) organization: OrganisationWire,
    pub(in crate::plazius) guest: GuestIdentityWire,
    pub(in crate::plazius) delivery: DeliveryWire,
    pub(in crate::plazius) loyalty: LoyaltyConfirmationWire,
}

#[derive(Serialize)]
pub(in crate::plazius) struct LoyaltyConfirmationWire {
    pub(in crate::plazius) pattern: &'static str,
    pub(in crate::plazius) fingerprint: FingerprintWire,
}

#[derive(Serialize)]
pub(in crate::plazius) struct FingerprintWire {
    pub(in crate::plazius) value: String,
    pub(in crate::plazius) options: OptionsWire,
}

#[derive(Serialize)]
pub(in crate::plazius) struct OptionsWire {
    pub(in crate::plazius) bonuses: PaymentWire,
}

#[derive(Serialize)]
pub(in crate::plazius) struct PaymentWire {
    pub(in crate::plazius) payment: MoneyWire,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct OrderWire {
    pub(in crate::plazius) opened_at: TimeWire,
    pub(in crate::plazius) items: Vec<OrderItemWire>,
}

/// A line. `price` and `cost` are the sums of all its dishes, without their modifiers, which have sums of their own; the
/// two are equal because the page's prices are final.
#[derive(Serialize)]
pub(in crate::plazius) struct OrderItemWire {
    pub(in crate::plazius) product: ProductWire,
    pub(in crate::plazius) price: MoneyWire,
    pub(in crate::plazius) cost: MoneyWire,
    pub(in crate::plazius) quantity: Decimal<3>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::plazius) modifiers: Vec<ModifierWire>,
}

#[derive(Serialize)]
pub(in crate::plazius) struct ModifierWire {
    pub(in crate::plazius) modifier: ProductWire,
    pub(in crate::plazius) price: MoneyWire,
    pub(in crate::plazius) cost: MoneyWire,
    pub(in crate::plazius) discount: MoneyWire,
    pub(in crate::plazius) quantity: Decimal<3>,
}

#[derive(Serialize)]
pub(in crate::plazius) struct ProductWire {
    pub(in crate::plazius) code: String,
    pub(in crate::plazius) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::plazius) categories: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::plazius) struct DeliveryWire {
    pub(in crate::plazius) expedition: ExpeditionWire,
}

#[derive(Serialize)]
pub(in crate::plazius) struct ExpeditionWire {
    #[serde(rename = "type")]
    pub(in crate::plazius) kind: &'static str,
}

#[derive(Serialize)]
pub(in crate::plazius) struct PromocodeWire {
    pub(in crate::plazius) value: String,
}

/// The answer of `orders/calculate`.
#[derive(Deserialize)]
pub(in crate::plazius) struct CalculatedWire {
    pub(in crate::plazius) loyalty: LoyaltyWire,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct LoyaltyWire {
    pub(in crate::plazius) fingerprint: String,
    pub(in crate::plazius) summary: SummaryWire,
    pub(in crate::plazius) details: DetailsWire,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct SummaryWire {
    pub(in crate::plazius) discounts: DiscountsWire,
    pub(in crate::plazius) bonuses: Option<BonusesSummaryWire>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct DiscountsWire {
    pub(in crate::plazius) total: MoneyWire,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct BonusesSummaryWire {
    pub(in crate::plazius) min: BonusesWire,
    pub(in crate::plazius) max: BonusesWire,
}

/// One end of the spend. `payment` and `accrual` are the obsolete spellings of `payments` and `accruals`.
#[derive(Deserialize)]
pub(in crate::plazius) struct BonusesWire {
    pub(in crate::plazius) payment: Option<MoneyWire>,
    pub(in crate::plazius) accrual: Option<MoneyWire>,
    pub(in crate::plazius) payments: Option<TotalWire>,
    pub(in crate::plazius) accruals: Option<TotalWire>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct TotalWire {
    pub(in crate::plazius) total: MoneyWire,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct DetailsWire {
    pub(in crate::plazius) programs: Vec<CampaignResultWire>,
    pub(in crate::plazius) bonuses: Option<BonusesProgramWire>,
}

/// The bonus programme's part; its ends of the spend repeat the summary's and are not read.
#[derive(Deserialize)]
pub(in crate::plazius) struct BonusesProgramWire {
    pub(in crate::plazius) notifications: Option<Vec<NotificationWire>>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct CampaignResultWire {
    pub(in crate::plazius) program: CampaignWire,
    pub(in crate::plazius) discounts: Option<DiscountsWire>,
    pub(in crate::plazius) notifications: Option<Vec<NotificationWire>>,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct CampaignWire {
    pub(in crate::plazius) id: String,
    pub(in crate::plazius) name: String,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct NotificationWire {
    pub(in crate::plazius) primary: String,
    pub(in crate::plazius) secondary: Option<String>,
}

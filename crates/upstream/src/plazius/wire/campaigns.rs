//! The JSON of `guests/getMarketingCampaigns`.

use jiff::civil::DateTime;
use serde::Deserialize;
use uuid::Uuid;

use super::account::UtcWire;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct CampaignsWire {
    pub(in crate::plazius) marketing_campaigns: Option<Vec<OpenCampaignWire>>,
}

/// Prices are whole units of the currency; `from` and `to` are `yyyy-MM-dd HH:mm:ss` without a zone.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct OpenCampaignWire {
    pub(in crate::plazius) id: Uuid,
    pub(in crate::plazius) name: String,
    pub(in crate::plazius) description: String,
    pub(in crate::plazius) image_url: Option<String>,
    pub(in crate::plazius) from: DateTime,
    pub(in crate::plazius) to: Option<DateTime>,
    pub(in crate::plazius) global_promocode: Option<String>,
    pub(in crate::plazius) price: Option<i64>,
    pub(in crate::plazius) old_price: Option<i64>,
    #[serde(rename = "type")]
    pub(in crate::plazius) kind: Option<CampaignKindWire>,
    pub(in crate::plazius) is_active: bool,
    pub(in crate::plazius) gifts: Vec<GiftWire>,
    pub(in crate::plazius) stamp_marketing_campaign: Option<StampsWire>,
    pub(in crate::plazius) referral_campaign: Option<ReferralWire>,
    pub(in crate::plazius) activatable_campaign: Option<ActivatableWire>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) enum CampaignKindWire {
    NonBought,
    Bought,
    Stamp,
    Referral,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct GiftWire {
    pub(in crate::plazius) settings_id: Uuid,
    pub(in crate::plazius) chosen_gift: GiftTermsWire,
    pub(in crate::plazius) expiration_date: UtcWire,
    pub(in crate::plazius) status: GiftStatusWire,
    pub(in crate::plazius) stamp_index: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct GiftTermsWire {
    pub(in crate::plazius) name: String,
    pub(in crate::plazius) gift_description: String,
    pub(in crate::plazius) image_url: String,
    #[serde(rename = "type")]
    pub(in crate::plazius) kind: GiftKindWire,
    pub(in crate::plazius) bonus: Option<GiftBonusWire>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) enum GiftKindWire {
    Simple,
    Bonus,
    Abonnement,
}

/// A number of whole bonuses.
#[derive(Clone, Copy, Deserialize)]
pub(in crate::plazius) struct GiftBonusWire {
    pub(in crate::plazius) value: i64,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) enum GiftStatusWire {
    Precalculated,
    Active,
    Expired,
    Received,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct StampsWire {
    pub(in crate::plazius) gift_settings: Vec<StampGiftWire>,
    pub(in crate::plazius) user_progress: StampProgressWire,
    pub(in crate::plazius) stamp_receiving_conditions: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct StampGiftWire {
    pub(in crate::plazius) stamps_count: u32,
    pub(in crate::plazius) gift_description: GiftTermsWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct StampProgressWire {
    pub(in crate::plazius) stamp_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plazius) struct ReferralWire {
    pub(in crate::plazius) referrer_gift: GiftTermsWire,
    pub(in crate::plazius) referral_gift: GiftTermsWire,
    pub(in crate::plazius) referrer_status: Option<ReferrerStatusWire>,
}

#[derive(Clone, Copy, Deserialize)]
pub(in crate::plazius) enum ReferrerStatusWire {
    #[serde(rename = "canNotBeReferrer")]
    CanNotBe,
    #[serde(rename = "canBeReferrer")]
    CanBe,
    #[serde(rename = "isReferrer")]
    Is,
}

#[derive(Deserialize)]
pub(in crate::plazius) struct ActivatableWire {
    pub(in crate::plazius) activated: bool,
}

//! Campaigns and gifts in an answer.

use contract::Money;
use jiff::Timestamp;
use loyalty::programme::{GiftTerms, Gives};
use serde::{Serialize, Serializer};

/// A campaign as a guest sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarketingCampaignWire {
    pub(in crate::plazius) id: String,
    pub(in crate::plazius) name: String,
    pub(in crate::plazius) description: String,
    pub(in crate::plazius) image_url: Option<String>,
    /// On the restaurant's clock, as `2023-08-23 00:00:00`.
    pub(in crate::plazius) from: String,
    pub(in crate::plazius) to: Option<String>,
    pub(in crate::plazius) global_promocode: Option<String>,
    /// Whole units of the currency, as the next.
    pub(in crate::plazius) price: Option<i64>,
    pub(in crate::plazius) old_price: Option<i64>,
    #[serde(rename = "type")]
    pub(in crate::plazius) kind: CampaignTypeWire,
    pub(in crate::plazius) is_active: bool,
    pub(in crate::plazius) gifts: Vec<GiftWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) stamp_marketing_campaign: Option<StampsWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) referral_campaign: Option<ReferralWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::plazius) activatable_campaign: Option<ActivatableWire>,
    pub(in crate::plazius) can_be_saved: bool,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CampaignTypeWire {
    NonBought,
    Bought,
    Stamp,
    Referral,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StampsWire {
    pub(in crate::plazius) gift_settings: Vec<StampGiftWire>,
    pub(in crate::plazius) user_progress: StampProgressWire,
    pub(in crate::plazius) stamp_receiving_conditions: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StampGiftWire {
    pub(in crate::plazius) stamps_count: u32,
    pub(in crate::plazius) gift_description: GiftDescriptionWire,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StampProgressWire {
    pub(in crate::plazius) stamp_count: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReferralWire {
    pub(in crate::plazius) referrer_gift: GiftDescriptionWire,
    pub(in crate::plazius) referral_gift: GiftDescriptionWire,
    pub(in crate::plazius) referrer_status: ReferrerStatusWire,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::enum_variant_names, reason = "the makers' names")]
pub(crate) enum ReferrerStatusWire {
    CanNotBeReferrer,
    CanBeReferrer,
    IsReferrer,
}

#[derive(Serialize)]
pub(crate) struct ActivatableWire {
    pub(in crate::plazius) activated: bool,
}

/// How a time that never comes is written: the last second of the makers' calendar.
const NEVER: &str = "9999-12-31T23:59:59Z";

/// A gift of a guest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GiftWire {
    pub(in crate::plazius) settings_id: String,
    pub(in crate::plazius) campaign_id: String,
    pub(in crate::plazius) chosen_gift: GiftDescriptionWire,
    pub(in crate::plazius) expiration_date: ExpirationWire,
    pub(in crate::plazius) status: GiftStatusWire,
    pub(in crate::plazius) stamp_index: Option<u32>,
}

/// When a gift is lost; absent for one that never is.
pub(crate) struct ExpirationWire(pub(in crate::plazius) Option<Timestamp>);

/// What is promised by a confirmed order is precalculated. A gift set aside for an order is still active.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum GiftStatusWire {
    Precalculated,
    Active,
    Expired,
    Received,
}

impl Serialize for ExpirationWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(at) => at.serialize(serializer),
            None => serializer.serialize_str(NEVER),
        }
    }
}

/// What a gift is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GiftDescriptionWire {
    name: String,
    gift_description: String,
    image_url: String,
    small_image_url: String,
    icon_image_url: String,
    #[serde(rename = "type")]
    kind: GiftTypeWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    bonus: Option<BonusGiftWire>,
}

/// The makers also have `abonnement`, which a programme of ours has no rule for.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
enum GiftTypeWire {
    Simple,
    Bonus,
}

#[derive(Serialize)]
struct BonusGiftWire {
    value: i64,
}

impl From<&GiftTerms> for GiftDescriptionWire {
    fn from(terms: &GiftTerms) -> Self {
        let (kind, bonus) = match &terms.gives {
            Gives::Bonus { amount_minor } => {
                (GiftTypeWire::Bonus, Some(BonusGiftWire { value: base_units(*amount_minor) }))
            }
            Gives::Privilege { .. } => (GiftTypeWire::Simple, None),
        };
        Self {
            name: terms.name.clone(),
            gift_description: terms.description.clone(),
            image_url: terms.image_url.clone(),
            small_image_url: terms.small_image_url.clone(),
            icon_image_url: terms.icon_image_url.clone(),
            kind,
            bonus,
        }
    }
}

/// The makers' integers are of the currency's base unit, for which we take the rouble and not the kopeck; what is less
/// than one is not told.
pub(in crate::plazius) fn base_units(amount: Money) -> i64 {
    amount.minor().div_euclid(100)
}

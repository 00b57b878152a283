//! Campaigns and gifts in an answer.

use contract::Money;
use loyalty::programme::{GiftTerms, Gives};
use serde::Serialize;

use super::gifts::GiftWire;

/// A campaign as a guest sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarketingCampaignWire {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) image_url: Option<String>,
    /// On the restaurant's clock, as `2023-08-23 00:00:00`.
    pub(super) from: String,
    pub(super) to: Option<String>,
    pub(super) global_promocode: Option<String>,
    /// Whole units of the currency, as the next.
    pub(super) price: Option<i64>,
    pub(super) old_price: Option<i64>,
    #[serde(rename = "type")]
    pub(super) kind: CampaignTypeWire,
    pub(super) is_active: bool,
    pub(super) gifts: Vec<GiftWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stamp_marketing_campaign: Option<StampsWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) referral_campaign: Option<ReferralWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) activatable_campaign: Option<ActivatableWire>,
    pub(super) can_be_saved: bool,
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
    pub(super) gift_settings: Vec<StampGiftWire>,
    pub(super) user_progress: StampProgressWire,
    pub(super) stamp_receiving_conditions: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StampGiftWire {
    pub(super) stamps_count: u32,
    pub(super) gift_description: GiftDescriptionWire,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StampProgressWire {
    pub(super) stamp_count: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReferralWire {
    pub(super) referrer_gift: GiftDescriptionWire,
    pub(super) referral_gift: GiftDescriptionWire,
    pub(super) referrer_status: ReferrerStatusWire,
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
    pub(super) activated: bool,
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
pub(super) fn base_units(amount: Money) -> i64 {
    amount.minor().div_euclid(100)
}

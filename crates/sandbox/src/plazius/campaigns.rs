//! A programme's campaigns as a guest sees them: what each is, what the guest has of it, and how far the guest has come.
//!
//! Owns which campaigns are shown and what is said of them; must not change anything. The documents name the fields and
//! leave much of their meaning open; what is our reading is said where it is decided.

use std::collections::{HashMap, HashSet};

use loyalty::programme::{Campaign, Effect, PromoCode, Trigger};
use loyalty::stamps::Card;
use loyalty::{Moment, Programme};

use super::call::Call;
use super::error::Refusal;
use super::wire::campaign::{
    ActivatableWire, CampaignTypeWire, GiftWire, MarketingCampaignWire, ReferralWire, ReferrerStatusWire,
    StampGiftWire, StampProgressWire, StampsWire, base_units,
};
use crate::guest_app;
use crate::store::members::{self, Membership};
use crate::store::stamps;

mod gifts;

/// Where a campaign has no beginning, the day one of the makers' calendar.
const ALWAYS: &str = "0001-01-01 00:00:00";

/// How far a guest has come, besides the gifts.
struct Sheet {
    stamps: HashMap<String, u64>,
    activated: HashSet<String>,
    saved: HashSet<String>,
    referrals: HashSet<String>,
}

/// The campaigns shown to a guest, in the programme's order. One that only a gift sets off is shown to whom it was given.
pub(super) fn of_guest(call: &Call<'_>, guest_id: i64) -> Result<Vec<MarketingCampaignWire>, Refusal> {
    let mut gifts = gifts::by_campaign(call, guest_id)?;
    let sheet = Sheet {
        stamps: stamps::of_guest(call.tx, guest_id)?,
        activated: members::campaigns(call.tx, guest_id, Membership::Activated)?,
        saved: members::campaigns(call.tx, guest_id, Membership::Saved)?,
        referrals: members::referrals(call.tx, guest_id)?,
    };
    let now = Moment::from_unix_s(call.now.as_second());
    let mut shown = Vec::new();
    for one in &call.programme.campaigns {
        let own = gifts.remove(&one.id).unwrap_or_default();
        if one.trigger != Trigger::Privilege || !own.is_empty() {
            shown.push(campaign(call.programme, one, own, &sheet, now));
        }
    }
    Ok(shown)
}

fn campaign(
    programme: &Programme,
    one: &Campaign,
    gifts: Vec<GiftWire>,
    sheet: &Sheet,
    now: Moment,
) -> MarketingCampaignWire {
    let is_active = one.is_running_at(now.local(programme.utc_offset_minutes));
    let (price, old_price) = match &one.trigger {
        Trigger::Bought { price_minor, old_price_minor } => (Some(*price_minor), *old_price_minor),
        _ => (None, None),
    };
    let is_activatable = one.trigger == Trigger::Activated;
    MarketingCampaignWire {
        id: one.id.clone(),
        name: one.name.clone(),
        description: one.description.as_ref().unwrap_or(&one.name).clone(),
        image_url: one.image_url.clone(),
        from: one.from.map_or_else(|| ALWAYS.to_owned(), String::from),
        to: one.to.map(String::from),
        global_promocode: match &one.trigger {
            Trigger::PromoCode(code) => Some(PromoCode::text(code).to_owned()),
            _ => None,
        },
        price: price.map(base_units),
        old_price: old_price.map(base_units),
        kind: campaign_type(one),
        is_active,
        gifts,
        stamp_marketing_campaign: stamp_card(one, sheet),
        referral_campaign: referral(one, sheet, is_active),
        activatable_campaign: is_activatable
            .then(|| ActivatableWire { activated: sheet.activated.contains(&one.id) }),
        can_be_saved: is_active && guest_app::can_be_saved(one) && !sheet.saved.contains(&one.id),
    }
}

const fn campaign_type(one: &Campaign) -> CampaignTypeWire {
    match (&one.effect, &one.trigger) {
        (Effect::Stamps { .. }, _) => CampaignTypeWire::Stamp,
        (Effect::Referral { .. }, _) => CampaignTypeWire::Referral,
        (_, Trigger::Bought { .. }) => CampaignTypeWire::Bought,
        _ => CampaignTypeWire::NonBought,
    }
}

/// The progress is of the card in hand: the last gift of a card ends it.
fn stamp_card(one: &Campaign, sheet: &Sheet) -> Option<StampsWire> {
    let Effect::Stamps { per_minor, gifts } = &one.effect else { return None };
    let got = sheet.stamps.get(&one.id).copied().unwrap_or(0);
    Some(StampsWire {
        gift_settings: gifts
            .iter()
            .map(|step| StampGiftWire { stamps_count: step.stamps, gift_description: (&step.gift).into() })
            .collect(),
        user_progress: StampProgressWire {
            stamp_count: Card::of(&one.effect).map_or(0, |card| card.on_card(got)),
        },
        stamp_receiving_conditions: format!(
            "1 штампик за каждые {} р. в чеке",
            contract::decimal::Decimal::<2>(per_minor.minor())
        ),
    })
}

/// Every guest may invite while the campaign runs; who has invited is a referrer for good.
fn referral(one: &Campaign, sheet: &Sheet, is_active: bool) -> Option<ReferralWire> {
    let Effect::Referral { referrer_gift, referral_gift } = &one.effect else { return None };
    let referrer_status = match (sheet.referrals.contains(&one.id), is_active) {
        (true, _) => ReferrerStatusWire::IsReferrer,
        (false, true) => ReferrerStatusWire::CanBeReferrer,
        (false, false) => ReferrerStatusWire::CanNotBeReferrer,
    };
    Some(ReferralWire {
        referrer_gift: referrer_gift.as_ref().into(),
        referral_gift: referral_gift.as_ref().into(),
        referrer_status,
    })
}

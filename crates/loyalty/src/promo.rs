//! What became of the promo codes a guest entered: which are used up, which did nothing, and why.

use crate::discount::Given;
use crate::notice::{self, Notice};
use crate::occasion::{Occasion, Unmet};
use crate::programme::{Campaign, Programme, PromoCode, Trigger};

/// A promo code that does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPromoCode {
    /// The code as it was entered.
    pub code: String,
    /// The campaign it belongs to; absent where it is unknown.
    pub campaign_id: Option<String>,
    /// Why it does nothing.
    pub reason: PromoCodeRefusal,
    /// What is said to the guest about it.
    pub notice: Notice,
}

/// Why a promo code does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromoCodeRefusal {
    /// No campaign has it.
    Unknown,
    /// The campaign's period, or another of its conditions, is not met.
    Unmet(Unmet),
    /// It was for one use, and is used up or set aside for another order.
    Used,
    /// It is for one use, and nobody knows whose the order is.
    NoGuest,
    /// Another campaign works on the order, or another code of the same campaign.
    NotCombinable {
        /// The name of the campaign that does.
        campaign_name: String,
    },
    /// There is nothing in the order for it to work on.
    GivesNothing,
}

/// The codes entered that do nothing.
pub(crate) fn refused(
    programme: &Programme,
    occasion: &Occasion<'_>,
    given: &Given<'_>,
) -> Vec<RefusedPromoCode> {
    let refuse = |code: &PromoCode| {
        let campaign = programme.campaigns.iter().find(|one| one.trigger.promo_codes().contains(code));
        let reason = match campaign {
            Some(campaign) => refusal(campaign, code, occasion, given)?,
            None => PromoCodeRefusal::Unknown,
        };
        Some(RefusedPromoCode {
            code: code.text().to_owned(),
            campaign_id: campaign.map(|campaign| campaign.id.clone()),
            notice: notice::of_refusal(code.text(), campaign, &reason),
            reason,
        })
    };
    occasion.entered.iter().filter_map(refuse).collect()
}

/// Why `code` does nothing, or `None` where it works.
fn refusal(
    campaign: &Campaign,
    code: &PromoCode,
    occasion: &Occasion<'_>,
    given: &Given<'_>,
) -> Option<PromoCodeRefusal> {
    let working = occasion.code_for(campaign);
    if working == Some(code) && given.includes(campaign) {
        return None;
    }
    let unmet = occasion.unmet(campaign);
    // That the time is wrong says more than that the code is used up; any other condition says less.
    if let Some(period @ (Unmet::NotBegun { .. } | Unmet::Over { .. })) = unmet {
        return Some(PromoCodeRefusal::Unmet(period));
    }
    if matches!(campaign.trigger, Trigger::SingleUsePromoCodes(_)) {
        match occasion.guest {
            None => return Some(PromoCodeRefusal::NoGuest),
            Some(guest) if guest.taken_promo_codes.contains(code.normal()) => {
                return Some(PromoCodeRefusal::Used);
            }
            Some(_) => {}
        }
    }
    if let Some(unmet) = unmet {
        return Some(PromoCodeRefusal::Unmet(unmet));
    }
    let instead = if working == Some(code) { given.excluding(campaign) } else { Some(campaign) };
    Some(match instead {
        Some(other) => PromoCodeRefusal::NotCombinable { campaign_name: other.name.clone() },
        None => PromoCodeRefusal::GivesNothing,
    })
}

/// The single-use codes that work, as they are stored.
pub(crate) fn used(occasion: &Occasion<'_>, given: &Given<'_>) -> Vec<String> {
    given
        .campaigns()
        .iter()
        .filter(|campaign| matches!(campaign.trigger, Trigger::SingleUsePromoCodes(_)))
        .filter_map(|campaign| occasion.code_for(campaign))
        .map(|code| code.normal().to_owned())
        .collect()
}

//! What a campaign gives, as data: something off the order, or something to come when it is closed.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{GiftTerms, ProgrammeError, positive, refusal};
use crate::share::Share;

/// What a campaign gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// A share of what is left to pay for the target lines.
    Percent {
        /// The share; above zero.
        share_bp: Share,
    },
    /// A sum off the target lines, at most what is left to pay for them.
    Fixed {
        /// The sum, in minor units; above zero.
        amount_minor: Money,
    },
    /// One portion of a target line free of charge: of several, the dearest.
    Gift,
    /// A gift to have once the order is closed.
    Reward {
        /// The gift.
        gift: Box<GiftTerms>,
    },
    /// Stamps on a card once the order is closed; some of them bring gifts.
    Stamps {
        /// The money that brings one stamp, in minor units, of what is left to pay for the target lines after all
        /// discounts and before bonuses; above zero.
        per_minor: Money,
        /// The gifts, fewest stamps first; at least one. The last ends the card.
        gifts: Vec<StampGift>,
    },
    /// Gifts for an invited guest and the one who invited, once the first order of the invited is closed.
    Referral {
        /// For the one who invited.
        referrer_gift: Box<GiftTerms>,
        /// For the invited.
        referral_gift: Box<GiftTerms>,
    },
    /// A gift for joining the programme.
    Welcome {
        /// The gift.
        gift: Box<GiftTerms>,
    },
}

/// A gift on a card of stamps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StampGift {
    /// The stamp that brings it, counted from one on each card.
    pub stamps: u32,
    /// The gift.
    pub gift: GiftTerms,
}

impl StampGift {
    /// The most stamps a card may have.
    pub const MOST_STAMPS: u32 = 1000;
}

impl Effect {
    /// Whether this takes something off the order, rather than bring something when it is closed.
    #[must_use]
    pub const fn is_discount(&self) -> bool {
        match self {
            Self::Percent { .. } | Self::Fixed { .. } | Self::Gift => true,
            Self::Reward { .. } | Self::Stamps { .. } | Self::Referral { .. } | Self::Welcome { .. } => false,
        }
    }

    /// The gifts it can bring, each with its place below the effect.
    pub(super) fn gifts(&self) -> Vec<(String, &GiftTerms)> {
        match self {
            Self::Percent { .. } | Self::Fixed { .. } | Self::Gift => Vec::new(),
            Self::Reward { gift } => vec![("reward.gift".to_owned(), gift)],
            Self::Welcome { gift } => vec![("welcome.gift".to_owned(), gift)],
            Self::Referral { referrer_gift, referral_gift } => vec![
                ("referral.referrer_gift".to_owned(), referrer_gift),
                ("referral.referral_gift".to_owned(), referral_gift),
            ],
            Self::Stamps { gifts, .. } => {
                let place = |index: usize| format!("stamps.gifts[{index}].gift");
                gifts.iter().enumerate().map(|(index, one)| (place(index), &one.gift)).collect()
            }
        }
    }

    pub(super) fn check<'a>(
        &'a self,
        path: &str,
        settings_ids: &mut HashSet<&'a str>,
        privilege_ids: &HashSet<&str>,
    ) -> Result<(), ProgrammeError> {
        match self {
            Self::Percent { share_bp } if share_bp.bp() == 0 => {
                return Err(refusal(&format!("{path}.percent.share_bp"), "must be above zero"));
            }
            Self::Fixed { amount_minor } => positive(&format!("{path}.fixed.amount_minor"), *amount_minor)?,
            Self::Stamps { per_minor, gifts } => check_card(&format!("{path}.stamps"), *per_minor, gifts)?,
            Self::Percent { .. }
            | Self::Gift
            | Self::Reward { .. }
            | Self::Referral { .. }
            | Self::Welcome { .. } => {}
        }
        for (place, gift) in self.gifts() {
            gift.check(&format!("{path}.{place}"), settings_ids, privilege_ids)?;
        }
        Ok(())
    }
}

fn check_card(path: &str, per_minor: Money, gifts: &[StampGift]) -> Result<(), ProgrammeError> {
    positive(&format!("{path}.per_minor"), per_minor)?;
    if gifts.is_empty() {
        return Err(refusal(&format!("{path}.gifts"), "there must be at least one gift"));
    }
    let mut before = 0;
    for (index, one) in gifts.iter().enumerate() {
        if one.stamps <= before || one.stamps > StampGift::MOST_STAMPS {
            let reason = format!("must be above {before} and at most {}", StampGift::MOST_STAMPS);
            return Err(refusal(&format!("{path}.gifts[{index}].stamps"), &reason));
        }
        before = one.stamps;
    }
    Ok(())
}

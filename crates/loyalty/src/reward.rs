//! What a guest, or the one who invited the guest, gets besides discounts and the accrual: stamps and gifts.
//!
//! Owns how much of it an order or a joining brings; must not keep cards, gifts or days, which are its caller's.

use contract::Money;

use crate::discount::Given;
use crate::guest::Guest;
use crate::moment::Moment;
use crate::notice::{self, Notice};
use crate::occasion::Occasion;
use crate::programme::{Campaign, Effect, GiftTerms, Programme, StampGift};
use crate::stamps::Card;

/// What one campaign brings one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reward {
    /// The campaign's id.
    pub campaign_id: String,
    /// Its name.
    pub campaign_name: String,
    /// Who gets it.
    pub recipient: Recipient,
    /// What it is.
    pub brings: Brings,
    /// What is said to the guest about it.
    pub notices: Vec<Notice>,
}

/// Who gets a reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// The guest.
    Guest,
    /// The one who invited the guest.
    Referrer,
}

/// What a reward is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brings {
    /// Stamps on the guest's card.
    Stamps {
        /// How many; above zero, and no more than the card has places.
        count: u32,
        /// How many are on the guest's card afterwards. The last gift ends a card, and a new one begins.
        on_card: u32,
    },
    /// A gift.
    Gift {
        /// Its terms.
        terms: GiftTerms,
        /// The stamp that brought it, counted from one on its card.
        stamp_index: Option<u32>,
    },
}

/// What closing the order brings. `left` is what is left to pay for each line after all discounts. A campaign that brings
/// something is added to `given`.
pub(crate) fn bring<'a>(
    programme: &'a Programme,
    occasion: &Occasion<'_>,
    given: &mut Given<'a>,
    left: &[Money],
) -> Vec<Reward> {
    let mut rewards = Vec::new();
    let Some(guest) = occasion.guest else { return rewards };
    for campaign in programme.campaigns.iter().filter(|campaign| !campaign.effect.is_discount()) {
        if given.excluding(campaign).is_some() || !occasion.is_due(campaign) {
            continue;
        }
        let before = rewards.len();
        match &campaign.effect {
            Effect::Reward { gift } if occasion.has(&campaign.target) => {
                rewards.push(to_come(campaign, Recipient::Guest, gift, None));
            }
            Effect::Stamps { per_minor, gifts } => {
                let sum_minor = target_sum_minor(campaign, occasion, left);
                add_stamps(campaign, *per_minor, gifts, sum_minor, guest, &mut rewards);
            }
            Effect::Referral { referrer_gift, referral_gift } if is_invited_by(guest, campaign) => {
                rewards.push(to_come(campaign, Recipient::Guest, referral_gift, None));
                rewards.push(to_come(campaign, Recipient::Referrer, referrer_gift, None));
            }
            _ => {}
        }
        if let Some(first) = rewards.get_mut(before) {
            given.add(campaign);
            if let (Some(left), Some(notice)) = (occasion.uses_left(campaign), first.notices.first_mut()) {
                notice::add_uses_left(notice, campaign, left);
            }
        }
    }
    rewards
}

/// What a guest gets who joins the programme at `at`.
#[must_use]
pub fn welcome(programme: &Programme, at: Moment) -> Vec<Reward> {
    let local = at.local(programme.utc_offset_minutes);
    let running = programme.campaigns.iter().filter(|campaign| campaign.is_running_at(local));
    running
        .filter_map(|campaign| match &campaign.effect {
            Effect::Welcome { gift } => {
                let notice = notice::of_welcome(campaign, gift);
                Some(gift_reward(campaign, Recipient::Guest, gift, None, notice))
            }
            _ => None,
        })
        .collect()
}

/// The first order an invited guest closes is what both are rewarded for.
fn is_invited_by(guest: &Guest, campaign: &Campaign) -> bool {
    guest.closed_orders == 0 && guest.invited_by_campaign.as_ref() == Some(&campaign.id)
}

fn target_sum_minor(campaign: &Campaign, occasion: &Occasion<'_>, left: &[Money]) -> i64 {
    let lines = occasion.order.lines().iter().zip(left);
    lines.filter(|(line, _)| campaign.target.includes(line)).map(|(_, rest)| rest.minor()).sum()
}

/// One order fills one card at most: with more, a single order could bring any number of gifts.
fn add_stamps(
    campaign: &Campaign,
    per_minor: Money,
    gifts: &[StampGift],
    sum_minor: i64,
    guest: &Guest,
    rewards: &mut Vec<Reward>,
) {
    let Some(card) = Card::of(&campaign.effect) else { return };
    // A programme that was checked has a price of a stamp above zero.
    let earned = sum_minor.checked_div(per_minor.minor()).unwrap_or(0);
    let count = u32::try_from(earned.clamp(0, i64::from(card.places()))).unwrap_or(0);
    if count == 0 {
        return;
    }
    let before = guest.stamps.get(&campaign.id).copied().unwrap_or(0);
    let on_card = card.on_card(before.saturating_add(u64::from(count)));
    rewards.push(Reward {
        campaign_id: campaign.id.clone(),
        campaign_name: campaign.name.clone(),
        recipient: Recipient::Guest,
        brings: Brings::Stamps { count, on_card },
        notices: vec![notice::of_stamps(campaign, count, on_card, gifts)],
    });
    for (_, one) in card.brought(before, count) {
        rewards.push(to_come(campaign, Recipient::Guest, &one.gift, Some(one.stamps)));
    }
}

fn to_come(campaign: &Campaign, recipient: Recipient, terms: &GiftTerms, stamp_index: Option<u32>) -> Reward {
    let notice = notice::of_gift_to_come(campaign, terms, recipient);
    gift_reward(campaign, recipient, terms, stamp_index, notice)
}

fn gift_reward(
    campaign: &Campaign,
    recipient: Recipient,
    terms: &GiftTerms,
    stamp_index: Option<u32>,
    notice: Notice,
) -> Reward {
    Reward {
        campaign_id: campaign.id.clone(),
        campaign_name: campaign.name.clone(),
        recipient,
        brings: Brings::Gift { terms: terms.clone(), stamp_index },
        notices: vec![notice],
    }
}

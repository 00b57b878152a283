//! What campaigns, and after them the guest's rank, take off an order's lines.
//!
//! Owns the choice of the campaigns that apply and the split of each over the lines; must not decide about bonuses.

use contract::Money;

use crate::distribute::distribute;
use crate::occasion::Occasion;
use crate::order::Line;
use crate::programme::{Campaign, Effect, Programme};
use crate::share::Share;

/// What one campaign takes off each line, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Applied<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) by_line: Vec<Money>,
    pub(crate) total: Money,
}

/// The campaigns that gave something, of which each closes its exclusive group to those that follow.
#[derive(Default)]
pub(crate) struct Given<'a> {
    campaigns: Vec<&'a Campaign>,
}

impl<'a> Given<'a> {
    pub(crate) fn add(&mut self, campaign: &'a Campaign) {
        self.campaigns.push(campaign);
    }

    pub(crate) fn campaigns(&self) -> &[&'a Campaign] {
        &self.campaigns
    }

    pub(crate) fn includes(&self, campaign: &Campaign) -> bool {
        self.campaigns.iter().any(|one| one.id == campaign.id)
    }

    /// The campaign that closed the exclusive group of this one.
    pub(crate) fn excluding(&self, campaign: &Campaign) -> Option<&'a Campaign> {
        let group = campaign.exclusive_group.as_ref()?;
        self.campaigns.iter().find(|one| one.exclusive_group.as_ref() == Some(group)).copied()
    }
}

/// Applies the programme's campaigns in their order and takes what they give off `left`, the sums still to pay for each
/// line. Only campaigns that give something are returned, and added to `given`.
pub(crate) fn apply<'a>(
    programme: &'a Programme,
    occasion: &Occasion<'_>,
    given: &mut Given<'a>,
    left: &mut [Money],
) -> Vec<Applied<'a>> {
    let mut applied = Vec::new();
    for campaign in programme.campaigns.iter().filter(|campaign| campaign.effect.is_discount()) {
        if given.excluding(campaign).is_some() || !occasion.is_due(campaign) {
            continue;
        }
        let by_line = split(campaign, occasion.order.lines(), left);
        let total_minor: i64 = by_line.iter().map(|part| part.minor()).sum();
        if total_minor == 0 {
            continue;
        }
        for (rest, part) in left.iter_mut().zip(&by_line) {
            *rest = rest.minus_or_zero(*part);
        }
        given.add(campaign);
        applied.push(Applied { campaign, by_line, total: Money::from_minor(total_minor) });
    }
    applied
}

/// Takes a share of all that is left, rounded half up, off `left`, and returns the part of each line.
pub(crate) fn apply_share(share: Share, left: &mut [Money]) -> Vec<Money> {
    // The order's cost is within range, and what is left of it is no more.
    let sum = Money::from_minor(left.iter().map(|rest| rest.minor()).sum());
    let by_line = distribute(share.of_half_up(sum), left);
    for (rest, part) in left.iter_mut().zip(&by_line) {
        *rest = rest.minus_or_zero(*part);
    }
    by_line
}

fn split(campaign: &Campaign, lines: &[Line], left: &[Money]) -> Vec<Money> {
    let weight = |(line, rest): (&Line, &Money)| {
        if campaign.target.includes(line) { *rest } else { Money::ZERO }
    };
    let weights: Vec<Money> = lines.iter().zip(left).map(weight).collect();
    // The order's cost is within range, and what is left of it is no more.
    let sum = Money::from_minor(weights.iter().map(|weight| weight.minor()).sum());
    match campaign.effect {
        Effect::Percent { share_bp } => distribute(share_bp.of_half_up(sum), &weights),
        Effect::Fixed { amount_minor } => distribute(amount_minor.min(sum), &weights),
        Effect::Gift => gift(lines, &weights),
        Effect::Reward { .. } | Effect::Stamps { .. } | Effect::Referral { .. } | Effect::Welcome { .. } => {
            vec![Money::ZERO; lines.len()]
        }
    }
}

/// One portion of the line whose portion is the dearest, the earlier of equals; of less than a portion, all there is.
fn gift(lines: &[Line], weights: &[Money]) -> Vec<Money> {
    let lines = lines.iter().zip(weights).enumerate().rev();
    let portions = lines.map(|(index, (line, weight))| (index, portion(line, *weight)));
    let mut parts = vec![Money::ZERO; weights.len()];
    if let Some((index, dearest)) = portions.max_by_key(|(_, portion)| *portion) {
        parts[index] = dearest;
    }
    parts
}

/// An order's sums are at most [`Money::MAX`], so a thousand times one is within 64 bits.
fn portion(line: &Line, sum: Money) -> Money {
    Money::from_minor(sum.minor() * 1000 / line.quantity.milli().max(1000))
}

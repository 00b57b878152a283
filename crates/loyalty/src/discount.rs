//! What campaigns take off an order's lines.
//!
//! Owns the choice of the campaigns that apply and the split of each over the lines; must not decide about bonuses.

use std::collections::HashSet;

use contract::Money;

use crate::bonuses::Guest;
use crate::distribute::distribute;
use crate::order::{Line, Order};
use crate::programme::{Campaign, Effect, Programme, Trigger};

/// What one campaign takes off each line, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Applied<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) by_line: Vec<Money>,
    pub(crate) total: Money,
}

/// Applies the programme's campaigns in their order and takes what they give off `left`, the sums still to pay for each
/// line. Only campaigns that give something are returned.
pub(crate) fn apply<'a>(
    programme: &'a Programme,
    order: &Order,
    guest: Option<&Guest>,
    promo_codes: &[String],
    left: &mut [Money],
) -> Vec<Applied<'a>> {
    let mut taken_groups: HashSet<&str> = HashSet::new();
    let mut applied = Vec::new();
    for campaign in &programme.campaigns {
        let group = campaign.exclusive_group.as_deref();
        let is_out = group.is_some_and(|name| taken_groups.contains(name));
        if is_out || !is_due(campaign, order, guest, promo_codes) {
            continue;
        }
        let by_line = split(campaign, order.lines(), left);
        let total_minor: i64 = by_line.iter().map(|part| part.minor()).sum();
        if total_minor == 0 {
            continue;
        }
        for (rest, part) in left.iter_mut().zip(&by_line) {
            *rest = rest.minus_or_zero(*part);
        }
        taken_groups.extend(group);
        applied.push(Applied { campaign, by_line, total: Money::from_minor(total_minor) });
    }
    applied
}

fn is_due(campaign: &Campaign, order: &Order, guest: Option<&Guest>, promo_codes: &[String]) -> bool {
    let is_set_off = match &campaign.trigger {
        Trigger::Automatic => true,
        Trigger::PromoCode(_) => campaign.trigger.accepts_promo_code(promo_codes),
        Trigger::Privilege => guest.is_some_and(|guest| guest.privileges.contains(&campaign.id)),
    };
    is_set_off
        && campaign.min_order_minor.is_none_or(|least| order.cost() >= least)
        && campaign.expedition.is_none_or(|way| order.expedition() == Some(way))
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
    }
}

/// One portion of the line whose portion is the dearest, the earlier of equals; of less than a portion, all there is.
fn gift(lines: &[Line], weights: &[Money]) -> Vec<Money> {
    let portions: Vec<Money> =
        lines.iter().zip(weights).map(|(line, weight)| portion(line, *weight)).collect();
    let mut parts = vec![Money::ZERO; lines.len()];
    let dearest = (0..portions.len()).rev().max_by_key(|index| portions[*index]);
    if let Some(index) = dearest {
        parts[index] = portions[index];
    }
    parts
}

fn portion(line: &Line, sum: Money) -> Money {
    let milli = i128::from(line.quantity.milli().max(1000));
    let minor = i128::from(sum.minor()) * 1000 / milli;
    // A portion costs no more than its line, which is 64 bits wide.
    Money::from_minor(i64::try_from(minor).unwrap_or(sum.minor()))
}

//! Whether a campaign is due: the order, the guest and the promo codes held against its trigger and conditions.
//!
//! Owns the conditions' meaning; must not decide what a campaign gives.

use contract::{Money, Quantity};

use crate::guest::Guest;
use crate::moment::LocalDateTime;
use crate::order::Order;
use crate::programme::{Campaign, Contained, Programme, PromoCode, Target, Trigger};

/// A condition of a campaign that an order does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// The campaign has not begun.
    NotBegun {
        /// When it begins, on the restaurant's clock.
        from: LocalDateTime,
    },
    /// The campaign is over.
    Over {
        /// When it ended, on the restaurant's clock.
        to: LocalDateTime,
    },
    /// Another day of the week, or another hour.
    Hours,
    /// The order costs too little.
    MinOrder {
        /// The least cost.
        least: Money,
        /// What is missing to it; above zero.
        missing: Money,
    },
    /// The order is received in another way.
    Expedition,
    /// The order does not contain what it must, or too little of it.
    Contains,
    /// It is not the guest's first order, or nobody knows whose it is.
    FirstOrder,
    /// It was part of as many orders of the guest as it is for, or nobody knows whose this one is.
    Uses,
}

/// An order, whose it is, and the promo codes entered for it.
pub(crate) struct Occasion<'a> {
    pub(crate) order: &'a Order,
    pub(crate) guest: Option<&'a Guest>,
    /// Each code once, in the order they were entered.
    pub(crate) entered: Vec<PromoCode>,
    local: LocalDateTime,
}

impl<'a> Occasion<'a> {
    pub(crate) fn new(
        programme: &Programme,
        order: &'a Order,
        guest: Option<&'a Guest>,
        promo_codes: &[String],
    ) -> Self {
        let mut entered: Vec<PromoCode> = Vec::new();
        for code in promo_codes.iter().map(PromoCode::new) {
            if !entered.contains(&code) {
                entered.push(code);
            }
        }
        Self { order, guest, entered, local: order.opened_at().local(programme.utc_offset_minutes) }
    }

    /// Whether the campaign is set off and all its conditions hold.
    pub(crate) fn is_due(&self, campaign: &Campaign) -> bool {
        self.is_set_off(campaign) && self.unmet(campaign).is_none()
    }

    fn is_set_off(&self, campaign: &Campaign) -> bool {
        match &campaign.trigger {
            Trigger::Automatic => true,
            Trigger::PromoCode(_) | Trigger::SingleUsePromoCodes(_) => self.code_for(campaign).is_some(),
            Trigger::Privilege => self.guest.is_some_and(|guest| guest.privileges.contains(&campaign.id)),
            Trigger::Activated => self.guest.is_some_and(|guest| guest.activated.contains(&campaign.id)),
            Trigger::Bought { .. } => self.guest.is_some_and(|guest| guest.bought.contains(&campaign.id)),
        }
    }

    /// The code of those entered that sets the campaign off: the first that is not taken.
    pub(crate) fn code_for(&self, campaign: &Campaign) -> Option<&PromoCode> {
        let own = campaign.trigger.promo_codes();
        let is_free = |code: &PromoCode| match &campaign.trigger {
            // Nobody's code would be used up by nobody.
            Trigger::SingleUsePromoCodes(_) => {
                self.guest.is_some_and(|guest| !guest.taken_promo_codes.contains(code.normal()))
            }
            _ => true,
        };
        self.entered.iter().find(|code| own.contains(code) && is_free(code))
    }

    /// The first condition that does not hold.
    pub(crate) fn unmet(&self, campaign: &Campaign) -> Option<Unmet> {
        if let Some(from) = campaign.from.filter(|from| self.local < *from) {
            return Some(Unmet::NotBegun { from });
        }
        if let Some(to) = campaign.to.filter(|to| self.local >= *to) {
            return Some(Unmet::Over { to });
        }
        if !self.is_in_hours(campaign) {
            return Some(Unmet::Hours);
        }
        let cost = self.order.cost();
        if let Some(least) = campaign.min_order_minor.filter(|least| cost < *least) {
            return Some(Unmet::MinOrder { least, missing: least.minus_or_zero(cost) });
        }
        let expeditions = &campaign.expeditions;
        if !expeditions.is_empty() && !expeditions.contains(&self.order.expedition()) {
            return Some(Unmet::Expedition);
        }
        if !campaign.contains.iter().all(|one| self.does_contain(one)) {
            return Some(Unmet::Contains);
        }
        let is_first = || self.guest.is_some_and(|guest| guest.closed_orders == 0);
        if campaign.first_order && !is_first() {
            return Some(Unmet::FirstOrder);
        }
        let is_used_up = || self.uses_left(campaign).is_none_or(|left| left == 0);
        (campaign.uses_per_guest.is_some() && is_used_up()).then_some(Unmet::Uses)
    }

    /// How many orders more of this guest a campaign with a limit is for, this one counted in; `None` for a campaign
    /// without one, and where nobody knows whose the order is.
    pub(crate) fn uses_left(&self, campaign: &Campaign) -> Option<u64> {
        let most = u64::from(campaign.uses_per_guest?);
        let used = self.guest?.uses.get(&campaign.id).copied().unwrap_or(0);
        Some(most.saturating_sub(used))
    }

    fn is_in_hours(&self, campaign: &Campaign) -> bool {
        let is_day =
            |day: LocalDateTime| campaign.weekdays.is_empty() || campaign.weekdays.contains(&day.weekday());
        if campaign.hours.is_empty() {
            return is_day(self.local);
        }
        campaign.hours.iter().any(|hours| hours.day_of(self.local).is_some_and(is_day))
    }

    fn does_contain(&self, one: &Contained) -> bool {
        let lines = self.order.lines().iter().filter(|line| one.target.includes(line));
        let milli: i128 = lines.map(|line| i128::from(line.quantity.milli())).sum();
        milli >= one.at_least_milli.map_or(1, |least| i128::from(Quantity::milli(least)))
    }

    /// Whether a line of the order is one of the target.
    pub(crate) fn has(&self, target: &Target) -> bool {
        self.order.lines().iter().any(|line| target.includes(line))
    }
}

//! A campaign as data: what sets it off, under which conditions, and what it gives.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{
    Contained, Effect, Hours, ProgrammeError, Target, Trigger, Weekday, is_uuid, not_blank, positive, refusal,
};
use crate::moment::LocalDateTime;
use crate::order::Expedition;

/// A campaign of a programme. All its conditions must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Its id, a UUID in small letters; unique in the programme.
    pub id: String,
    /// Its name, for the guest.
    pub name: String,
    /// What it is, for the guest; where it is absent, the name says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// When it begins, on the restaurant's clock; absent where it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocalDateTime>,
    /// When it is over, on the restaurant's clock; absent where it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<LocalDateTime>,
    /// What sets it off.
    pub trigger: Trigger,
    /// The least cost of the order, before the programme's discounts; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_order_minor: Option<Money>,
    /// The ways of receiving the order it is for; none for every way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expeditions: Vec<Expedition>,
    /// What the order must contain, each of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<Contained>,
    /// The days of the week it is for; none for every day. Hours that pass midnight belong to the day they begin on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
    /// The hours it is for; none for the whole day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// Whether it is for a guest's first order alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_order: bool,
    /// How many orders of one guest it is for; absent for any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses_per_guest: Option<u32>,
    /// The lines it works on.
    #[serde(default)]
    pub target: Target,
    /// What it gives.
    pub effect: Effect,
    /// Of the campaigns that name the same group, only the first that gives something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive_group: Option<String>,
    /// Whether bonuses may pay for, and are accrued on, an order this campaign works on.
    #[serde(default)]
    pub bonuses: Combination,
}

/// Whether a campaign and bonuses go together on one order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combination {
    /// They do.
    #[default]
    Allowed,
    /// Where the campaign gives something, no bonuses may be spent and none are accrued.
    Forbidden,
}

/// What the ranks, and the campaigns before one, have taken, in a programme where nothing is named twice.
#[derive(Default)]
pub(super) struct Taken<'a> {
    pub(super) ids: HashSet<&'a str>,
    settings_ids: HashSet<&'a str>,
    promo_codes: HashSet<&'a str>,
}

impl Campaign {
    /// A campaign for every order, without any condition.
    #[must_use]
    pub fn automatic(id: impl Into<String>, name: impl Into<String>, effect: Effect) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            description: None,
            image_url: None,
            from: None,
            to: None,
            trigger: Trigger::Automatic,
            min_order_minor: None,
            expeditions: Vec::new(),
            contains: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            first_order: false,
            uses_per_guest: None,
            target: Target::All,
            effect,
            exclusive_group: None,
            bonuses: Combination::Allowed,
        }
    }

    /// Whether the campaign runs at `local` on the restaurant's clock.
    #[must_use]
    pub fn is_running_at(&self, local: LocalDateTime) -> bool {
        self.from.is_none_or(|from| from <= local) && self.to.is_none_or(|to| local < to)
    }

    pub(super) fn check<'a>(
        &'a self,
        path: &str,
        taken: &mut Taken<'a>,
        privilege_ids: &HashSet<&str>,
    ) -> Result<(), ProgrammeError> {
        if !is_uuid(&self.id) {
            return Err(refusal(&format!("{path}.id"), "must be a UUID in small letters"));
        }
        if !taken.ids.insert(&self.id) {
            return Err(refusal(&format!("{path}.id"), "another campaign or a rank has this id"));
        }
        not_blank(&format!("{path}.name"), &self.name)?;
        for (field, text) in [
            ("description", &self.description),
            ("image_url", &self.image_url),
            ("exclusive_group", &self.exclusive_group),
        ] {
            text.as_ref().map_or(Ok(()), |text| not_blank(&format!("{path}.{field}"), text))?;
        }
        self.trigger.check(&format!("{path}.trigger"), &mut taken.promo_codes)?;
        self.check_conditions(path)?;
        self.target.check(&format!("{path}.target"))?;
        self.effect.check(&format!("{path}.effect"), &mut taken.settings_ids, privilege_ids)?;
        self.check_combination(path)
    }

    fn check_conditions(&self, path: &str) -> Result<(), ProgrammeError> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to <= from
        {
            return Err(refusal(&format!("{path}.to"), "must be after `from`"));
        }
        if let Some(least) = self.min_order_minor {
            positive(&format!("{path}.min_order_minor"), least)?;
        }
        if self.uses_per_guest == Some(0) {
            return Err(refusal(&format!("{path}.uses_per_guest"), "must be above zero"));
        }
        for (index, one) in self.contains.iter().enumerate() {
            one.check(&format!("{path}.contains[{index}]"))?;
        }
        for (index, one) in self.hours.iter().enumerate() {
            one.check(&format!("{path}.hours[{index}]"))?;
        }
        Ok(())
    }

    /// What makes no sense together, though each by itself does.
    fn check_combination(&self, path: &str) -> Result<(), ProgrammeError> {
        match (&self.trigger, &self.effect) {
            (Trigger::Privilege, effect) if !effect.is_discount() => Err(refusal(
                &format!("{path}.trigger"),
                "a privilege sets off a discount or a gift on the order itself",
            )),
            (Trigger::Automatic, _) => self.check_reach(path),
            (_, Effect::Referral { .. } | Effect::Welcome { .. }) => {
                Err(refusal(&format!("{path}.trigger"), "must be `automatic` with this effect"))
            }
            _ => Ok(()),
        }
    }

    /// A gift for joining knows no order that a condition could look at.
    fn check_reach(&self, path: &str) -> Result<(), ProgrammeError> {
        let Effect::Welcome { .. } = self.effect else { return Ok(()) };
        let conditions = [
            ("min_order_minor", self.min_order_minor.is_some()),
            ("expeditions", !self.expeditions.is_empty()),
            ("contains", !self.contains.is_empty()),
            ("weekdays", !self.weekdays.is_empty()),
            ("hours", !self.hours.is_empty()),
            ("first_order", self.first_order),
            ("uses_per_guest", self.uses_per_guest.is_some()),
            ("target", self.target != Target::All),
            ("exclusive_group", self.exclusive_group.is_some()),
            ("bonuses", self.bonuses != Combination::Allowed),
        ];
        match conditions.into_iter().find(|(_, is_set)| *is_set) {
            Some((field, _)) => {
                Err(refusal(&format!("{path}.{field}"), "a gift for joining does not look at an order"))
            }
            None => Ok(()),
        }
    }
}

//! A campaign as data: what sets it off, under which conditions, and what it gives.

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{ProgrammeError, not_blank, positive, refusal};
use crate::order::{Expedition, Line};
use crate::share::Share;

/// A campaign of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Its id, a UUID; unique in the programme.
    pub id: String,
    /// Its name, for the guest.
    pub name: String,
    /// What sets it off.
    pub trigger: Trigger,
    /// The least cost of the order, before the programme's discounts; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_order_minor: Option<Money>,
    /// The one way of receiving the order it is for; absent for every way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expedition: Option<Expedition>,
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

/// What sets a campaign off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Every order that meets the conditions.
    Automatic,
    /// A promo code the guest enters; letters match in either case.
    PromoCode(String),
    /// A privilege the guest holds, one use an order.
    Privilege,
}

/// Which lines of an order a campaign works on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// All of them.
    #[default]
    All,
    /// Those with one of these article codes.
    Codes(Vec<String>),
    /// Those in one of these categories.
    Categories(Vec<String>),
}

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

impl Target {
    fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        let (field, names) = match self {
            Self::All => return Ok(()),
            Self::Codes(codes) => ("codes", codes),
            Self::Categories(categories) => ("categories", categories),
        };
        if names.is_empty() {
            return Err(refusal(&format!("{path}.target.{field}"), "must name at least one"));
        }
        for (index, name) in names.iter().enumerate() {
            not_blank(&format!("{path}.target.{field}[{index}]"), name)?;
        }
        Ok(())
    }

    /// Whether `line` is one of the target.
    #[must_use]
    pub fn includes(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Codes(codes) => codes.contains(&line.code),
            Self::Categories(categories) => line.categories.iter().any(|name| categories.contains(name)),
        }
    }
}

impl Trigger {
    /// Whether one of the promo codes a guest entered sets this off.
    #[must_use]
    pub fn accepts_promo_code(&self, entered: &[String]) -> bool {
        match self {
            Self::PromoCode(code) => {
                let code = normal_promo_code(code);
                entered.iter().any(|other| normal_promo_code(other) == code)
            }
            Self::Automatic | Self::Privilege => false,
        }
    }
}

/// A promo code as it is compared: without white space around it, in capitals.
#[must_use]
pub fn normal_promo_code(code: &str) -> String {
    code.trim().to_uppercase()
}

impl Campaign {
    pub(super) fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        if !is_uuid(&self.id) {
            return Err(refusal(&format!("{path}.id"), "must be a UUID"));
        }
        not_blank(&format!("{path}.name"), &self.name)?;
        if let Trigger::PromoCode(code) = &self.trigger {
            not_blank(&format!("{path}.trigger.promo_code"), code)?;
        }
        if let Some(least) = self.min_order_minor {
            positive(&format!("{path}.min_order_minor"), least)?;
        }
        self.target.check(path)?;
        if let Some(group) = &self.exclusive_group {
            not_blank(&format!("{path}.exclusive_group"), group)?;
        }
        match self.effect {
            Effect::Percent { share_bp } if share_bp.bp() == 0 => {
                Err(refusal(&format!("{path}.effect.percent.share_bp"), "must be above zero"))
            }
            Effect::Fixed { amount_minor } => {
                positive(&format!("{path}.effect.fixed.amount_minor"), amount_minor)
            }
            Effect::Percent { .. } | Effect::Gift => Ok(()),
        }
    }
}

/// Whether `text` has the shape of a UUID, 8-4-4-4-12 hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

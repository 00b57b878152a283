//! A gift as data: what it is called, how long it may be used, and what it gives.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use super::{ProgrammeError, is_uuid, not_blank, positive, refusal};

/// A gift that a campaign brings a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiftTerms {
    /// The id of these terms, a UUID; unique in the programme.
    pub settings_id: String,
    /// The gift's name, for the guest.
    pub name: String,
    /// What it is, for the guest.
    pub description: String,
    /// The address of its picture.
    pub image_url: String,
    /// The address of the small picture.
    pub small_image_url: String,
    /// The address of the icon.
    pub icon_image_url: String,
    /// Days after which it is lost; from 1 to [`GiftTerms::MAX_VALID_DAYS`].
    pub valid_days: u32,
    /// What it gives.
    pub gives: Gives,
}

/// What a gift gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Gives {
    /// Bonuses, at once.
    Bonus {
        /// How many, in hundredths; above zero.
        amount_minor: Money,
    },
    /// One use of a campaign that a privilege sets off.
    Privilege {
        /// The campaign's id.
        campaign_id: String,
    },
}

impl GiftTerms {
    /// The longest a gift may be kept: a hundred years of 365 days, so that no date leaves the calendar.
    pub const MAX_VALID_DAYS: u32 = 36_500;

    /// `settings_ids` are those of the programme's gifts so far; `privilege_ids` are the campaigns set off by a
    /// privilege.
    pub(super) fn check<'a>(
        &'a self,
        path: &str,
        settings_ids: &mut HashSet<&'a str>,
        privilege_ids: &HashSet<&str>,
    ) -> Result<(), ProgrammeError> {
        if !is_uuid(&self.settings_id) {
            return Err(refusal(&format!("{path}.settings_id"), "must be a UUID in small letters"));
        }
        if !settings_ids.insert(&self.settings_id) {
            return Err(refusal(&format!("{path}.settings_id"), "another gift has this id"));
        }
        for (field, text) in [
            ("name", &self.name),
            ("description", &self.description),
            ("image_url", &self.image_url),
            ("small_image_url", &self.small_image_url),
            ("icon_image_url", &self.icon_image_url),
        ] {
            not_blank(&format!("{path}.{field}"), text)?;
        }
        if !(1..=Self::MAX_VALID_DAYS).contains(&self.valid_days) {
            let reason = format!("must be from 1 to {}", Self::MAX_VALID_DAYS);
            return Err(refusal(&format!("{path}.valid_days"), &reason));
        }
        match &self.gives {
            Gives::Bonus { amount_minor } => {
                positive(&format!("{path}.gives.bonus.amount_minor"), *amount_minor)
            }
            Gives::Privilege { campaign_id } if !privilege_ids.contains(campaign_id.as_str()) => {
                Err(refusal(
                    &format!("{path}.gives.privilege.campaign_id"),
                    "must be the id of a campaign whose trigger is `privilege`",
                ))
            }
            Gives::Privilege { .. } => Ok(()),
        }
    }
}

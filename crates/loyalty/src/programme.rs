//! A restaurant's programme as data, checked when it is read.
//!
//! Owns the shape of a programme file and what makes one wrong; must not apply it to anything.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use crate::share::Share;

pub mod campaign;
pub mod condition;
pub mod effect;
pub mod exclusion;
pub mod gift;
pub mod rank;
pub mod target;
pub mod trigger;

pub use campaign::{Campaign, Combination};
pub use condition::{Contained, Hours, TimeOfDay, Weekday};
pub use effect::{Effect, StampGift};
pub use exclusion::Exclusion;
pub use gift::{GiftTerms, Gives};
pub use rank::{Confirmation, ConfirmationLeft, Rank, RankDiscount};
pub use target::Target;
pub use trigger::{PromoCode, Trigger};

/// The furthest any clock on Earth is from UTC, in minutes.
const FURTHEST_OFFSET_MINUTES: u32 = 14 * 60;

/// A loyalty programme: what a restaurant gives its guests, and under which conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The programme's name.
    pub name: String,
    /// The largest share of an order, after discounts, that bonuses may pay.
    pub max_payable_share_bp: Share,
    /// How far the restaurant's clock is ahead of UTC, in minutes; within 14 hours.
    #[serde(default)]
    pub utc_offset_minutes: i32,
    /// The ranks, lowest first; at least one. A new guest has the first.
    pub ranks: Vec<Rank>,
    /// The lines that cannot be paid with bonuses.
    #[serde(default, skip_serializing_if = "Exclusion::is_empty")]
    pub unpayable: Exclusion,
    /// The lines that bring no bonuses.
    #[serde(default, skip_serializing_if = "Exclusion::is_empty")]
    pub unaccruing: Exclusion,
    /// The campaigns, in the order they are applied: each works on what the ones before it left to pay. What a campaign
    /// brings when the order is closed comes after all that the others take off.
    #[serde(default)]
    pub campaigns: Vec<Campaign>,
}

/// Why a programme is refused. `path` names the field: `campaigns[1].effect.percent.share_bp`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("programme: {path}: {reason}")]
pub struct ProgrammeError {
    /// The field.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Programme {
    /// Reads a programme from JSON and checks it.
    ///
    /// # Errors
    /// [`ProgrammeError`] names the first wrong field.
    pub fn from_json(json: &str) -> Result<Self, ProgrammeError> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let programme: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| refusal(&error.path().to_string(), &error.inner().to_string()))?;
        reader.end().map_err(|error| refusal(".", &error.to_string()))?;
        programme.check()?;
        Ok(programme)
    }

    /// Checks what the types do not: blank names, thresholds, and names given twice.
    ///
    /// # Errors
    /// [`ProgrammeError`] names the first wrong field.
    pub fn check(&self) -> Result<(), ProgrammeError> {
        not_blank("name", &self.name)?;
        if self.utc_offset_minutes.unsigned_abs() > FURTHEST_OFFSET_MINUTES {
            return Err(refusal("utc_offset_minutes", "must be within 14 hours, 840 minutes"));
        }
        rank::check_all(&self.ranks)?;
        self.unpayable.check("unpayable")?;
        self.unaccruing.check("unaccruing")?;
        self.check_campaigns()
    }

    /// The campaign with this id.
    #[must_use]
    pub fn campaign(&self, id: &str) -> Option<&Campaign> {
        self.campaigns.iter().find(|campaign| campaign.id == id)
    }

    fn check_campaigns(&self) -> Result<(), ProgrammeError> {
        let privilege_ids: HashSet<&str> = self
            .campaigns
            .iter()
            .filter(|campaign| campaign.trigger == Trigger::Privilege)
            .map(|campaign| campaign.id.as_str())
            .collect();
        let mut taken = campaign::Taken::default();
        for (index, rank) in self.ranks.iter().enumerate() {
            let Some(discount) = &rank.discount else { continue };
            if !taken.ids.insert(&discount.id) {
                let path = format!("ranks[{index}].discount.id");
                return Err(refusal(&path, "another rank has this id"));
            }
        }
        for (index, campaign) in self.campaigns.iter().enumerate() {
            campaign.check(&format!("campaigns[{index}]"), &mut taken, &privilege_ids)?;
        }
        Ok(())
    }
}

fn refusal(path: &str, reason: &str) -> ProgrammeError {
    ProgrammeError { path: path.to_owned(), reason: reason.to_owned() }
}

fn not_blank(path: &str, text: &str) -> Result<(), ProgrammeError> {
    if text.trim().is_empty() { Err(refusal(path, "must not be blank")) } else { Ok(()) }
}

fn positive(path: &str, amount: Money) -> Result<(), ProgrammeError> {
    if amount.is_positive() && amount <= Money::MAX {
        Ok(())
    } else {
        Err(refusal(path, "must be above zero and within range"))
    }
}

/// Whether `text` has the one shape of a UUID, 8-4-4-4-12 hexadecimal digits in small letters.
fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| part.len() == length && part.bytes().all(is_digit))
}

//! A restaurant's programme as data, checked when it is read.
//!
//! Owns the shape of a programme file and what makes one wrong; must not apply it to anything.

use std::collections::HashSet;

use contract::Money;
use serde::{Deserialize, Serialize};

use crate::share::Share;

pub mod campaign;
pub mod rank;

pub use campaign::{Campaign, Combination, Effect, Target, Trigger};
pub use rank::{Confirmation, ConfirmationLeft, Rank};

/// A loyalty programme: what a restaurant gives its guests, and under which conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The programme's name.
    pub name: String,
    /// The largest share of an order, after discounts, that bonuses may pay.
    pub max_payable_share_bp: Share,
    /// The ranks, lowest first; at least one. A new guest has the first.
    pub ranks: Vec<Rank>,
    /// The campaigns, in the order they are applied: each works on what the ones before it left to pay.
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
        rank::check_all(&self.ranks)?;
        let (mut ids, mut codes) = (HashSet::new(), HashSet::new());
        for (index, campaign) in self.campaigns.iter().enumerate() {
            let path = format!("campaigns[{index}]");
            campaign.check(&path)?;
            if !ids.insert(campaign.id.to_ascii_lowercase()) {
                return Err(refusal(&format!("{path}.id"), "another campaign has this id"));
            }
            if let Trigger::PromoCode(code) = &campaign.trigger
                && !codes.insert(campaign::normal_promo_code(code))
            {
                return Err(refusal(
                    &format!("{path}.trigger.promo_code"),
                    "another campaign has this promo code",
                ));
            }
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

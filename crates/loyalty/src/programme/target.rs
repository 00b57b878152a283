//! Which lines of an order a rule means.

use serde::{Deserialize, Serialize};

use super::{ProgrammeError, not_blank, refusal};
use crate::order::Line;

/// Which lines of an order a rule means.
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

impl Target {
    /// Whether `line` is one of the target.
    #[must_use]
    pub fn includes(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Codes(codes) => codes.contains(&line.code),
            Self::Categories(categories) => line.categories.iter().any(|name| categories.contains(name)),
        }
    }

    pub(super) fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        let (field, names) = match self {
            Self::All => return Ok(()),
            Self::Codes(codes) => ("codes", codes),
            Self::Categories(categories) => ("categories", categories),
        };
        if names.is_empty() {
            return Err(refusal(&format!("{path}.{field}"), "must name at least one"));
        }
        for (index, name) in names.iter().enumerate() {
            not_blank(&format!("{path}.{field}[{index}]"), name)?;
        }
        Ok(())
    }
}

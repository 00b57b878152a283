//! The lines a rule about bonuses leaves out, by article code or category.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ProgrammeError, not_blank};
use crate::order::Line;

/// The lines a rule leaves out: those with one of the codes, and those in one of the categories. By default none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Article codes.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub codes: BTreeSet<String>,
    /// Categories; a line's menu group counts as one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<String>,
}

impl Exclusion {
    pub(super) fn check(&self, path: &str) -> Result<(), ProgrammeError> {
        for (field, names) in [("codes", &self.codes), ("categories", &self.categories)] {
            for name in names {
                // A set is read without places, so the path can name the field only.
                not_blank(&format!("{path}.{field}"), name)?;
            }
        }
        Ok(())
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.categories.is_empty()
    }

    /// Whether `line` is left out.
    #[must_use]
    pub fn covers(&self, line: &Line) -> bool {
        !self.is_empty()
            && (self.codes.contains(&line.code)
                || line.categories.iter().any(|category| self.categories.contains(category)))
    }
}

//! How a restaurant's widget speaks and looks, where its operator has said so.
//!
//! The widget's scripts read this themselves, beside its program: no byte of it is in the wasm.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answers `GET /api/v1/appearance/{restaurant}`. All of it is less than what the page itself has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppearanceResponse {
    /// Tags of the languages this widget may speak, the first one where none of them is asked for. Empty: all it has.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Custom properties without their `--loyalty-`: `accent` and its value in CSS.
    #[serde(default)]
    pub theme: BTreeMap<String, String>,
    /// The restaurant's own texts in place of the widget's: by language, then by name.
    #[serde(default)]
    pub texts: BTreeMap<String, BTreeMap<String, AppearanceText>>,
}

/// A text, in which `{0}` and `{1}` are gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum AppearanceText {
    /// One for all numbers.
    Plain(String),
    /// One for each plural category of the language, `other` among them.
    Plural(BTreeMap<String, String>),
}

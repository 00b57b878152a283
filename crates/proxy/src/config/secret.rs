//! Secrets and where they come from. A secret never shows itself in a log or an error.

use std::path::PathBuf;

use serde::Deserialize;

use super::ConfigError;

/// Where secrets are looked up by name: the process's environment, or a test's.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A value that must not be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one who needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where one secret is: in a variable or in a file, and not in both.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecretSource {
    /// The name of an environment variable.
    env: Option<String>,
    /// A file that holds nothing but the secret.
    file: Option<PathBuf>,
}

impl SecretSource {
    /// Fetches the secret; `field` is the place in the configuration, for the error.
    pub(super) fn fetch(&self, field: &str, environment: &Environment<'_>) -> Result<Secret, ConfigError> {
        let value = match (&self.env, &self.file) {
            (Some(name), None) => environment(name).ok_or_else(|| {
                ConfigError::value(format!("{field}.env"), format!("the variable {name} is not set"))
            })?,
            (None, Some(path)) => std::fs::read_to_string(path).map_err(|error| {
                ConfigError::value(
                    format!("{field}.file"),
                    format!("cannot read {}: {error}", path.display()),
                )
            })?,
            _ => return Err(ConfigError::value(field, "say either `env` or `file`")),
        };
        let value = value.trim_end_matches(['\r', '\n']);
        if value.is_empty() {
            return Err(ConfigError::value(field, "the secret is empty"));
        }
        Ok(Secret::new(value))
    }
}

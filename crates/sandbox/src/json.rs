//! Reading the JSON of requests, strictly, for every system: what is wrong is told with the path of the field.
//!
//! Must not know any system's types, nor how it answers what is wrong.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use shape::Described;

mod date_time;
mod shape;

pub(crate) use date_time::{date_time, is_date_time};

/// Why a body is not what is described.
#[derive(Debug, thiserror::Error)]
#[error("{}{message}", if path.is_empty() { String::new() } else { format!("{path}: ") })]
pub(crate) struct JsonError {
    /// The field; `.` is the body's value, nothing the body itself.
    pub(crate) path: String,
    pub(crate) message: String,
}

fn of_body(message: impl Into<String>) -> JsonError {
    JsonError { path: String::new(), message: message.into() }
}

/// Reads a JSON body.
pub(crate) fn read<Q: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Q, JsonError> {
    if !is_json(headers) {
        return Err(of_body("the content type must be application/json, in UTF-8"));
    }
    let body = body.map_err(|rejection| of_body(rejection.body_text()))?;
    let mut reader = serde_json::Deserializer::from_slice(&body);
    let request = serde_path_to_error::deserialize(Described(&mut reader))
        .map_err(|error| JsonError { path: error.path().to_string(), message: error.inner().to_string() })?;
    reader.end().map_err(|error| of_body(error.to_string()))?;
    Ok(request)
}

/// Whether the body is announced as JSON, which is UTF-8: whoever names another charset has sent something else.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

/// For a field that may be absent but not null. Needs `#[serde(default)]` beside it.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// For a text that the description wants to be of one letter at least.
pub(crate) fn not_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Err(D::Error::custom("must not be empty")) } else { Ok(text) }
}

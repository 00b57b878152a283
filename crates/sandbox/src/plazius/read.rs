//! Reading a request's body: what is wrong is refused with the makers' code and the path of the field.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use serde::de::DeserializeOwned;

use super::error::Refusal;
use crate::json;
pub(super) use crate::json::{not_empty, present};

/// Reads a JSON body.
pub(super) fn read<Q: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Q, Refusal> {
    json::read(headers, body).map_err(|error| Refusal::invalid(error.to_string()))
}

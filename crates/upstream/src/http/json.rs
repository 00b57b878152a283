//! JSON in the bodies of requests and answers. Its errors name places, never values.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::UpstreamError;

/// The headers of a request with a JSON body.
pub(crate) fn json_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers
}

/// The body of a request. Where it fails, nothing was sent.
pub(crate) fn encoded<Q: Serialize>(body: &Q) -> Result<Bytes, UpstreamError> {
    serde_json::to_vec(body)
        .map(Bytes::from)
        .map_err(|_| UpstreamError::Malformed { what: "the request".to_owned(), in_doubt: false })
}

/// Reads an answer. The error names the place only: serde's own words may repeat what was sent.
pub(crate) fn decoded<A: DeserializeOwned>(body: &[u8]) -> Result<A, UpstreamError> {
    serde_json::from_slice(body).map_err(|error| {
        let kind = match error.classify() {
            serde_json::error::Category::Data => "an unexpected shape",
            serde_json::error::Category::Eof => "the JSON ends early",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "no JSON",
        };
        UpstreamError::malformed(format!("{kind} at line {}, column {}", error.line(), error.column()))
    })
}

/// Takes note of a success whose body is not documented: nothing, or JSON of any kind. Anything else was not sent by the
/// system, but by something on the way.
pub(crate) fn acknowledged(body: &[u8]) -> Result<(), UpstreamError> {
    if body.trim_ascii().is_empty() { Ok(()) } else { decoded::<IgnoredAny>(body).map(drop) }
}

//! `auth/gentoken`: an API key and its password are exchanged for a token.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::Plazius;
use super::call::off_the_async_threads;
use super::error::Refusal;
use super::read::read;
use crate::store::access;

/// Seconds a token is good for.
const TOKEN_TTL_S: i64 = 15 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenTokenRequestWire {
    password: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GenTokenResponseWire {
    token: String,
    /// Unused between servers, but always there.
    refresh_token: String,
    alive_seconds_ttl: i64,
}

/// Answers 401 unless the header `ApiKey` and the password belong together.
pub(super) async fn handle(
    State(plazius): State<Plazius>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    off_the_async_threads(move || issue(&plazius, &headers, body).map(Json)).await
}

fn issue(
    plazius: &Plazius,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<GenTokenResponseWire, Refusal> {
    let key = headers.get("ApiKey").and_then(|value| value.to_str().ok()).ok_or(Refusal::Unauthorized)?;
    let request: GenTokenRequestWire = read(headers, body)?;
    let now_ms = plazius.clock.now().as_millisecond();
    let (token, refresh_token) = (random_token()?, random_token()?);
    plazius.store.transact(|tx| {
        if !access::is_password_of(tx, key, &request.password)? {
            return Err(Refusal::Unauthorized);
        }
        access::add_token(tx, &token, key, now_ms, now_ms + TOKEN_TTL_S * 1000)?;
        Ok(())
    })?;
    Ok(GenTokenResponseWire { token, refresh_token, alive_seconds_ttl: TOKEN_TTL_S })
}

/// A token nobody can guess.
pub(super) fn random_token() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| Refusal::Internal(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

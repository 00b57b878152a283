//! `connect/token`: a client's id and secret are exchanged for a token, as OAuth 2.0 describes it (RFC 6749, 4.4).
//!
//! The token looks like the makers' JWT; what it is good for stands in the books, so nobody reads it here.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::json;

use super::RkDelivery;
use super::call::off_the_async_threads;
use super::error::Refusal;
use crate::store::delivery;

/// Seconds a token is good for.
const TTL_S: i64 = 60 * 60;

/// What a client may ask for.
const SCOPE: &str = "orders";

#[derive(Serialize)]
struct TokenWire {
    access_token: String,
    expires_in: i64,
    token_type: &'static str,
    scope: &'static str,
}

/// Why no token is given, in the standard's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denied {
    InvalidRequest,
    InvalidClient,
    UnsupportedGrantType,
    InvalidScope,
}

impl Denied {
    const fn word(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
        }
    }
}

/// What a client has shown.
struct Credentials {
    client_id: String,
    client_secret: String,
}

pub(super) async fn handle(
    State(delivery): State<RkDelivery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    off_the_async_threads(move || {
        let issued = match read(&headers, body) {
            Ok(credentials) => issue(&delivery, &credentials)?,
            Err(denied) => Err(denied),
        };
        Ok(written(issued))
    })
    .await
}

fn written(issued: Result<TokenWire, Denied>) -> Response {
    let mut response = match issued {
        Ok(token) => Json(token).into_response(),
        Err(denied) => (StatusCode::BAD_REQUEST, Json(json!({ "error": denied.word() }))).into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The form's fields. One that comes twice is an error, one that is not known is passed over: so the standard wants it.
fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Credentials, Denied> {
    let body = body.map_err(|_| Denied::InvalidRequest)?;
    if !is_form(headers) {
        return Err(Denied::InvalidRequest);
    }
    let mut fields = HashMap::new();
    for (name, value) in form_urlencoded::parse(&body) {
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Denied::InvalidRequest);
        }
    }
    let mut take = |name| fields.remove(name).filter(|value: &String| !value.is_empty());
    let grant_type = take("grant_type").ok_or(Denied::InvalidRequest)?;
    if grant_type != "client_credentials" {
        return Err(Denied::UnsupportedGrantType);
    }
    let client_id = take("client_id").ok_or(Denied::InvalidRequest)?;
    let client_secret = take("client_secret").ok_or(Denied::InvalidRequest)?;
    if take("scopes").is_none_or(|scopes| scopes != SCOPE) {
        return Err(Denied::InvalidScope);
    }
    Ok(Credentials { client_id, client_secret })
}

fn is_form(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.and_then(|value| value.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

fn issue(delivery: &RkDelivery, shown: &Credentials) -> Result<Result<TokenWire, Denied>, Refusal> {
    let now = delivery.clock.now();
    let access_token = token(&shown.client_id, now.as_second())?;
    delivery.store.transact(|tx| {
        let Credentials { client_id, client_secret } = shown;
        if !delivery::is_secret_of(tx, client_id, client_secret)? {
            return Ok(Err(Denied::InvalidClient));
        }
        let now_ms = now.as_millisecond();
        delivery::add_token(tx, &access_token, client_id, now_ms, now_ms + TTL_S * 1000)?;
        Ok(Ok(TokenWire { access_token, expires_in: TTL_S, token_type: "Bearer", scope: SCOPE }))
    })
}

/// A text in the three parts of a JWT. Random bytes stand where the signature would.
fn token(client_id: &str, now_s: i64) -> Result<String, Refusal> {
    let mut random = [0_u8; 48];
    getrandom::fill(&mut random).map_err(|error| Refusal::Internal(error.to_string()))?;
    let (id, signature) = random.split_at(16);
    let head = json!({ "alg": "HS256", "typ": "at+jwt" });
    let claims = json!({
        "iss": "loyalty-sandbox",
        "client_id": client_id,
        "scope": [SCOPE],
        "jti": URL_SAFE_NO_PAD.encode(id),
        "iat": now_s,
        "exp": now_s + TTL_S,
    });
    let parts = [head.to_string().into_bytes(), claims.to_string().into_bytes(), signature.to_vec()];
    Ok(parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join("."))
}

//! What handlers read from a request: a JSON body, the session, the idempotency key. Each refusal is an API error.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use contract::error::ErrorCode;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::auth::sessions::{Session, SessionError};
use crate::edge::origin::{Page, is_json};
use crate::edge::session_cookie::{self, SessionCookies};
use crate::error::ApiError;

/// The longest idempotency key.
const MAX_KEY: usize = 200;

/// A JSON body of the documented shape.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_json) {
            return Err(ApiError::new(ErrorCode::InvalidRequest, "send application/json")
                .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = tokio::time::timeout(app.live().body_limit, Bytes::from_request(request, app));
        let bytes = body.await.map_err(|_| too_slow())?.map_err(|rejection| unread(&rejection))?;
        if let Ok(value) = serde_json::from_slice(&bytes) {
            return Ok(Self(value));
        }
        // Read again, slowly, to say where it is wrong.
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let place = error.path().to_string();
            let refused = ApiError::new(ErrorCode::InvalidRequest, &describe(error.inner()));
            if place == "." { refused } else { refused.at(&place) }
        })?;
        match deserializer.end() {
            Ok(()) => Ok(Self(value)),
            Err(_) => Err(ApiError::new(ErrorCode::InvalidRequest, "something follows the JSON value")),
        }
    }
}

/// What is wrong with the JSON, without its values: they may be a phone or a code.
fn describe(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    match error.classify() {
        Category::Io | Category::Eof => "the JSON breaks off".to_owned(),
        Category::Syntax => format!("not JSON at line {} column {}", error.line(), error.column()),
        Category::Data => {
            let text = error.to_string();
            let shape = ["missing field", "unknown field", "unknown variant", "duplicate field"];
            match shape.iter().find(|start| text.starts_with(**start)) {
                Some(&"missing field") | Some(&"duplicate field") => {
                    text.split(" at line").next().unwrap_or_default().to_owned()
                }
                Some(start) => format!("{start}, see the documentation of the API"),
                None => "not of the documented type".to_owned(),
            }
        }
    }
}

/// A body that trickles in keeps a slot that others need.
fn too_slow() -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, "the body did not come in time")
        .with_status(StatusCode::REQUEST_TIMEOUT)
}

fn unread(rejection: &BytesRejection) -> ApiError {
    let message = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => "the body is over 1 MiB",
        _ => "the body cannot be read",
    };
    ApiError::new(ErrorCode::InvalidRequest, message).with_status(rejection.status())
}

/// A guest with a live session.
pub(crate) struct SignedIn(pub(crate) Session);

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        signed_in(parts, app, Purpose::Any).await.map(Self)
    }
}

/// A guest with a live session who asks for a preview: it may be one that ended at another proxy within the last second.
pub(crate) struct SignedInToPreview(pub(crate) Session);

impl FromRequestParts<Arc<App>> for SignedInToPreview {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        signed_in(parts, app, Purpose::Preview).await.map(Self)
    }
}

/// What a session is wanted for.
#[derive(Clone, Copy)]
enum Purpose {
    Any,
    Preview,
}

impl Purpose {
    async fn find(self, app: &App, token: &str) -> Result<Option<Session>, SessionError> {
        match self {
            Self::Any => app.sessions.find(token).await,
            Self::Preview => app.sessions.find_to_preview(token).await,
        }
    }
}

/// The session of a request.
async fn signed_in(parts: &mut Parts, app: &Arc<App>, purpose: Purpose) -> Result<Session, ApiError> {
    let Ok(cookies) = SessionCookies::from_request_parts(parts, app).await;
    let session = match parts.headers.get(header::AUTHORIZATION) {
        Some(header) => {
            let token = bearer(header).ok_or_else(not_logged_in)?;
            purpose.find(app, token).await?.ok_or_else(not_logged_in)?
        }
        None => {
            let (restaurant, token) = cookies.named(app).ok_or_else(not_logged_in)?;
            let found = purpose.find(app, token).await?;
            let found = found.filter(|session| session.owner.restaurant == restaurant.config.id);
            let mut session = found.ok_or_else(|| ApiError {
                set_cookie: session_cookie::take_back(&restaurant.config.id),
                ..not_logged_in()
            })?;
            session.in_cookie = true;
            session
        }
    };
    // Where the restaurant is gone, the handler says so.
    if let Ok(restaurant) = app.restaurant_of(&session.owner) {
        let Ok(page) = Page::from_request_parts(parts, app).await;
        page.may_use(&restaurant.config)?;
    }
    Ok(session)
}

/// The token in a header `Authorization`.
fn bearer(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn not_logged_in() -> ApiError {
    ApiError::new(ErrorCode::NotLoggedIn, "log in and send the token as Authorization: Bearer, or the cookie")
}

/// The part of the path that differs from request to request.
pub(crate) struct PathPart(pub(crate) String);

impl FromRequestParts<Arc<App>> for PathPart {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Path(part) = Path::from_request_parts(parts, app)
            .await
            .map_err(|_| ApiError::new(ErrorCode::InvalidRequest, "the path is not UTF-8"))?;
        Ok(Self(part))
    }
}

/// The header `Idempotency-Key`.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl FromRequestParts<Arc<App>> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, ApiError> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        match key {
            Some(key) if (1..=MAX_KEY).contains(&key.len()) => Ok(Self(key.to_owned())),
            _ => Err(ApiError::invalid("Idempotency-Key", "send this header with 1 to 200 characters")),
        }
    }
}

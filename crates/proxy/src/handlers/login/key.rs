//! `POST /api/v1/login/key`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::error::{ErrorCode, ErrorResponse};
use contract::login::{KeyLoginRequest, LoginKey, VerifyLoginResponse};
use upstream::program::GuestKey;

use super::{LoggedIn, open_session};
use crate::app::App;
use crate::edge::origin::Page;
use crate::edge::session_cookie::SessionCookies;
use crate::error::ApiError;
use crate::extract::JsonBody;
use crate::orders::order::Owner;

/// The longest card's number or application's code.
const MAX_KEY: usize = 64;

/// Opens a session for whoever has a card or an application's code, where the restaurant allows it.
#[utoipa::path(
    post,
    path = "/api/v1/login/key",
    tag = "login",
    request_body = KeyLoginRequest,
    responses(
        (status = 200, description = "the session", body = VerifyLoginResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 403, description = "login_key_not_allowed", body = ErrorResponse),
        (status = 404, description = "unknown_restaurant", body = ErrorResponse),
        (status = 422, description = "not_a_member, upstream_refused", body = ErrorResponse),
        (status = 429, description = "too_many_tries", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn login_by_key(
    State(app): State<Arc<App>>,
    page: Page,
    cookies: SessionCookies,
    JsonBody(request): JsonBody<KeyLoginRequest>,
) -> Result<Response, ApiError> {
    let restaurant = app.restaurant(&request.restaurant)?;
    page.may_use(&restaurant.config)?;
    if !restaurant.config.login_keys.contains(&request.kind) {
        return Err(not_allowed());
    }
    let text = request.key.trim();
    if text.is_empty() || text.chars().count() > MAX_KEY || text.chars().any(char::is_control) {
        return Err(ApiError::invalid("key", "must be 1 to 64 printable characters"));
    }
    let key = match request.kind {
        // A phone is proved by a code that is sent to it.
        LoginKey::Phone => return Err(not_allowed()),
        LoginKey::Card => GuestKey::Card(text.to_owned()),
        LoginKey::AppCode => GuestKey::AppCode(text.to_owned()),
    };
    let guest = app.key_login.find(&restaurant.config.id, restaurant.program.as_ref(), key).await?;
    let owner = Owner { restaurant: restaurant.config.id.clone(), guest };
    let guest = LoggedIn { owner: &owner, is_member: true, embedding: request.embedding, cookies: &cookies };
    Ok(open_session(&app, &restaurant, guest).await?)
}

fn not_allowed() -> ApiError {
    ApiError::new(ErrorCode::LoginKeyNotAllowed, "guests do not log in by this here").at("kind")
}

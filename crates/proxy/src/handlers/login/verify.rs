//! `POST /api/v1/login/verify`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::error::ErrorResponse;
use contract::login::{VerifyLoginRequest, VerifyLoginResponse};

use super::{LoggedIn, open_session};
use crate::app::App;
use crate::auth::membership::{MembershipError, make_member};
use crate::client_address::ClientAddress;
use crate::edge::session_cookie::SessionCookies;
use crate::error::ApiError;
use crate::extract::JsonBody;

/// Exchanges a login code for a session. A guest the loyalty system does not know joins it, where that takes a call.
#[utoipa::path(
    post,
    path = "/api/v1/login/verify",
    tag = "login",
    request_body = VerifyLoginRequest,
    responses(
        (status = 200, description = "the session", body = VerifyLoginResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 410, description = "code_spent", body = ErrorResponse),
        (status = 422, description = "wrong_code, not_a_member", body = ErrorResponse),
        (status = 429, description = "too_many_requests", body = ErrorResponse),
        (status = 502, description = "upstream_malformed, where the loyalty system checks its codes", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn verify_login(
    State(app): State<Arc<App>>,
    ClientAddress(address): ClientAddress,
    cookies: SessionCookies,
    JsonBody(request): JsonBody<VerifyLoginRequest>,
) -> Result<Response, ApiError> {
    let program = |name: &str| app.restaurant(name).ok().map(|restaurant| Arc::clone(&restaurant.program));
    let owner = app.login.verify(&request.challenge_id, &request.code, address, program).await?;
    let restaurant = app.restaurant_of(&owner)?;
    // The code is used up, so the guest is logged in whatever the loyalty system says now; joining is tried again when
    // the session first needs it.
    let joined = match make_member(restaurant.program.as_ref(), &owner.guest).await {
        Ok(()) => true,
        Err(error @ MembershipError::NotAMember) => return Err(error.into()),
        Err(MembershipError::Upstream(error)) => {
            tracing::warn!(%error, "the guest could not be looked up at login");
            false
        }
    };
    let guest =
        LoggedIn { owner: &owner, is_member: joined, embedding: request.embedding, cookies: &cookies };
    Ok(open_session(&app, &restaurant, guest).await?)
}

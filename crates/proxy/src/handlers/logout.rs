//! `POST /api/v1/logout`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use contract::error::ErrorResponse;
use http::{StatusCode, header};

use crate::app::App;
use crate::edge::session_cookie;
use crate::error::ApiError;
use crate::extract::SignedIn;

/// Ends the session, and takes its cookie back where it is in one. Orders that are confirmed stay confirmed.
#[utoipa::path(
    post,
    path = "/api/v1/logout",
    tag = "login",
    security(("session" = [])),
    responses(
        (status = 204, description = "the session has ended"),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn logout(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Result<Response, ApiError> {
    app.sessions.end(&session).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if session.in_cookie
        && let Some(cookie) = session_cookie::take_back(&session.owner.restaurant)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

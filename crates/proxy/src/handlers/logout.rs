//! `POST /api/v1/logout`

use std::sync::Arc;

use axum::extract::State;
use contract::error::ErrorResponse;
use http::StatusCode;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::SignedIn;

/// Ends the session. Orders that are confirmed stay confirmed.
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
) -> Result<StatusCode, ApiError> {
    app.sessions.end(&session).await?;
    Ok(StatusCode::NO_CONTENT)
}

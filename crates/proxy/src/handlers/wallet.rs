//! `GET /api/v1/wallet`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::preview::Guest;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::SignedIn;
use crate::guest::read_guest;

/// The guest's name, balance and rank.
#[utoipa::path(
    get,
    path = "/api/v1/wallet",
    tag = "guest",
    security(("session" = [])),
    responses(
        (status = 200, description = "the guest", body = Guest),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 422, description = "not_supported, not_a_member, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn read_wallet(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Result<Json<Guest>, ApiError> {
    let restaurant = app.member_restaurant(&session).await?;
    Ok(Json(read_guest(restaurant.program.as_ref(), &session.owner.guest).await?))
}

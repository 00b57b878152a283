//! `POST /api/v1/preview`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::preview::{PreviewRequest, PreviewResponse};

use crate::app::App;
use crate::error::ApiError;
use crate::extract::{JsonBody, SignedInToPreview};

/// What the loyalty programme gives on a cart. Changes nothing at the loyalty system.
#[utoipa::path(
    post,
    path = "/api/v1/preview",
    tag = "order",
    security(("session" = [])),
    request_body = PreviewRequest,
    responses(
        (status = 200, description = "the preview of this cart", body = PreviewResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 404, description = "unknown_order", body = ErrorResponse),
        (status = 409, description = "order_state_conflict, with `order_id` where a registered order is confirmed or may be", body = ErrorResponse),
        (status = 422, description = "empty_cart, invalid_cart, delivery_not_supported, not_supported, not_a_member, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn preview_order(
    State(app): State<Arc<App>>,
    SignedInToPreview(session): SignedInToPreview,
    JsonBody(request): JsonBody<PreviewRequest>,
) -> Result<Json<PreviewResponse>, ApiError> {
    let restaurant = app.member_restaurant(&session).await?;
    Ok(Json(app.orders.preview(&restaurant, &session.owner, &request).await?))
}

//! `POST /api/v1/order/reset`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::error::ErrorResponse;
use contract::order::{OrderRequest, OrderResponse};

use super::take_step;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IdempotencyKey, JsonBody, SignedIn};
use crate::orders::Ask;

/// Returns what is frozen, so that the order may change.
#[utoipa::path(
    post,
    path = "/api/v1/order/reset",
    tag = "order",
    security(("session" = [])),
    params(("Idempotency-Key" = String, Header, description = "new for each wish of the guest, the same for its repetitions")),
    request_body = OrderRequest,
    responses(
        (status = 200, description = "the order as it now stands", body = OrderResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 404, description = "unknown_order", body = ErrorResponse),
        (status = 409, description = "order_state_conflict, in_progress", body = ErrorResponse),
        (status = 422, description = "idempotency_mismatch, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn reset_order(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Response, ApiError> {
    take_step(app, session.owner, Some(key), Ask::Reset(request.order_id)).await
}

//! `POST /api/v1/order/confirm`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::error::ErrorResponse;
use contract::order::{ConfirmRequest, OrderResponse};

use super::take_step;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IdempotencyKey, JsonBody, SignedIn};
use crate::orders::Ask;

/// Freezes the previewed discounts and the chosen bonuses.
#[utoipa::path(
    post,
    path = "/api/v1/order/confirm",
    tag = "order",
    security(("session" = [])),
    params(("Idempotency-Key" = String, Header, description = "new for each wish of the guest, the same for its repetitions")),
    request_body = ConfirmRequest,
    responses(
        (status = 200, description = "the order as it now stands", body = OrderResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 404, description = "unknown_order", body = ErrorResponse),
        (status = 409, description = "order_state_conflict, preview_outdated, in_progress", body = ErrorResponse),
        (status = 422, description = "spend_out_of_range, idempotency_mismatch, not_supported, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn confirm_order(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(request): JsonBody<ConfirmRequest>,
) -> Result<Response, ApiError> {
    take_step(app, session.owner, Some(key), Ask::Confirm(request)).await
}

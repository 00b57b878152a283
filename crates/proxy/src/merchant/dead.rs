//! `GET /merchant/v1/webhooks/dead` and `POST /merchant/v1/webhooks/dead/{webhook_id}/resend`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::{ErrorCode, ErrorResponse};
use http::StatusCode;

use super::access::Merchant;
use super::body::{DeadWebhook, DeadWebhooksResponse, NothingMore};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IdempotencyKey, JsonBody, PathPart};
use crate::orders::OrderError;
use crate::store::idempotency::RequestKey;
use crate::webhooks::Revived;

/// What your server was not told, because it did not hear ten times in a row. It is kept for thirty days, unless the proxy's operator says otherwise.
#[utoipa::path(
    get,
    path = "/merchant/v1/webhooks/dead",
    tag = "webhooks",
    security(("key" = [])),
    responses(
        (status = 200, description = "the newest hundred", body = DeadWebhooksResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn list_dead_webhooks(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
) -> Result<Json<DeadWebhooksResponse>, ApiError> {
    let dead = app.courier.dead(&restaurant.config.id).await?;
    Ok(Json(DeadWebhooksResponse { webhooks: dead.into_iter().map(DeadWebhook::from).collect() }))
}

/// Sends one of them anew, under its own `webhook-id`, and as often as the first time.
#[utoipa::path(
    post,
    path = "/merchant/v1/webhooks/dead/{webhook_id}/resend",
    tag = "webhooks",
    security(("key" = [])),
    params(
        ("webhook_id" = String, Path, description = "as the list tells it"),
        ("Idempotency-Key" = String, Header, description = "new for each wish, the same for its repetitions"),
    ),
    request_body = NothingMore,
    responses(
        (status = 202, description = "it is on its way"),
        (status = 404, description = "invalid_request: the list has none of this name", body = ErrorResponse),
        (status = 422, description = "idempotency_mismatch", body = ErrorResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn resend_dead_webhook(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    PathPart(webhook_id): PathPart,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(NothingMore {}): JsonBody<NothingMore>,
) -> Result<StatusCode, ApiError> {
    let restaurant = restaurant.config.id.as_str();
    let key = RequestKey::of_merchant(restaurant, key);
    match app.courier.revive(restaurant, &key, &webhook_id).await? {
        Revived::OnItsWay => Ok(StatusCode::ACCEPTED),
        Revived::NoSuch => Err(ApiError::new(ErrorCode::InvalidRequest, "no such webhook was given up")
            .with_status(StatusCode::NOT_FOUND)),
        Revived::OtherRequest => Err(OrderError::IdempotencyMismatch.into()),
    }
}

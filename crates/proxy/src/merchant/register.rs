//! `POST /merchant/v1/orders`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use http::StatusCode;

use super::access::Merchant;
use super::body::{RegisterOrderRequest, RegisterOrderResponse};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IdempotencyKey, JsonBody};
use crate::handlers::order::to_the_end;
use crate::orders::registered::Registering;
use crate::store::idempotency::RequestKey;

/// Registers an order under your own name of it, or puts other contents in the place of the former ones. The same contents
/// again change nothing. The order keeps its token.
#[utoipa::path(
    post,
    path = "/merchant/v1/orders",
    tag = "orders",
    security(("key" = [])),
    params(("Idempotency-Key" = String, Header, description = "new for each wish, the same for its repetitions")),
    request_body = RegisterOrderRequest,
    responses(
        (status = 200, description = "the order was registered before", body = RegisterOrderResponse),
        (status = 201, description = "the order is new", body = RegisterOrderResponse),
        (status = 409, description = "order_state_conflict, in_progress", body = ErrorResponse),
        (status = 422, description = "idempotency_mismatch, empty_cart, invalid_cart, delivery_not_supported, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn register_order(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(request): JsonBody<RegisterOrderRequest>,
) -> Result<(StatusCode, Json<RegisterOrderResponse>), ApiError> {
    let RegisterOrderRequest { order_ref, cart, guest_phone, reset } = request;
    let asked = Registering { order_ref, cart, guest_phone, reset };
    let key = RequestKey::of_merchant(&restaurant.config.id, key);
    let work = {
        let app = Arc::clone(&app);
        async move { app.orders.register(&restaurant, &key, &asked).await }
    };
    let registered = to_the_end(&app, work).await?;
    let status = if registered.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(registered.into())))
}

//! `POST /merchant/v1/orders/{order_ref}/close`, `/abort` and `/refund`. What they refuse alike is told in `openapi.rs`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::order::OrderResponse;

use super::access::Merchant;
use super::body::{NothingMore, RefundOrderRequest};
use crate::app::{App, Restaurant};
use crate::error::ApiError;
use crate::extract::{IdempotencyKey, JsonBody, PathPart};
use crate::handlers::order::{answered, to_the_end};
use crate::orders::Ask;
use crate::store::idempotency::RequestKey;

/// The order is paid: what is frozen is written off, and the accrual is made.
#[utoipa::path(
    post,
    path = "/merchant/v1/orders/{order_ref}/close",
    tag = "orders",
    security(("key" = [])),
    params(
        ("order_ref" = String, Path, description = "your own name of the order"),
        ("Idempotency-Key" = String, Header, description = "new for each wish, the same for its repetitions"),
    ),
    request_body = NothingMore,
    responses((status = 200, description = "the order as it now stands", body = OrderResponse))
)]
pub(crate) async fn close_order(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    PathPart(order_ref): PathPart,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(NothingMore {}): JsonBody<NothingMore>,
) -> Result<Response, ApiError> {
    take_step(app, restaurant, order_ref, key, Ask::Close).await
}

/// The order is cancelled for good, and what is frozen returns. An order that no guest has had may be cancelled too.
#[utoipa::path(
    post,
    path = "/merchant/v1/orders/{order_ref}/abort",
    tag = "orders",
    security(("key" = [])),
    params(
        ("order_ref" = String, Path, description = "your own name of the order"),
        ("Idempotency-Key" = String, Header, description = "new for each wish, the same for its repetitions"),
    ),
    request_body = NothingMore,
    responses((status = 200, description = "the order as it now stands", body = OrderResponse))
)]
pub(crate) async fn abort_order(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    PathPart(order_ref): PathPart,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(NothingMore {}): JsonBody<NothingMore>,
) -> Result<Response, ApiError> {
    take_step(app, restaurant, order_ref, key, Ask::Abort).await
}

/// A closed order, or some of it, is taken back: what was written off returns, and the accrual is cancelled.
#[utoipa::path(
    post,
    path = "/merchant/v1/orders/{order_ref}/refund",
    tag = "orders",
    security(("key" = [])),
    params(
        ("order_ref" = String, Path, description = "your own name of the order"),
        ("Idempotency-Key" = String, Header, description = "new for each wish, the same for its repetitions"),
    ),
    request_body = RefundOrderRequest,
    responses((status = 200, description = "the order as it now stands", body = OrderResponse))
)]
pub(crate) async fn refund_order(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    PathPart(order_ref): PathPart,
    IdempotencyKey(key): IdempotencyKey,
    JsonBody(request): JsonBody<RefundOrderRequest>,
) -> Result<Response, ApiError> {
    match request.items {
        None => take_step(app, restaurant, order_ref, key, Ask::Refund).await,
        Some(items) => {
            let ask = move |order_id| Ask::RefundPart(order_id, items.clone());
            take_step(app, restaurant, order_ref, key, ask).await
        }
    }
}

/// Takes a step to its end, even if the restaurant's server hangs up in the middle of it.
async fn take_step(
    app: Arc<App>,
    restaurant: Arc<Restaurant>,
    order_ref: String,
    key: String,
    ask: impl Fn(String) -> Ask + Send + Sync + 'static,
) -> Result<Response, ApiError> {
    let key = RequestKey::of_merchant(&restaurant.config.id, key);
    let work = {
        let app = Arc::clone(&app);
        async move { app.orders.take_step_of(&restaurant, &order_ref, &key, ask).await }
    };
    to_the_end(&app, work).await.map(answered)
}

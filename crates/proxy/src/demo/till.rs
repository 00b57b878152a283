//! The demo's till, which closes a paid order, or takes it back, as the restaurant's own would.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use contract::order::OrderRequest;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::JsonBody;
use crate::handlers::order::take_step;
use crate::orders::Ask;

/// `POST /demo/till/close`: the order is paid. May be repeated.
pub(super) async fn close_order(
    State(app): State<Arc<App>>,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Response, ApiError> {
    take(app, &request.order_id, Ask::Close(request.order_id.clone())).await
}

/// `POST /demo/till/refund`: the paid order is taken back whole. May be repeated.
pub(super) async fn refund_order(
    State(app): State<Arc<App>>,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Response, ApiError> {
    take(app, &request.order_id, Ask::Refund(request.order_id.clone())).await
}

async fn take(app: Arc<App>, order_id: &str, ask: Ask) -> Result<Response, ApiError> {
    let owner = app.orders.owner_of(order_id).await?;
    take_step(app, owner, None, ask).await
}

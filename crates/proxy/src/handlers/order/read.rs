//! `GET /api/v1/order/{order_id}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::order::OrderResponse;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::{PathPart, SignedIn};

/// An order as it stands. A confirm whose answer was lost is settled with the loyalty system
/// first, and what has fallen off by itself is open again.
#[utoipa::path(
    get,
    path = "/api/v1/order/{order_id}",
    tag = "order",
    security(("session" = [])),
    params(("order_id" = String, Path, description = "as the first preview named it")),
    responses(
        (status = 200, description = "the order", body = OrderResponse),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 404, description = "unknown_order", body = ErrorResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn read_order(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
    PathPart(order_id): PathPart,
) -> Result<Json<OrderResponse>, ApiError> {
    let restaurant = app.restaurant_of(&session.owner)?;
    let order = app.orders.read(&restaurant, &session.owner, &order_id).await?;
    Ok(Json(app.orders.told(&restaurant, &order)))
}

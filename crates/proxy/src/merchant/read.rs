//! `GET /merchant/v1/orders/{order_ref}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;

use super::access::Merchant;
use super::body::MerchantOrderResponse;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::PathPart;

/// A registered order as it stands. A step whose answer was lost is settled with the loyalty system first, where that can
/// be done.
#[utoipa::path(
    get,
    path = "/merchant/v1/orders/{order_ref}",
    tag = "orders",
    security(("key" = [])),
    params(("order_ref" = String, Path, description = "your own name of the order")),
    responses(
        (status = 200, description = "the order", body = MerchantOrderResponse),
        (status = 404, description = "unknown_order", body = ErrorResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn read_order(
    State(app): State<Arc<App>>,
    Merchant(restaurant): Merchant,
    PathPart(order_ref): PathPart,
) -> Result<Json<MerchantOrderResponse>, ApiError> {
    Ok(Json(app.orders.read_registered(&restaurant, &order_ref).await?.into()))
}

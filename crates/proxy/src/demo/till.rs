//! The demo's till, which closes a paid order, or takes it back, as the restaurant's own would: by a call to the proxy
//! where the loyalty system has one, else at the loyalty system's own till.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use contract::error::ErrorCode;
use contract::order::OrderRequest;
use upstream::program::Finish;

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
    let owner = app.orders.owner_of(&request.order_id).await?;
    let restaurant = app.restaurant_of(&owner)?;
    if restaurant.program.capabilities().finish == Finish::ByCall {
        return take_step(Arc::clone(&app), owner, None, Ask::Close(request.order_id)).await;
    }
    let order = app.orders.read(restaurant, &owner, &request.order_id).await?;
    pay_there(&app, order.reference.clone()).await?;
    // Nobody tells the proxy that the till was paid.
    Ok(Json(app.orders.told(restaurant, &order)).into_response())
}

async fn pay_there(app: &App, order_number: Option<String>) -> Result<(), ApiError> {
    let refused = |message: &str| ApiError::new(ErrorCode::OrderStateConflict, message);
    let (Some(demo), Some(number)) = (&app.demo, order_number) else {
        return Err(refused("the restaurant has no such order"));
    };
    let sandbox = demo.sandbox.clone();
    let paid = tokio::task::spawn_blocking(move || sandbox.pay_at_the_till(&number)).await;
    match paid {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(refused(&error.to_string())),
        Err(_) => Err(ApiError::new(ErrorCode::Internal, "the till failed")),
    }
}

/// `POST /demo/till/refund`: the paid order is taken back whole. May be repeated.
pub(super) async fn refund_order(
    State(app): State<Arc<App>>,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Response, ApiError> {
    let owner = app.orders.owner_of(&request.order_id).await?;
    take_step(app, owner, None, Ask::Refund(request.order_id)).await
}

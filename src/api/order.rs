//! `order/confirm`, `order/reset`, `order/cancel`, `order/{id}`.

use contract::browser::Json;
use contract::order::{ConfirmRequest, OrderRequest, OrderResponse};

use super::client::Client;
use crate::state::Failure;

/// Confirms what was previewed.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn confirm(client: &Client, key: &str, request: ConfirmRequest) -> Result<OrderResponse, Failure> {
    client.post("/order/confirm", request.write(), Some(key)).await
}

/// Returns what is frozen; the order stays open.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn reset(client: &Client, key: &str, order_id: String) -> Result<OrderResponse, Failure> {
    client.post("/order/reset", OrderRequest { order_id }.write(), Some(key)).await
}

/// Cancels the order for good.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn cancel(client: &Client, key: &str, order_id: String) -> Result<OrderResponse, Failure> {
    client.post("/order/cancel", OrderRequest { order_id }.write(), Some(key)).await
}

/// Asks where the order stands.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn read_order(client: &Client, order_id: String) -> Result<OrderResponse, Failure> {
    client.get(&["/order/", &order_id].concat()).await
}

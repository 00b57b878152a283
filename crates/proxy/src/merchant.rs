//! The API of restaurants' own servers: registering orders, and what becomes of them. One file per verb; each reads the
//! request, calls a service and writes the answer.
//!
//! Nothing here is for a browser: the key that opens it must not be in one.

mod access;
mod body;
mod dead;
pub(crate) mod openapi;
mod read;
mod register;
mod steps;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The paths.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/orders", post(register::register_order))
        .route("/v1/orders/{order_ref}", get(read::read_order))
        .route("/v1/orders/{order_ref}/close", post(steps::close_order))
        .route("/v1/orders/{order_ref}/abort", post(steps::abort_order))
        .route("/v1/orders/{order_ref}/refund", post(steps::refund_order))
        .route("/v1/webhooks/dead", get(dead::list_dead_webhooks))
        .route("/v1/webhooks/dead/{webhook_id}/resend", post(dead::resend_dead_webhook))
        .route("/openapi.json", get(openapi::read_description))
}

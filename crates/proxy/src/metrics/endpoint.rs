//! `GET /metrics`, on an address of its own: what it tells is the operator's business.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;

use super::Metrics;

/// The router of the metrics' address.
pub(crate) fn router(metrics: Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(read_metrics)).with_state(metrics)
}

async fn read_metrics(State(metrics): State<Arc<Metrics>>) -> Response {
    let form = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, form), (header::CACHE_CONTROL, "no-store")], metrics.text()).into_response()
}

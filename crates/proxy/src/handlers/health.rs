//! `GET /healthz` and `GET /readyz`

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;

use crate::app::App;
use crate::error::ApiError;

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "the process runs")))]
pub(crate) async fn read_health() -> &'static str {
    "ok"
}

/// The process can serve: its store answers.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    responses((status = 200, description = "the store answers"), (status = 503, description = "it does not"))
)]
pub(crate) async fn read_readiness(
    State(app): State<Arc<App>>,
) -> Result<(StatusCode, &'static str), ApiError> {
    app.store.ping().await?;
    Ok((StatusCode::OK, "ready"))
}

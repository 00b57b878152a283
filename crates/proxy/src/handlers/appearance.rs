//! `GET /api/v1/appearance/{restaurant}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use contract::appearance::AppearanceResponse;
use contract::error::ErrorResponse;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::PathPart;

/// For how long a browser need not ask again; so long a changed configuration takes to reach a guest who was there before.
const KEEP: &str = "public, max-age=60";

/// How a restaurant's widget speaks and looks.
#[utoipa::path(
    get,
    path = "/api/v1/appearance/{restaurant}",
    tag = "login",
    params(("restaurant" = String, Path, description = "its name in the proxy's configuration")),
    responses(
        (status = 200, description = "its languages, theme and texts", body = AppearanceResponse),
        (status = 404, description = "unknown_restaurant", body = ErrorResponse),
    )
)]
pub(crate) async fn read_appearance(
    State(app): State<Arc<App>>,
    PathPart(restaurant): PathPart,
) -> Result<impl IntoResponse, ApiError> {
    let restaurant = app.restaurant(&restaurant)?;
    Ok(([(header::CACHE_CONTROL, KEEP)], Json(restaurant.config.appearance.clone())))
}

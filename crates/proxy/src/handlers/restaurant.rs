//! `GET /api/v1/restaurant/{restaurant}`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use contract::error::ErrorResponse;
use contract::restaurant::RestaurantResponse;

use crate::app::App;
use crate::error::ApiError;

/// What a restaurant's pages need before anybody has logged in.
#[utoipa::path(
    get,
    path = "/api/v1/restaurant/{restaurant}",
    tag = "login",
    params(("restaurant" = String, Path, description = "its name in the proxy's configuration")),
    responses(
        (status = 200, description = "the restaurant", body = RestaurantResponse),
        (status = 404, description = "unknown_restaurant", body = ErrorResponse),
    )
)]
pub(crate) async fn read_restaurant(
    State(app): State<Arc<App>>,
    Path(restaurant): Path<String>,
) -> Result<Json<RestaurantResponse>, ApiError> {
    let restaurant = app.restaurant(&restaurant)?;
    let config = &restaurant.config;
    Ok(Json(RestaurantResponse {
        restaurant: config.id.clone(),
        name: config.name.clone(),
        currency: config.currency.clone(),
        login_keys: config.login_keys.clone(),
    }))
}

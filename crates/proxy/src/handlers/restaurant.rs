//! `GET /api/v1/restaurant/{restaurant}`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use contract::error::ErrorResponse;
use contract::restaurant::RestaurantResponse;
use http::header;

use crate::app::App;
use crate::edge::session_cookie::{self, SessionCookies};
use crate::error::ApiError;

/// What a restaurant's pages need before anybody has logged in, and whether the guest's cookie says that somebody has.
#[utoipa::path(
    get,
    path = "/api/v1/restaurant/{restaurant}",
    tag = "login",
    params(("restaurant" = String, Path, description = "its name in the proxy's configuration")),
    responses(
        (status = 200, description = "the restaurant", body = RestaurantResponse),
        (status = 404, description = "unknown_restaurant", body = ErrorResponse),
        (status = 503, description = "store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn read_restaurant(
    State(app): State<Arc<App>>,
    Path(restaurant): Path<String>,
    cookies: SessionCookies,
) -> Result<Response, ApiError> {
    let restaurant = app.restaurant(&restaurant)?;
    let config = &restaurant.config;
    let session = match cookies.token(config) {
        Some(token) => {
            app.sessions.find(token).await?.filter(|session| session.owner.restaurant == config.id)
        }
        None => None,
    };
    let logged_in = session.is_some();
    let mut response = Json(RestaurantResponse {
        restaurant: config.id.clone(),
        name: config.name.clone(),
        currency: config.currency.clone(),
        login_keys: config.login_keys.clone(),
        logged_in,
    })
    .into_response();
    let has_ended = !logged_in && cookies.token(config).is_some();
    let gone = has_ended.then(|| session_cookie::take_back(&config.id)).flatten();
    for cookie in [gone, cookies.probe(config)].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

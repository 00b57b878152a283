//! `POST /api/v1/login/start`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::login::{StartLoginRequest, StartLoginResponse};

use crate::app::App;
use crate::error::ApiError;
use crate::extract::JsonBody;

/// Sends a login code to a phone. The answer is the same for known and unknown phones.
#[utoipa::path(
    post,
    path = "/api/v1/login/start",
    tag = "login",
    request_body = StartLoginRequest,
    responses(
        (status = 200, description = "a code is on its way", body = StartLoginResponse),
        (status = 400, description = "invalid_request", body = ErrorResponse),
        (status = 404, description = "unknown_restaurant", body = ErrorResponse),
        (status = 422, description = "invalid_phone, country_not_allowed", body = ErrorResponse),
        (status = 429, description = "resend_too_early", body = ErrorResponse),
        (status = 503, description = "sms_not_sent, store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn start_login(
    State(app): State<Arc<App>>,
    JsonBody(request): JsonBody<StartLoginRequest>,
) -> Result<Json<StartLoginResponse>, ApiError> {
    let restaurant = app.restaurant(&request.restaurant)?;
    Ok(Json(app.login.start(&restaurant.config, &request.phone).await?))
}

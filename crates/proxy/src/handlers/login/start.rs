//! `POST /api/v1/login/start`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::login::{Embedding, StartLoginRequest, StartLoginResponse};

use crate::app::App;
use crate::auth::login::CodeAsked;
use crate::client_address::ClientAddress;
use crate::edge::origin::Page;
use crate::error::ApiError;
use crate::extract::JsonBody;
use crate::sms::text::Bound;

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
        (status = 429, description = "resend_too_early, too_many_requests", body = ErrorResponse),
        (status = 503, description = "sms_not_sent, store_unavailable", body = ErrorResponse),
    )
)]
pub(crate) async fn start_login(
    State(app): State<Arc<App>>,
    ClientAddress(address): ClientAddress,
    page: Page,
    JsonBody(request): JsonBody<StartLoginRequest>,
) -> Result<Json<StartLoginResponse>, ApiError> {
    let restaurant = app.restaurant(&request.restaurant)?;
    page.may_use(&restaurant.config)?;
    let public_origin = app.live().public_origin.clone();
    let embedding = request.embedding.unwrap_or(Embedding::Page);
    let bound = request.page_origin.as_deref().and_then(|page| {
        Bound::to(page, embedding, &restaurant.config.allowed_origins, public_origin.as_deref())
    });
    let asked = CodeAsked {
        restaurant: &restaurant.config,
        delivery: &restaurant.delivery,
        program: restaurant.program.as_ref(),
        phone: &request.phone,
        bound,
        address,
    };
    Ok(Json(app.login.start(asked).await?))
}

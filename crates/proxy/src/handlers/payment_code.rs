//! `POST /api/v1/payment-code`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::error::ErrorResponse;
use contract::payment_code::PaymentCodeResponse;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::SignedIn;

/// A one-time code by which the guest pays at the till.
#[utoipa::path(
    post,
    path = "/api/v1/payment-code",
    tag = "guest",
    security(("session" = [])),
    responses(
        (status = 200, description = "the code", body = PaymentCodeResponse),
        (status = 401, description = "not_logged_in", body = ErrorResponse),
        (status = 422, description = "not_supported, not_a_member, upstream_refused", body = ErrorResponse),
        (status = 502, description = "upstream_malformed", body = ErrorResponse),
        (status = 503, description = "upstream_unavailable, store_unavailable", body = ErrorResponse),
        (status = 504, description = "upstream_timeout", body = ErrorResponse),
    )
)]
pub(crate) async fn issue_payment_code(
    State(app): State<Arc<App>>,
    SignedIn(session): SignedIn,
) -> Result<Json<PaymentCodeResponse>, ApiError> {
    let restaurant = app.member_restaurant(&session).await?;
    let code = restaurant.program.payment_code(&session.owner.guest).await?;
    Ok(Json(PaymentCodeResponse { code: code.digits, ttl_s: code.ttl_s }))
}

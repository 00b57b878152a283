//! Orders: read one, and the steps that change one.

pub(crate) mod cancel;
pub(crate) mod confirm;
pub(crate) mod read;
pub(crate) mod reset;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use contract::error::ErrorCode;
use http::{StatusCode, header};
use tracing::Instrument;

use crate::app::App;
use crate::error::ApiError;
use crate::orders::Ask;
use crate::orders::order::Owner;

/// Takes a step to its end, even if the guest's browser hangs up in the middle of it.
pub(crate) async fn take_step(
    app: Arc<App>,
    owner: Owner,
    key: Option<String>,
    ask: Ask,
) -> Result<Response, ApiError> {
    let work = async move {
        let restaurant = app.restaurant_of(&owner)?;
        Ok(app.orders.take_step(restaurant, &owner, key.as_deref(), &ask).await?)
    };
    let answer = tokio::spawn(work.in_current_span()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a step was broken off");
        Err(ApiError::new(ErrorCode::Internal, "the proxy failed"))
    })?;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok((status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response())
}

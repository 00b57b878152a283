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
use crate::orders::order::Owner;
use crate::orders::{Ask, OrderError};
use crate::store::idempotency::{RequestKey, StoredAnswer};

/// Takes a step to its end, even if the guest's browser hangs up in the middle of it.
pub(crate) async fn take_step(
    app: Arc<App>,
    owner: Owner,
    key: Option<String>,
    ask: Ask,
) -> Result<Response, ApiError> {
    let restaurant = app.restaurant_of(&owner)?;
    let key = key.map(|key| RequestKey::of_guest(&owner, key));
    let work = {
        let app = Arc::clone(&app);
        async move {
            let taken = app.orders.take_step(&restaurant, &owner, key.as_ref(), &ask).await;
            if matches!(ask, Ask::Confirm(_)) {
                app.metrics.spent(result_of(&taken));
            }
            taken
        }
    };
    to_the_end(&app, work).await.map(answered)
}

/// Does work to its end, even if whoever asked for it hangs up in the middle of it.
pub(crate) async fn to_the_end<T: Send + 'static>(
    app: &App,
    work: impl Future<Output = Result<T, OrderError>> + Send + 'static,
) -> Result<T, ApiError> {
    // Whoever stops the proxy waits for this.
    let under_way = Arc::clone(&app.steps).read_owned().await;
    let work = async move {
        let done = work.await;
        drop(under_way);
        done.map_err(ApiError::from)
    };
    tokio::spawn(work.in_current_span()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a step was broken off");
        Err(ApiError::new(ErrorCode::Internal, "the proxy failed"))
    })
}

/// A kept answer as it is sent.
pub(crate) fn answered(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response()
}

/// How a confirm ended, in the words of the metrics. An answer that is given again counts again.
fn result_of(taken: &Result<StoredAnswer, OrderError>) -> &'static str {
    match taken {
        Ok(answer) if answer.status == 200 => "confirmed",
        Ok(_) => "refused",
        Err(OrderError::Upstream(error)) if error.in_doubt() => "in_doubt",
        Err(OrderError::Upstream(_)) => "not_sent",
        Err(OrderError::Store(_) | OrderError::Entropy(_)) => "failed",
        Err(_) => "rejected",
    }
}

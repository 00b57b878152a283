//! How much is worked on at once. Who comes beyond that is asked to come back, at once, instead of waiting in a queue
//! whose end nobody lives to see. Whether the process is alive is told in any case.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request};
use contract::error::ErrorCode;
use tokio::sync::{OwnedSemaphorePermit, TryAcquireError};

use crate::app::App;
use crate::error::ApiError;
use crate::live::Live;

/// Seconds after which whoever was turned away may come back.
const RETRY_AFTER_S: u32 = 1;

/// What is answered however much is to be done.
const ALWAYS: [&str; 2] = ["/healthz", "/readyz"];

/// A slot for the request, to be held while it is worked on; none where it needs none.
///
/// # Errors
/// Where there is none left.
pub(crate) fn slot(
    app: &App,
    live: &Live,
    request: &Request,
) -> Result<Option<OwnedSemaphorePermit>, TryAcquireError> {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    if route.is_some_and(|route| ALWAYS.contains(&route)) {
        return Ok(None);
    }
    Arc::clone(&live.slots).try_acquire_owned().map(Some).inspect_err(|_| app.metrics.shed())
}

/// Asks a request to come back.
pub(crate) fn busy() -> ApiError {
    let mut busy = ApiError::new(ErrorCode::UpstreamUnavailable, "too much is asked for at once: come back");
    busy.body.retry_after_s = Some(RETRY_AFTER_S);
    busy
}

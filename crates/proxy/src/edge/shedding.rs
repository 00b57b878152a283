//! How much is worked on at once. Who comes beyond that is asked to come back, at once, instead of waiting in a queue
//! whose end nobody lives to see. Whether the process is alive is told in any case.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ErrorCode;

use crate::app::App;
use crate::error::ApiError;

/// Seconds after which whoever was turned away may come back.
const RETRY_AFTER_S: u32 = 1;

/// What is answered however much is to be done.
const ALWAYS: [&str; 2] = ["/healthz", "/readyz"];

/// Takes a slot for the request, or asks it to come back.
pub(crate) async fn shed(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    if route.is_some_and(|route| ALWAYS.contains(&route)) {
        return next.run(request).await;
    }
    let slots = Arc::clone(&app.live().slots);
    let Ok(_slot) = slots.try_acquire_owned() else {
        app.metrics.shed();
        let mut busy =
            ApiError::new(ErrorCode::UpstreamUnavailable, "too much is asked for at once: come back");
        busy.body.retry_after_s = Some(RETRY_AFTER_S);
        return busy.into_response();
    };
    next.run(request).await
}

//! What happens to every request: a name in the log, a place in the metrics, headers that forbid what no browser should do,
//! room, a judgement on the page it comes from, a limit of time, an answer even to a panic. Two layers do all of it, for
//! each layer costs every request.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ErrorCode;
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, StatusCode};
use tokio::time::Instant;
use tracing::Instrument;

use crate::app::App;
use crate::edge::{framing, origin, shedding};
use crate::error::{ApiError, StoreFailed};

/// Names the request in the log and in the answer, logs and counts its outcome, and answers a panic. The log shows method, route and
/// status; never a header or a body, nor a path that is no route of ours, because anything may stand in it.
pub(crate) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = app.new_request_id();
    let began = Instant::now();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("unknown", MatchedPath::as_str);
    let method = request.method().clone();
    // An error's line must name its request also where nothing but errors is logged.
    let span = tracing::error_span!("request", id, %method, route);
    let work = async move {
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let response = answer.unwrap_or_else(|_| {
            tracing::error!("a handler panicked");
            ApiError::new(ErrorCode::Internal, "the proxy failed").into_response()
        });
        tracing::info!(status = response.status().as_u16(), "answered");
        response
    };
    let mut response = work.instrument(span).await;
    framing::add_security_headers(response.headers_mut());
    app.metrics.answered(route, &method, response.status(), began.elapsed());
    if response.extensions().get::<StoreFailed>().is_some() {
        app.metrics.store_failed();
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Lets a request through for which there is room and whose page may ask, and ends it if it takes too long.
pub(crate) async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let live = app.live();
    let Ok(_slot) = shedding::slot(&app, &live, &request) else { return shedding::busy().into_response() };
    if let Some(refused) = origin::refuse_stranger(&live, &request) {
        return refused.into_response();
    }
    match tokio::time::timeout(live.request_limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(ErrorCode::UpstreamTimeout, "the request took too long")
            .with_status(StatusCode::GATEWAY_TIMEOUT)
            .into_response(),
    }
}

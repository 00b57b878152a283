//! What happens to every request: a name in the log, a limit of time, an answer even to a panic, careful headers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ErrorCode;
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, StatusCode, header};
use tracing::Instrument;

use crate::app::App;
use crate::error::ApiError;

/// Names the request in the log and in the answer, logs its outcome, and answers a panic. The log shows method, route and
/// status; never a header or a body, nor a path that is no route of ours, because anything may stand in it.
pub(crate) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = app.new_request_id();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str);
    let span = tracing::info_span!("request", id, method = %request.method(), route);
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
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Ends a request that takes too long.
pub(crate) async fn limit_time(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(app.request_limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(ErrorCode::UpstreamTimeout, "the request took too long")
            .with_status(StatusCode::GATEWAY_TIMEOUT)
            .into_response(),
    }
}

/// Forbids what a browser should never do with our answers. An answer that says nothing about caching is not kept.
pub(crate) async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

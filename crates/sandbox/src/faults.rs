//! What a test may let go wrong, by path and for a number of requests.
//!
//! Owns the list of faults and the layer that applies them; must not know the operations: what it spoils is their
//! finished answer, or the request before it reaches them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;

mod broken_body;
mod wrong_types;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This status with an empty body, before the operation. What is no status becomes 500.
    Status(u16),
    /// Status 400 with the documented error body, before the operation: code and message.
    PlaziusError(&'static str, &'static str),
    /// Status 200 with a page of HTML, before the operation.
    Html,
    /// The operation is done; half of its answer is sent.
    TruncatedBody,
    /// The operation is done; its status is sent without a body.
    EmptyBody,
    /// The operation is done after this time.
    Delay(Duration),
    /// The connection breaks before the operation.
    DropBefore,
    /// The operation is done; the connection breaks before its answer is sent.
    DropAfterCommit,
    /// The operation is done; every number of its answer is sent as a text.
    WrongTypes,
}

/// A fault that waits for its requests.
#[derive(Debug)]
struct Pending {
    path_suffix: String,
    fault: Fault,
    times_left: u32,
}

/// The faults that wait for their requests. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    pending: Arc<Mutex<Vec<Pending>>>,
}

impl Faults {
    /// Lets the next `times` requests whose path ends in `path_suffix` go wrong. Faults for the same path follow one
    /// another.
    pub fn inject(&self, path_suffix: &str, fault: Fault, times: u32) {
        self.lock().push(Pending { path_suffix: path_suffix.to_owned(), fault, times_left: times });
    }

    /// Forgets every fault that still waits.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn take(&self, path: &str) -> Option<Fault> {
        let mut pending = self.lock();
        pending.retain(|one| one.times_left > 0);
        let next = pending.iter_mut().find(|one| path.ends_with(&one.path_suffix))?;
        next.times_left -= 1;
        Some(next.fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the faults before every route of `router`.
pub(crate) fn layer(router: Router, faults: Faults) -> Router {
    router.layer(from_fn_with_state(faults, apply))
}

async fn apply(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let Some(fault) = faults.take(request.uri().path()) else {
        return next.run(request).await;
    };
    match fault {
        Fault::Status(code) => {
            StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
        Fault::PlaziusError(code, message) => {
            let body = serde_json::json!({ "error": { "code": code, "message": message } });
            (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
        }
        Fault::Html => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], "<!doctype html><h1>It works!</h1>")
                .into_response()
        }
        Fault::DropBefore => broken_body::response(),
        Fault::Delay(time) => {
            tokio::time::sleep(time).await;
            next.run(request).await
        }
        Fault::DropAfterCommit => {
            // Dropped unread, the answer is lost after what it tells of is done.
            drop(next.run(request).await);
            broken_body::response()
        }
        Fault::TruncatedBody => spoiled(next.run(request).await, |body| body.slice(..body.len() / 2)).await,
        Fault::EmptyBody => spoiled(next.run(request).await, |_| Bytes::new()).await,
        Fault::WrongTypes => spoiled(next.run(request).await, wrong_types::spoil).await,
    }
}

async fn spoiled(response: Response, spoil: impl FnOnce(Bytes) -> Bytes) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    match body.collect().await {
        Ok(whole) => Response::from_parts(parts, Body::from(spoil(whole.to_bytes()))),
        Err(_) => broken_body::response(),
    }
}

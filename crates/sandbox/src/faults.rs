//! What a test may let go wrong, by path and for a number of requests.
//!
//! Owns the list of faults and the layer that applies them; must not know the operations: what it spoils is their
//! finished answer, or the request before it reaches them.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

mod broken_body;
mod whole_millis;
mod wrong_types;

/// A fault, in JSON as `"html"` or `{"status": 503}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// This status with an empty body, before the operation. What is no status becomes 500.
    #[serde(deserialize_with = "final_status")]
    Status(u16),
    /// Status 400 with the documented error body, before the operation.
    PlaziusError(PlaziusError),
    /// Status 200 with a page of HTML, before the operation.
    Html,
    /// The operation is done; half of its answer is sent.
    TruncatedBody,
    /// The operation is done; its status is sent without a body.
    EmptyBody,
    /// The operation is done after this time.
    #[serde(rename = "delay_ms", with = "whole_millis")]
    Delay(Duration),
    /// The connection breaks before the operation.
    DropBefore,
    /// The operation is done; the connection breaks before its answer is sent.
    DropAfterCommit,
    /// The operation is done; every number of its answer is sent as a text.
    WrongTypes,
}

/// A documented error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaziusError {
    code: Cow<'static, str>,
    /// For developers.
    message: Cow<'static, str>,
}

impl Fault {
    /// The documented error of this code.
    #[must_use]
    pub const fn plazius_error(code: &'static str, message: &'static str) -> Self {
        Self::PlaziusError(PlaziusError { code: Cow::Borrowed(code), message: Cow::Borrowed(message) })
    }
}

/// A fault that waits for its requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pending {
    #[serde(rename = "path")]
    path_suffix: String,
    fault: Fault,
    #[serde(rename = "times")]
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

    /// Whether every fault has met its requests.
    #[must_use]
    pub fn are_taken(&self) -> bool {
        self.pending().is_empty()
    }

    /// Those that still wait, in the order they were injected.
    pub(crate) fn pending(&self) -> Vec<Pending> {
        self.lock().iter().filter(|one| one.times_left > 0).cloned().collect()
    }

    fn take(&self, path: &str) -> Option<Fault> {
        let mut pending = self.lock();
        pending.retain(|one| one.times_left > 0);
        let next = pending.iter_mut().find(|one| path.ends_with(&one.path_suffix))?;
        next.times_left -= 1;
        Some(next.fault.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A status that ends an exchange: 200 to 599.
fn final_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    if (200..=599).contains(&status) {
        return Ok(status);
    }
    Err(D::Error::invalid_value(Unexpected::Unsigned(status.into()), &"a status of 200 to 599"))
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
        Fault::PlaziusError(error) => {
            let body = serde_json::json!({ "error": error });
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

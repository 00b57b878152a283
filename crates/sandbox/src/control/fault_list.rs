//! `/sandbox/faults`: what shall go wrong, by path and for a number of requests.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::Control;
use super::body::Body;
use crate::control::error::ControlError;
use crate::faults::{Fault, Pending};

#[derive(Serialize)]
pub(super) struct FaultsResponse {
    /// In the order they were added.
    faults: Vec<Pending>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddRequest {
    path: String,
    fault: Fault,
    #[serde(default = "once")]
    times: u32,
}

const fn once() -> u32 {
    1
}

pub(super) async fn show(State(control): State<Control>) -> Json<FaultsResponse> {
    Json(FaultsResponse { faults: control.faults.pending() })
}

/// Adds a fault behind those that wait already.
pub(super) async fn add(
    State(control): State<Control>,
    Body(request): Body<AddRequest>,
) -> Result<(StatusCode, Json<FaultsResponse>), ControlError> {
    if request.times == 0 {
        return Err(ControlError::invalid("times", "at least 1"));
    }
    control.faults.inject(&request.path, request.fault, request.times);
    Ok((StatusCode::CREATED, Json(FaultsResponse { faults: control.faults.pending() })))
}

/// Forgets all that wait.
pub(super) async fn clear(State(control): State<Control>) -> Json<FaultsResponse> {
    control.faults.clear();
    Json(FaultsResponse { faults: control.faults.pending() })
}

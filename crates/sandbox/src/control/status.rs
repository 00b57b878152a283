//! `GET /sandbox`: what this is, so that nobody takes it for the real thing.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::store::settings;

#[derive(Serialize)]
pub(super) struct StatusResponse {
    system: &'static str,
    is_production: bool,
    version: &'static str,
    /// The seed the books began with; absent in books of a version that did not write it down.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    is_control_read_only: bool,
}

pub(super) async fn show(State(control): State<Control>) -> Result<Json<StatusResponse>, ControlError> {
    off_the_async_threads(move || {
        Ok(StatusResponse {
            system: "loyalty-sandbox",
            is_production: false,
            version: env!("CARGO_PKG_VERSION"),
            seed: control.store.read(settings::seed)?,
            is_control_read_only: control.access.is_read_only,
        })
    })
    .await
}

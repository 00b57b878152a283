//! `GET /sandbox/check`: whether the books hold together.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::{Control, off_the_async_threads};
use crate::books::Report;
use crate::control::error::ControlError;

#[derive(Serialize)]
pub(super) struct CheckResponse {
    is_sound: bool,
    guests: u64,
    orders: u64,
    bonus_entries: u64,
    violations: Vec<String>,
}

pub(super) async fn show(State(control): State<Control>) -> Result<Json<CheckResponse>, ControlError> {
    off_the_async_threads(move || {
        let Report { guests, orders, bonus_entries, violations } = control.store.read(Report::of)?;
        Ok(CheckResponse { is_sound: violations.is_empty(), guests, orders, bonus_entries, violations })
    })
    .await
}

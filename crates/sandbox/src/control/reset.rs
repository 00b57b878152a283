//! `POST /sandbox/reset`: the books as they were when they were new.

use axum::Json;
use axum::extract::State;
use jiff::SignedDuration;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::programmes;
use crate::seed::Seed;
use crate::store::{self, settings};

/// An empty object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetRequest {}

#[derive(Serialize)]
pub(super) struct ResetResponse {
    seed: &'static str,
}

/// In one transaction everything goes, tokens too, and the seed comes. The first network keeps the programme in force.
/// The clock is the machine's again; no fault waits.
pub(super) async fn reset(
    State(control): State<Control>,
    Body(ResetRequest {}): Body<ResetRequest>,
) -> Result<Json<ResetResponse>, ControlError> {
    off_the_async_threads(move || {
        let seed = control.store.transact(|tx| replant(&control, tx))?;
        control.faults.clear();
        Ok(ResetResponse { seed: seed.name() })
    })
    .await
}

fn replant(control: &Control, tx: &Transaction<'_>) -> Result<Seed, ControlError> {
    let seed = match settings::seed(tx)? {
        Some(name) => name.parse().map_err(|_| store::StoreError::Corrupt(format!("seed {name}")))?,
        None => control.seed,
    };
    if let Seed::Large { .. } = seed {
        return Err(ControlError::Impossible(
            "the large seed takes minutes: start anew in another folder".to_owned(),
        ));
    }
    let programme = programmes::first(tx)?;
    // Time goes back only where it was moved by this control.
    let shift = SignedDuration::from_millis(control.clock.shift_ms().unwrap_or(0));
    let now = control
        .clock
        .now()
        .saturating_sub(shift)
        .map_err(|error| ControlError::Internal(error.to_string()))?;
    store::clear(tx)?;
    seed.write(tx, Some(&programme), now, |_| ())?;
    control.programmes.reload(tx)?;
    control.clock.advance(-shift);
    Ok(seed)
}

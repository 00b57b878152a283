//! `/sandbox/clock`: the sandbox's time, read, set and advanced. The books keep how far it is ahead of the machine's.

use axum::Json;
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::store::settings;

/// The first and the last second the clock may show, since 1970: the years 2000 to 2999. Every sum of a moment and a
/// programme's hours is a moment too.
const SHOWN_S: std::ops::Range<i64> = 946_684_800..32_503_680_000;

#[derive(Serialize)]
pub(super) struct ClockResponse {
    now: Timestamp,
    /// Milliseconds ahead of the machine's clock; absent where the clock does not run with the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    shift_ms: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetRequest {
    now: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdvanceRequest {
    seconds: u64,
}

pub(super) async fn show(State(control): State<Control>) -> Json<ClockResponse> {
    Json(shown(&control))
}

/// Lets the clock run on from a moment, before or after its own.
pub(super) async fn set(
    State(control): State<Control>,
    Body(request): Body<SetRequest>,
) -> Result<Json<ClockResponse>, ControlError> {
    off_the_async_threads(move || move_hands(&control, "now", |now| Some(request.now.duration_since(now))))
        .await
}

/// Lets time pass.
pub(super) async fn advance(
    State(control): State<Control>,
    Body(request): Body<AdvanceRequest>,
) -> Result<Json<ClockResponse>, ControlError> {
    off_the_async_threads(move || {
        let by = i64::try_from(request.seconds).ok().map(SignedDuration::from_secs);
        move_hands(&control, "seconds", |_| by)
    })
    .await
}

fn shown(control: &Control) -> ClockResponse {
    ClockResponse { now: control.clock.now(), shift_ms: control.clock.shift_ms() }
}

/// Moves the clock by what `by` makes of the time it shows. The transaction lets one move end before the next begins.
fn move_hands(
    control: &Control,
    field: &str,
    by: impl FnOnce(Timestamp) -> Option<SignedDuration>,
) -> Result<ClockResponse, ControlError> {
    control.store.transact(|tx| {
        let now = control.clock.now();
        let step = by(now)
            .filter(|step| now.checked_add(*step).is_ok_and(|then| SHOWN_S.contains(&then.as_second())))
            .ok_or_else(|| ControlError::invalid(field, "the clock shows the years 2000 to 2999"))?;
        if let Some(shift_ms) = control.clock.shift_ms() {
            let step_ms = i64::try_from(step.as_millis())
                .map_err(|_| ControlError::Internal("a step of a millennium fits".to_owned()))?;
            settings::set_clock_shift_ms(tx, shift_ms + step_ms)?;
        }
        if control.clock.advance(step) {
            Ok(shown(control))
        } else {
            Err(ControlError::Impossible("this sandbox goes by the machine's clock".to_owned()))
        }
    })
}

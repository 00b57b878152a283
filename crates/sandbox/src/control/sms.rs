//! `GET /sandbox/sms`: the messages with login codes that the sandbox has sent, which nobody else receives.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::store::{StoreError, login_codes};

#[derive(Serialize)]
pub(super) struct SmsBody {
    phone: String,
    text: String,
    code: String,
    sent_at: Timestamp,
}

/// The newest hundred, newest first.
pub(super) async fn show(State(control): State<Control>) -> Result<Json<Vec<SmsBody>>, ControlError> {
    off_the_async_threads(move || {
        let sent = control.store.read(login_codes::sent)?;
        let bodies = sent.into_iter().map(|sms| {
            let sent_at = Timestamp::from_millisecond(sms.sent_at_ms)
                .map_err(|error| StoreError::Corrupt(format!("the time of a message: {error}")))?;
            Ok(SmsBody { phone: sms.phone, text: sms.text, code: sms.code, sent_at })
        });
        Ok(bodies.collect::<Result<_, StoreError>>()?)
    })
    .await
}

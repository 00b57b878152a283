//! `preview`.

use contract::browser::Json;
use contract::preview::PreviewRequest;

use super::client::{Call, read};
use crate::state::Message;

/// Calculates the loyalty of a cart at a revision of the model. Changes nothing, so it may be repeated.
#[must_use]
pub fn preview(revision: u32, request: &PreviewRequest) -> Call {
    let call = Call::post("/preview", request.write(), |revision, answer| {
        Some(Message::Previewed(revision, read(answer)))
    });
    Call { reads: true, revision, ..call }
}

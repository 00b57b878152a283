//! `payment-code`.

use contract::browser::object;

use super::client::{Call, read};
use crate::state::Message;

/// Gets a one-time payment code.
#[must_use]
pub fn issue_code() -> Call {
    Call::post("/payment-code", object(), |_, answer| Some(Message::CodeIssued(read(answer))))
}

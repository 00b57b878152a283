//! `login/start`, `login/verify`, `login/key`, `logout`.

use contract::browser::{Json, object};
use contract::login::{KeyLoginRequest, LoginKey, StartLoginRequest, VerifyLoginRequest};

use super::client::{Call, read};
use crate::state::Message;

/// Sends a code to a phone in E.164.
#[must_use]
pub fn start_login(restaurant: String, phone: String) -> Call {
    Call::post("/login/start", StartLoginRequest { restaurant, phone }.write(), |_, answer| {
        Some(Message::LoginStarted(read(answer)))
    })
}

/// Exchanges a code for a session.
#[must_use]
pub fn verify_login(challenge_id: String, code: String) -> Call {
    Call::post("/login/verify", VerifyLoginRequest { challenge_id, code }.write(), |_, answer| {
        Some(Message::LoggedIn(read(answer)))
    })
}

/// Logs in by a card or an application's code alone.
#[must_use]
pub fn key_login(restaurant: String, kind: LoginKey, key: String) -> Call {
    Call::post("/login/key", KeyLoginRequest { restaurant, kind, key }.write(), |_, answer| {
        Some(Message::LoggedIn(read(answer)))
    })
}

/// Ends the session. The guest has left either way, so its answer means nothing; a session that is not ended here ends
/// by its age.
#[must_use]
pub fn logout() -> Call {
    Call::post("/logout", object(), |_, _| None)
}

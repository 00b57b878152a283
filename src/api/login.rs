//! `login/start`, `login/verify`, `login/key`, `logout`.

use contract::browser::{Json, object};
use contract::login::{KeyLoginRequest, LoginKey, StartLoginRequest, VerifyLoginRequest};

use super::client::{Call, read};
use crate::config::Config;
use crate::state::Message;

/// Sends a code to a phone in E.164.
#[must_use]
pub fn start_login(config: &Config, phone: String) -> Call {
    let request = StartLoginRequest {
        restaurant: config.restaurant.clone(),
        phone,
        page_origin: Some(config.page_origin.clone()),
        embedding: Some(config.embedding),
    };
    Call::post("/login/start", request.write(), |_, answer| Some(Message::LoginStarted(read(answer))))
}

/// Exchanges a code for a session.
#[must_use]
pub fn verify_login(config: &Config, challenge_id: String, code: String) -> Call {
    let request = VerifyLoginRequest { challenge_id, code, embedding: Some(config.embedding) };
    Call::post("/login/verify", request.write(), |_, answer| Some(Message::LoggedIn(read(answer))))
}

/// Logs in by a card or an application's code alone.
#[must_use]
pub fn key_login(config: &Config, kind: LoginKey, key: String) -> Call {
    let (restaurant, embedding) = (config.restaurant.clone(), config.embedding);
    Call::post(
        "/login/key",
        KeyLoginRequest { restaurant, kind, key, embedding: Some(embedding) }.write(),
        |_, answer| Some(Message::LoggedIn(read(answer))),
    )
}

/// Ends the session. The guest has left either way, so its answer means nothing; a session that is not ended here ends
/// by its age.
#[must_use]
pub fn logout() -> Call {
    Call::post("/logout", object(), |_, _| None)
}

//! `login/start`, `login/verify`, `logout`.

use contract::browser::Json;
use contract::login::{StartLoginRequest, StartLoginResponse, VerifyLoginRequest, VerifyLoginResponse};

use super::client::Client;
use crate::state::Failure;

/// Sends a code to a phone in E.164.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn start_login(
    client: &Client,
    restaurant: String,
    phone: String,
) -> Result<StartLoginResponse, Failure> {
    client.post("/login/start", StartLoginRequest { restaurant, phone }.write(), None).await
}

/// Exchanges a code for a session.
///
/// # Errors
/// What the proxy refused, or why it was not reached.
pub async fn verify_login(
    client: &Client,
    challenge_id: String,
    code: String,
) -> Result<VerifyLoginResponse, Failure> {
    client.post("/login/verify", VerifyLoginRequest { challenge_id, code }.write(), None).await
}

/// Ends the session. The guest has left either way, so nothing is answered; a session not ended here ends by its age.
pub async fn logout(client: &Client) {
    drop(client.post::<bool>("/logout", contract::browser::object(), None).await);
}

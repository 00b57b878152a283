//! The sender over the Telegram Gateway, by its description of `sendVerificationMessage`. Telegram words the message
//! itself and is told only the code.

use http::{HeaderValue, Method, header};
use serde::{Deserialize, Serialize};

use super::exchange::{Gateway, headers_of, refused};
use super::{LoginMessage, SendError, Sent, SmsSender};
use crate::config::Secret;

/// The times in seconds that may be given for a message to arrive in.
const TTL_S: std::ops::RangeInclusive<u32> = 30..=3600;

/// Sends through the Telegram Gateway.
pub(super) struct Telegram {
    pub(super) gateway: Gateway,
    pub(super) base_url: String,
    pub(super) token: Secret,
    pub(super) sender_username: Option<String>,
}

#[derive(Serialize)]
struct MessageWire<'a> {
    phone_number: &'a str,
    code: &'a str,
    ttl: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_username: Option<&'a str>,
}

/// The answer. Of a refusal only that it is one is taken: its words are not ours to keep.
#[derive(Deserialize)]
struct AnswerWire {
    ok: bool,
}

impl Telegram {
    async fn deliver(&self, message: &LoginMessage) -> Result<(), SendError> {
        let address = format!("{}/sendVerificationMessage", self.base_url);
        let body = MessageWire {
            phone_number: message.phone.as_str(),
            code: &message.code,
            // A message that arrives after the code has expired is of no use and is not to be paid for.
            ttl: message.ttl_s.clamp(*TTL_S.start(), *TTL_S.end()),
            sender_username: self.sender_username.as_deref(),
        };
        let body = serde_json::to_string(&body).map_err(|_| SendError::NotReached)?;
        let mut headers = headers_of("application/json");
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", self.token.reveal()))
            .map_err(|_| SendError::NotReached)?;
        bearer.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, bearer);
        let reply = self.gateway.exchange(Method::POST, &address, headers, body).await?;
        if !reply.status.is_success() {
            return Err(refused(&reply));
        }
        match serde_json::from_slice(&reply.body) {
            Ok(AnswerWire { ok: true }) => Ok(()),
            Ok(AnswerWire { ok: false }) => Err(SendError::Refused(None)),
            Err(_) => Err(SendError::Malformed),
        }
    }
}

impl SmsSender for Telegram {
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a> {
        Box::pin(self.deliver(message))
    }
}

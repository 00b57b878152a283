//! How login codes leave the proxy: one trait, and a sender for each way.
//!
//! Owns the words of the message. A sender must not log what it sends.

pub(crate) mod console;
pub(crate) mod inbox;

use std::pin::Pin;

use contract::Phone;
use thiserror::Error;

/// The message did not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the message was not sent")]
pub(crate) struct SmsError;

/// A message with a login code.
#[derive(Clone)]
pub(crate) struct LoginMessage {
    /// To whom.
    pub(crate) phone: Phone,
    /// What the guest reads.
    pub(crate) text: String,
    /// The code in it.
    pub(crate) code: String,
}

impl LoginMessage {
    /// A restaurant's message; the code comes first, so that a phone shows it in the notification.
    pub(crate) fn new(restaurant_name: &str, phone: &Phone, code: &str) -> Self {
        let text =
            format!("{code} — код для входа в программу «{restaurant_name}». Никому его не называйте.");
        Self { phone: phone.clone(), text, code: code.to_owned() }
    }
}

/// Whether a message left.
pub(crate) type Sent<'a> = Pin<Box<dyn Future<Output = Result<(), SmsError>> + Send + 'a>>;

/// A way for messages to leave.
pub(crate) trait SmsSender: Send + Sync {
    /// Sends one message.
    fn send(&self, message: LoginMessage) -> Sent<'_>;
}

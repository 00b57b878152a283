//! How login codes leave the proxy: one trait, and the senders behind it.
//!
//! Owns the message's words. Knows nothing of challenges and sessions.

mod console;
mod inbox;

use std::pin::Pin;

use contract::Phone;
use thiserror::Error;

pub(crate) use console::ConsoleSender;
pub(crate) use inbox::{Inbox, InboxMessage};

/// The message could not be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the message could not be sent")]
pub(crate) struct SmsNotSent;

/// What a sender's work returns.
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SmsNotSent>> + Send + 'a>>;

/// A login code on its way to a phone.
pub(crate) struct CodeMessage {
    /// Whom it goes to.
    pub(crate) phone: Phone,
    /// What the phone shows.
    pub(crate) text: String,
    /// The code alone.
    pub(crate) code: String,
}

impl CodeMessage {
    /// The message of a restaurant.
    pub(crate) fn new(phone: &Phone, restaurant: &str, code: &str) -> Self {
        Self {
            phone: phone.clone(),
            text: format!("{restaurant}: код для входа {code}. Никому его не сообщайте."),
            code: code.to_owned(),
        }
    }
}

/// Someone who delivers messages.
pub(crate) trait SmsSender: Send + Sync {
    /// Hands a message over.
    fn send(&self, message: CodeMessage) -> Sending<'_>;
}

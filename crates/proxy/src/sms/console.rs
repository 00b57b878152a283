//! Writes login codes to the terminal: for a developer's own machine, until a provider is configured.
//!
//! The standard error stream and not the log, because a log is kept and a code must not be.

use std::io::Write;

use super::{CodeMessage, Sending, SmsNotSent, SmsSender};

/// The terminal as a phone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConsoleSender;

impl SmsSender for ConsoleSender {
    fn send(&self, message: CodeMessage) -> Sending<'_> {
        Box::pin(async move {
            let line = format!("SMS {}: {}\n", message.phone.as_str(), message.text);
            std::io::stderr().write_all(line.as_bytes()).map_err(|_| SmsNotSent)
        })
    }
}

//! The sender for a developer without an SMS gateway: messages appear on the terminal, apart from the log.

use std::io::Write;

use super::{LoginMessage, SendError, Sent, SmsSender};

/// Writes messages to the standard output.
pub(crate) struct Console;

impl SmsSender for Console {
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a> {
        let line = format!("SMS {}: {}\n", message.phone.as_str(), message.text);
        Box::pin(
            async move { std::io::stdout().write_all(line.as_bytes()).map_err(|_| SendError::NotReached) },
        )
    }
}

//! How login codes leave the proxy: one trait, a sender for each way, and the order in which they are tried.
//!
//! A sender must not log what it sends, nor what it was answered: [`delivery`] logs who sent and with what outcome.

pub(crate) mod console;
pub(crate) mod delivery;
mod exchange;
mod http_gateway;
pub(crate) mod inbox;
mod sms_ru;
mod telegram;
pub(crate) mod template;
pub(crate) mod text;

use std::pin::Pin;

use contract::Phone;
use thiserror::Error;

/// Why a message did not leave, or may not have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum SendError {
    /// The gateway cannot be reached.
    #[error("not reached")]
    NotReached,
    /// The connection broke before an answer came; the message may have left.
    #[error("broken off")]
    BrokenOff,
    /// The gateway did not answer in time; the message may have left.
    #[error("timed out")]
    TimedOut,
    /// The gateway said no, by its own number where it has one.
    #[error("refused")]
    Refused(Option<u32>),
    /// The gateway answered what cannot be understood; the message may have left.
    #[error("not understood")]
    Malformed,
}

impl SendError {
    /// Whether the message may have left all the same.
    pub(crate) const fn in_doubt(self) -> bool {
        matches!(self, Self::BrokenOff | Self::TimedOut | Self::Malformed)
    }
}

/// A message with a login code.
#[derive(Clone)]
pub(crate) struct LoginMessage {
    /// To whom.
    pub(crate) phone: Phone,
    /// What the guest reads.
    pub(crate) text: String,
    /// The code in it.
    pub(crate) code: String,
    /// Seconds the code is good for.
    pub(crate) ttl_s: u32,
}

impl LoginMessage {
    /// The phone without its plus.
    pub(crate) fn phone_digits(&self) -> &str {
        self.phone.as_str().trim_start_matches('+')
    }
}

/// Whether a message left.
pub(crate) type Sent<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// A way for messages to leave.
pub(crate) trait SmsSender: Send + Sync {
    /// Sends one message. Whoever asks limits the time.
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a>;
}

//! How a loyalty system fails. Owns the judgement whether a failed request may have been carried out all the same.

use http::StatusCode;
use thiserror::Error;

/// Why a loyalty system gave no usable answer. No variant carries a phone, a token, a code or a body.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UpstreamError {
    /// The system is not reachable, or says that it cannot work now.
    #[error("the loyalty system is unavailable: {reason}")]
    Unavailable {
        /// What was seen, for the log.
        reason: String,
        /// Whether the request may have been carried out.
        in_doubt: bool,
    },
    /// No answer within the time limit.
    #[error("the loyalty system did not answer in time")]
    Timeout {
        /// Whether the request may have been carried out.
        in_doubt: bool,
    },
    /// The system understood and refused; nothing was carried out.
    #[error("the loyalty system refused with code {code}")]
    Refused {
        /// The system's own code.
        code: String,
        /// The system's own words, which may repeat what was sent: fit for the log only without what names somebody.
        message: String,
    },
    /// The answer cannot be understood, or contradicts itself.
    #[error("the loyalty system's answer cannot be believed: {what}")]
    Malformed {
        /// What is wrong with it: names of fields, never their values.
        what: String,
        /// Whether the request may have been carried out.
        in_doubt: bool,
    },
    /// The system cannot be asked this, as its [`crate::program::Capabilities`] say; nothing was sent.
    #[error("the loyalty system does not know {what}")]
    Unsupported {
        /// What was asked for.
        what: &'static str,
    },
}

impl UpstreamError {
    /// Whether the request may have been carried out although its answer is missing: the case in which a write is
    /// looked up and never simply sent again.
    #[must_use]
    pub const fn in_doubt(&self) -> bool {
        match self {
            Self::Unavailable { in_doubt, .. }
            | Self::Timeout { in_doubt }
            | Self::Malformed { in_doubt, .. } => *in_doubt,
            Self::Refused { .. } | Self::Unsupported { .. } => false,
        }
    }

    /// The same failure of a question that was asked before a request which was then not sent.
    pub(crate) fn not_in_doubt(self) -> Self {
        match self {
            Self::Unavailable { reason, .. } => Self::Unavailable { reason, in_doubt: false },
            Self::Timeout { .. } => Self::Timeout { in_doubt: false },
            Self::Malformed { what, .. } => Self::Malformed { what, in_doubt: false },
            error @ (Self::Refused { .. } | Self::Unsupported { .. }) => error,
        }
    }

    /// What a status stands for whose body tells nothing documented.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Unavailable {
                reason: "the key or the password is not accepted".to_owned(),
                in_doubt: false,
            },
            StatusCode::TOO_MANY_REQUESTS => {
                Self::Unavailable { reason: "too many requests".to_owned(), in_doubt: false }
            }
            status if status.is_server_error() => {
                Self::Unavailable { reason: format!("status {}", status.as_u16()), in_doubt: true }
            }
            status => Self::Malformed {
                what: format!("status {} without a documented error", status.as_u16()),
                in_doubt: !status.is_client_error(),
            },
        }
    }

    /// An answer that was received and cannot be believed.
    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into(), in_doubt: true }
    }
}

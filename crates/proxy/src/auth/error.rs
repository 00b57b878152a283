//! Why a login or a session is refused, and the API's word for each case.

use contract::error::ErrorCode;
use thiserror::Error;

use crate::error::ApiError;
use crate::random::NoRandomness;
use crate::sms::SmsNotSent;
use crate::store::StoreError;

/// Why a login or a session is refused.
#[derive(Debug, Error)]
pub(crate) enum AuthError {
    /// No number of any country's plan.
    #[error("not a phone number")]
    InvalidPhone,
    /// A country the restaurant does not accept.
    #[error("the restaurant does not accept phones of this country")]
    CountryNotAllowed,
    /// A code was sent a moment ago.
    #[error("a code was sent a moment ago")]
    ResendTooEarly {
        /// Seconds until another may be sent.
        retry_after_s: u32,
    },
    /// Not the code that was sent.
    #[error("not the code that was sent")]
    WrongCode {
        /// How many more may be tried.
        tries_left: u32,
    },
    /// Expired, used, replaced, tried too often, or never sent.
    #[error("the code is no longer good")]
    CodeSpent,
    /// No session, or an expired one.
    #[error("not logged in")]
    NotLoggedIn,
    /// The message did not go out.
    #[error(transparent)]
    SmsNotSent(#[from] SmsNotSent),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No secret can be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        let message = error.to_string();
        let with = |code| Self::new(code, &message);
        match error {
            AuthError::InvalidPhone => with(ErrorCode::InvalidPhone).at("phone"),
            AuthError::CountryNotAllowed => with(ErrorCode::CountryNotAllowed).at("phone"),
            AuthError::ResendTooEarly { retry_after_s } => {
                let mut refused = with(ErrorCode::ResendTooEarly);
                refused.body.retry_after_s = Some(retry_after_s);
                refused
            }
            AuthError::WrongCode { tries_left } => {
                let mut refused = with(ErrorCode::WrongCode).at("code");
                refused.body.tries_left = Some(tries_left);
                refused
            }
            AuthError::CodeSpent => with(ErrorCode::CodeSpent),
            AuthError::NotLoggedIn => with(ErrorCode::NotLoggedIn),
            AuthError::SmsNotSent(_) => with(ErrorCode::SmsNotSent),
            AuthError::Store(error) => error.into(),
            AuthError::NoRandomness(_) => {
                tracing::error!(error = message, "no secret can be made");
                Self::new(ErrorCode::Internal, "the proxy failed")
            }
        }
    }
}

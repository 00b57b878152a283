//! What an operation answers instead of its result: the documented error body and codes.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loyalty::calculation::UnknownRank;
use loyalty::life::StepRefused;
use loyalty::refund::RefundRefused;
use serde::Serialize;

use crate::network::NetworkError;
use crate::store::StoreError;

/// The documented error codes of the operations there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    OrderClosed,
    OrderAborted,
    RefundOfUnclosed,
    WrongRefund,
    OrganizationNotFound,
    GuestNotFound,
    Invalid,
}

impl Code {
    const fn text(self) -> &'static str {
        match self {
            Self::OrderClosed => "1001",
            Self::OrderAborted => "1002",
            Self::RefundOfUnclosed => "1013",
            Self::WrongRefund => "1014",
            Self::OrganizationNotFound => "2004",
            Self::GuestNotFound => "3007",
            Self::Invalid => "9004",
        }
    }
}

/// Why an operation is not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// No token, or one that is unknown or has expired.
    #[error("not authorised")]
    Unauthorized,
    /// The request is refused with a documented code.
    #[error("{}: {message}", code.text())]
    Refused {
        /// The code.
        code: Code,
        /// A sentence for developers.
        message: String,
    },
    /// The sandbox failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sandbox failed in another way.
    #[error("{0}")]
    Internal(String),
}

impl Refusal {
    /// Code 9004: the request is wrong in itself, or does not fit what it refers to.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Refused { code: Code::Invalid, message: message.into() }
    }
}

impl From<StepRefused> for Refusal {
    fn from(refused: StepRefused) -> Self {
        let code = match refused {
            StepRefused::Closed => Code::OrderClosed,
            StepRefused::Aborted => Code::OrderAborted,
            StepRefused::NotConfirmed => Code::Invalid,
            StepRefused::NotClosed => Code::RefundOfUnclosed,
        };
        Self::Refused { code, message: refused.to_string() }
    }
}

/// The makers have one field for a payment in bonuses.
impl From<NetworkError> for Refusal {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Step(refused) => refused.into(),
            NetworkError::Payment(message) => {
                Self::invalid(format!("loyalty.fingerprint.options.bonuses.payment: {message}"))
            }
            NetworkError::Store(error) => error.into(),
            NetworkError::Internal(message) => Self::Internal(message),
        }
    }
}

impl From<RefundRefused> for Refusal {
    fn from(refused: RefundRefused) -> Self {
        Self::Refused { code: Code::WrongRefund, message: format!("items: {refused}") }
    }
}

/// A guest has a rank the programme does not have: the programme's file was exchanged for one with fewer.
impl From<UnknownRank> for Refusal {
    fn from(unknown: UnknownRank) -> Self {
        Self::Internal(unknown.to_string())
    }
}

#[derive(Serialize)]
struct ErrorResponseWire {
    error: ErrorWire,
}

#[derive(Serialize)]
struct ErrorWire {
    code: &'static str,
    message: String,
}

fn body(status: StatusCode, code: &'static str, message: String) -> Response {
    (status, Json(ErrorResponseWire { error: ErrorWire { code, message } })).into_response()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))])
                    .into_response()
            }
            Self::Refused { code, message } => body(StatusCode::BAD_REQUEST, code.text(), message),
            Self::Store(_) | Self::Internal(_) => {
                tracing::error!(error = %self, "an operation failed");
                // No documented code stands for the server's own failure; the status says it.
                body(StatusCode::INTERNAL_SERVER_ERROR, "500", "internal error".to_owned())
            }
        }
    }
}

/// Every operation is a POST.
pub(crate) async fn method_not_allowed() -> Response {
    body(
        StatusCode::METHOD_NOT_ALLOWED,
        Code::Invalid.text(),
        "every operation is a POST with a JSON body".to_owned(),
    )
}

/// There are nineteen operations and the way to a token. For what is none of them the makers document neither body nor
/// code; it is told in the shape of their errors, and as their validation is the nearest, with its code.
pub(crate) async fn not_found() -> Response {
    body(StatusCode::NOT_FOUND, Code::Invalid.text(), "there is no such operation".to_owned())
}

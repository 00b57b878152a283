//! What an operation answers instead of its result. The makers document none of it: the statuses and the body are ours.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::json::JsonError;
use crate::network::NetworkError;
use crate::store::StoreError;

/// Why an operation is not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// No token, or one that is unknown or has expired.
    #[error("a token of connect/token is needed")]
    Unauthorized,
    /// The request is wrong in itself. `path` is empty where it is the body as a whole.
    #[error("{path}: {message}")]
    Invalid {
        /// The field.
        path: String,
        /// A sentence for developers.
        message: String,
    },
    /// What the request names is not there, or not for this client.
    #[error("{0}")]
    NotFound(String),
    /// It does not fit where the order stands, or what it costs now.
    #[error("{0}")]
    Conflict(String),
    /// No operation takes this method at this address.
    #[error("this address takes another method")]
    MethodNotAllowed,
    /// The sandbox failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sandbox failed in another way.
    #[error("{0}")]
    Internal(String),
}

impl Refusal {
    pub(crate) fn invalid(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { path: path.into(), message: message.into() }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Store(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        let path = if error.path == "." { String::new() } else { error.path };
        Self::Invalid { path, message: error.message }
    }
}

impl From<NetworkError> for Refusal {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Step(refused) => Self::Conflict(refused.to_string()),
            NetworkError::Payment(message) => Self::Conflict(message),
            NetworkError::Store(error) => error.into(),
            NetworkError::Internal(message) => Self::Internal(message),
        }
    }
}

#[derive(Serialize)]
struct ErrorResponseWire {
    error: ErrorWire,
}

#[derive(Serialize)]
struct ErrorWire {
    /// The field that is wrong, where it is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
    message: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let is_failure = status == StatusCode::INTERNAL_SERVER_ERROR;
        if is_failure {
            tracing::error!(error = %self, "an operation failed");
        }
        let (path, message) = match self {
            Self::Invalid { path, message } => (path, message),
            _ if is_failure => (String::new(), "internal error".to_owned()),
            other => (String::new(), other.to_string()),
        };
        let mut response =
            (status, Json(ErrorResponseWire { error: ErrorWire { path, message } })).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

pub(crate) async fn not_found() -> Refusal {
    Refusal::NotFound("there is no such operation".to_owned())
}

pub(crate) async fn method_not_allowed() -> Refusal {
    Refusal::MethodNotAllowed
}

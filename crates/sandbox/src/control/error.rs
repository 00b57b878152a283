//! Why the control does not do what it is asked, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::OpenError;
use crate::store::StoreError;

/// Why the control refuses or fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    /// No such address.
    #[error("there is no such address under /sandbox")]
    NotFound,
    /// The address takes another method.
    #[error("this address takes another method")]
    MethodNotAllowed,
    /// The sandbox was started with `--read-only-control`.
    #[error("this sandbox was started with --read-only-control: under /sandbox it answers only GET")]
    ReadOnly,
    /// The request names a host that is not this machine.
    #[error("/sandbox answers only requests for localhost or a loopback address")]
    ForeignHost,
    /// The body is not announced as JSON.
    #[error("the content type must be application/json")]
    ContentType,
    /// A field is wrong. `path` is empty where it is the body as a whole.
    #[error("{message}")]
    Invalid {
        /// The field.
        path: String,
        /// What is wrong with it.
        message: String,
    },
    /// It cannot be done with this sandbox.
    #[error("{0}")]
    Impossible(String),
    /// The sandbox failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The seed could not be written.
    #[error(transparent)]
    Seed(#[from] OpenError),
    /// The sandbox failed in another way.
    #[error("{0}")]
    Internal(String),
}

impl ControlError {
    pub(crate) fn invalid(path: &str, message: impl Into<String>) -> Self {
        Self::Invalid { path: path.to_owned(), message: message.into() }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::ReadOnly | Self::ForeignHost => StatusCode::FORBIDDEN,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::Impossible(_) => StatusCode::CONFLICT,
            Self::Store(_) | Self::Seed(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[derive(Serialize)]
struct ErrorResponse {
    error: ErrorBody,
}

#[derive(Serialize)]
struct ErrorBody {
    /// The field that is wrong, where it is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
    message: String,
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let status = self.status();
        let message = self.to_string();
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %message, "the control failed");
        }
        let path = if let Self::Invalid { path, .. } = self { path } else { String::new() };
        (status, Json(ErrorResponse { error: ErrorBody { path, message } })).into_response()
    }
}

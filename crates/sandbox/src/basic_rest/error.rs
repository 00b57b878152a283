//! What an operation answers instead of its result: the documented status 422 and `{"field":"message"}`.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::Money;
use contract::decimal::Decimal;
use loyalty::calculation::UnknownRank;

use crate::network::NetworkError;
use crate::store::StoreError;

/// Messages by field.
pub(super) type Faults = BTreeMap<String, String>;

/// Why an operation is not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// No key, or an unknown one.
    #[error("not authorised")]
    Unauthorized,
    /// Something about the request is wrong.
    #[error("{0:?}")]
    Refused(Faults),
    /// The sandbox failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sandbox failed in another way.
    #[error("{0}")]
    Internal(String),
}

impl Refusal {
    /// One field is wrong.
    pub(super) fn of(field: &str, message: impl Into<String>) -> Self {
        Self::Refused(told(field, message))
    }

    /// More is to be spent or held than the client may spend.
    pub(super) fn spend(most: Money) -> Self {
        Self::of("spend", format!("Spend can't be more {}", Decimal::<2>(most.minor())))
    }
}

/// A client has a level the programme does not have: the programme's file was exchanged for one with fewer.
impl From<UnknownRank> for Refusal {
    fn from(unknown: UnknownRank) -> Self {
        Self::Internal(unknown.to_string())
    }
}

/// What may be asked of the network is looked at before it is asked.
impl From<NetworkError> for Refusal {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Store(error) => Self::Store(error),
            NetworkError::Step(_) | NetworkError::Payment(_) | NetworkError::Internal(_) => {
                Self::Internal(error.to_string())
            }
        }
    }
}

fn told(field: &str, message: impl Into<String>) -> Faults {
    Faults::from([(field.to_owned(), message.into())])
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, Json(told("apikey", "Apikey is wrong."))).into_response()
            }
            Self::Refused(faults) => (StatusCode::UNPROCESSABLE_ENTITY, Json(faults)).into_response(),
            Self::Store(_) | Self::Internal(_) => {
                tracing::error!(error = %self, "an operation failed");
                let body = Json(told("server", "Internal error."));
                (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
            }
        }
    }
}

/// Every operation is a POST.
pub(super) async fn method_not_allowed() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, Json(told("method", "Method must be POST."))).into_response()
}

/// There are five operations.
pub(super) async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, Json(told("path", "There is no such operation."))).into_response()
}

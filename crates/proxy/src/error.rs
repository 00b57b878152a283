//! What the API answers instead of a result: one status and one [`ErrorResponse`] for everything that may go wrong.
//!
//! Owns the map from error codes to statuses. Errors of the parts are turned into API errors here, and logged once, here.

mod from;
mod speakable;

use axum::Json;
use axum::response::{IntoResponse, Response};
use contract::error::{ErrorCode, ErrorResponse};
use http::{HeaderValue, StatusCode};

/// An answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The body.
    pub(crate) body: Box<ErrorResponse>,
    /// Whether the store was the cause, for the metrics.
    pub(crate) store_failed: bool,
    /// What takes a cookie back that is of no more use.
    pub(crate) set_cookie: Option<HeaderValue>,
}

/// Marks an answer that says no more than that the proxy failed, where the store was the cause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoreFailed;

impl ApiError {
    /// An error with its code's usual status and a sentence for developers.
    pub(crate) fn new(code: ErrorCode, message: &str) -> Self {
        Self {
            status: usual_status(code),
            body: Box::new(ErrorResponse::new(code, message)),
            store_failed: false,
            set_cookie: None,
        }
    }

    /// A request that is not of the documented shape at `field`.
    pub(crate) fn invalid(field: &str, message: &str) -> Self {
        Self::new(ErrorCode::InvalidRequest, message).at(field)
    }

    /// The same error at a place in the request.
    pub(crate) fn at(mut self, field: &str) -> Self {
        self.body.field = Some(field.to_owned());
        self
    }

    /// The same error with another status, for what HTTP itself has a word for.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// The status an error code usually goes with.
pub(crate) const fn usual_status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidRequest => StatusCode::BAD_REQUEST,
        ErrorCode::UnknownRestaurant | ErrorCode::UnknownOrder => StatusCode::NOT_FOUND,
        ErrorCode::InvalidPhone
        | ErrorCode::NotAMember
        | ErrorCode::DeliveryNotSupported
        | ErrorCode::NotSupported
        | ErrorCode::CountryNotAllowed
        | ErrorCode::WrongCode
        | ErrorCode::EmptyCart
        | ErrorCode::InvalidCart
        | ErrorCode::SpendOutOfRange
        | ErrorCode::IdempotencyMismatch
        | ErrorCode::UpstreamRefused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::ResendTooEarly | ErrorCode::TooManyTries | ErrorCode::TooManyRequests => {
            StatusCode::TOO_MANY_REQUESTS
        }
        ErrorCode::CodeSpent => StatusCode::GONE,
        ErrorCode::NotLoggedIn => StatusCode::UNAUTHORIZED,
        ErrorCode::ConfirmNotAllowed | ErrorCode::LoginKeyNotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::PreviewOutdated | ErrorCode::OrderStateConflict | ErrorCode::InProgress => {
            StatusCode::CONFLICT
        }
        ErrorCode::SmsNotSent | ErrorCode::UpstreamUnavailable | ErrorCode::StoreUnavailable => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        ErrorCode::UpstreamTimeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorCode::UpstreamMalformed => StatusCode::BAD_GATEWAY,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let retry_after_s = self.body.retry_after_s;
        let mut response = (self.status, Json(self.body)).into_response();
        if self.store_failed {
            response.extensions_mut().insert(StoreFailed);
        }
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(http::header::RETRY_AFTER, seconds.into());
        }
        if let Some(cookie) = self.set_cookie {
            response.headers_mut().insert(http::header::SET_COOKIE, cookie);
        }
        response
    }
}

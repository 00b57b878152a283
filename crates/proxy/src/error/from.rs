//! Turns the parts' errors into what the API answers; one exhaustive `match` for each. The proxy's own failures and the
//! loyalty system's are logged here, once, within the request's span.

use contract::error::ErrorCode;
use upstream::UpstreamError;

use super::ApiError;
use super::speakable::speakable;
use crate::auth::key_login::KeyLoginError;
use crate::auth::login::LoginError;
use crate::auth::membership::MembershipError;
use crate::auth::sessions::SessionError;
use crate::entropy::EntropyError;
use crate::orders::OrderError;
use crate::store::StoreError;

impl From<LoginError> for ApiError {
    fn from(error: LoginError) -> Self {
        let message = error.to_string();
        match error {
            LoginError::InvalidPhone => Self::new(ErrorCode::InvalidPhone, &message).at("phone"),
            LoginError::CountryNotAllowed => Self::new(ErrorCode::CountryNotAllowed, &message).at("phone"),
            LoginError::ResendTooEarly { retry_after_s } => {
                let mut refused = Self::new(ErrorCode::ResendTooEarly, &message);
                refused.body.retry_after_s = Some(retry_after_s);
                refused
            }
            LoginError::TooManyRequests { retry_after_s } => {
                let mut refused = Self::new(ErrorCode::TooManyRequests, &message);
                refused.body.retry_after_s = Some(retry_after_s);
                refused
            }
            LoginError::NotSent(cause) => {
                tracing::error!(in_doubt = cause.in_doubt, "no sender has sent a login code");
                Self::new(ErrorCode::SmsNotSent, &message)
            }
            LoginError::WrongCode { tries_left } => {
                let mut refused = Self::new(ErrorCode::WrongCode, &message);
                refused.body.tries_left = Some(tries_left);
                refused
            }
            LoginError::CodeSpent => Self::new(ErrorCode::CodeSpent, &message),
            LoginError::Upstream(cause) => cause.into(),
            LoginError::Store(cause) => cause.into(),
            LoginError::Entropy(cause) => cause.into(),
        }
    }
}

impl From<KeyLoginError> for ApiError {
    fn from(error: KeyLoginError) -> Self {
        let message = error.to_string();
        match error {
            KeyLoginError::Unknown => Self::new(ErrorCode::NotAMember, &message).at("key"),
            KeyLoginError::TooManyTries { retry_after_s } => {
                let mut refused = Self::new(ErrorCode::TooManyTries, &message);
                refused.body.retry_after_s = Some(retry_after_s);
                refused
            }
            KeyLoginError::Upstream(cause) => cause.into(),
            KeyLoginError::Store(cause) => cause.into(),
        }
    }
}

impl From<MembershipError> for ApiError {
    fn from(error: MembershipError) -> Self {
        match error {
            MembershipError::NotAMember => Self::new(ErrorCode::NotAMember, &error.to_string()),
            MembershipError::Upstream(cause) => cause.into(),
        }
    }
}

impl From<SessionError> for ApiError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(cause) => cause.into(),
            SessionError::Entropy(cause) => cause.into(),
        }
    }
}

impl From<OrderError> for ApiError {
    fn from(error: OrderError) -> Self {
        let message = error.to_string();
        match error {
            OrderError::Cart(refused) | OrderError::Request(refused) => refused,
            OrderError::InvalidPromoCode { field, .. } => Self::invalid(&field, &message),
            OrderError::SpendOutOfRange { limit } => {
                let mut refused = Self::new(ErrorCode::SpendOutOfRange, &message).at("spend_minor");
                refused.body.limit_minor = Some(limit.minor());
                refused
            }
            OrderError::PreviewOutdated => Self::new(ErrorCode::PreviewOutdated, &message).at("preview_id"),
            OrderError::UnknownOrder => Self::new(ErrorCode::UnknownOrder, &message).at("order_id"),
            OrderError::PageCartNotTrusted => Self::new(ErrorCode::ConfirmNotAllowed, &message),
            OrderError::DeliveryNotSupported => {
                Self::new(ErrorCode::DeliveryNotSupported, &message).at("cart.expedition")
            }
            OrderError::Conflict(_) => Self::new(ErrorCode::OrderStateConflict, &message),
            OrderError::Standing { order_id, .. } => {
                let mut refused = Self::new(ErrorCode::OrderStateConflict, &message);
                refused.body.order_id = Some(order_id.to_string());
                refused
            }
            OrderError::InProgress => Self::new(ErrorCode::InProgress, &message),
            OrderError::IdempotencyMismatch => Self::new(ErrorCode::IdempotencyMismatch, &message),
            OrderError::Upstream(cause) => cause.into(),
            OrderError::Store(cause) => cause.into(),
            OrderError::Entropy(cause) => cause.into(),
        }
    }
}

impl From<UpstreamError> for ApiError {
    fn from(error: UpstreamError) -> Self {
        match &error {
            // What a system cannot do is the page's mistake to ask for, and nothing was sent.
            UpstreamError::Unsupported { .. } => {}
            UpstreamError::Refused { message, .. } => {
                tracing::warn!(%error, said = speakable(message), "the loyalty system refused");
            }
            _ => tracing::warn!(%error, in_doubt = error.in_doubt(), "the loyalty system failed"),
        }
        let message = error.to_string();
        match error {
            UpstreamError::Unavailable { .. } => Self::new(ErrorCode::UpstreamUnavailable, &message),
            UpstreamError::Timeout { .. } => Self::new(ErrorCode::UpstreamTimeout, &message),
            UpstreamError::Malformed { .. } => Self::new(ErrorCode::UpstreamMalformed, &message),
            UpstreamError::Unsupported { .. } => Self::new(ErrorCode::NotSupported, &message),
            UpstreamError::Refused { code, .. } => {
                let mut refused = Self::new(ErrorCode::UpstreamRefused, &message);
                refused.body.upstream_code = Some(code);
                refused
            }
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not do what it was asked");
        let answer = match error {
            StoreError::Unavailable(_) => {
                Self::new(ErrorCode::StoreUnavailable, "the proxy cannot reach what it keeps: try again")
            }
            StoreError::Failed(_)
            | StoreError::InUse
            | StoreError::TooNew { .. }
            | StoreError::Unreadable(_)
            | StoreError::BrokenOff => Self::new(ErrorCode::Internal, "the proxy failed"),
        };
        Self { store_failed: true, ..answer }
    }
}

impl From<EntropyError> for ApiError {
    fn from(error: EntropyError) -> Self {
        tracing::error!(%error, "no secret can be made");
        Self::new(ErrorCode::Internal, "the proxy failed")
    }
}

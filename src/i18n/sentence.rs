//! One clear sentence for everything that can go wrong or change.

use contract::error::ErrorCode;
use contract::login::LoginKey;
use contract::preview::{PromoRefusal, SpendLimits};

use super::{Text, bonuses, bonuses_of, clock, fill, number};
use crate::state::spend::Correction;
use crate::state::{Failure, Notice};

/// What the guest who logs in by this is told about a failure.
#[must_use]
pub fn failure(failure: &Failure, login_by: LoginKey) -> String {
    let error = match failure {
        Failure::Offline => return Text::FailedOffline.words(),
        Failure::Timeout => return Text::FailedTimeout.words(),
        Failure::Malformed => return Text::FailedInternal.words(),
        Failure::Refused(error) => error,
    };
    let text = match error.code {
        ErrorCode::UnknownRestaurant => Text::FailedRestaurant,
        ErrorCode::InvalidPhone => Text::FailedPhone,
        ErrorCode::CountryNotAllowed => Text::FailedCountry,
        ErrorCode::ResendTooEarly => {
            return fill(Text::FailedResend, &[&clock(error.retry_after_s.unwrap_or(0))]);
        }
        ErrorCode::TooManyRequests => Text::FailedTooManyRequests,
        ErrorCode::SmsNotSent => Text::FailedSms,
        ErrorCode::WrongCode => {
            return fill(Text::FailedCode, &[&number(error.tries_left.unwrap_or(0))]);
        }
        ErrorCode::CodeSpent => Text::FailedCodeSpent,
        ErrorCode::TooManyTries => {
            return fill(Text::FailedTries, &[&clock(error.retry_after_s.unwrap_or(0))]);
        }
        ErrorCode::LoginKeyNotAllowed => Text::FailedLoginKey,
        ErrorCode::NotAMember => match login_by {
            LoginKey::Phone => Text::FailedNoMember,
            LoginKey::Card => Text::FailedNoCard,
            LoginKey::AppCode => Text::FailedNoAppCode,
        },
        ErrorCode::DeliveryNotSupported => Text::FailedDelivery,
        ErrorCode::NotSupported => Text::FailedNotSupported,
        ErrorCode::EmptyCart => Text::FailedEmptyCart,
        ErrorCode::InvalidCart => Text::FailedCart,
        ErrorCode::UpstreamUnavailable | ErrorCode::UpstreamMalformed => Text::FailedUpstream,
        ErrorCode::UpstreamTimeout => Text::FailedTimeout,
        ErrorCode::UpstreamRefused => Text::FailedUpstreamRefused,
        ErrorCode::ConfirmNotAllowed => Text::FailedConfirmNotAllowed,
        ErrorCode::InProgress => Text::FailedInProgress,
        ErrorCode::NotLoggedIn => Text::NoticeSessionEnded,
        ErrorCode::PreviewOutdated | ErrorCode::SpendOutOfRange => Text::NoticePreviewChanged,
        ErrorCode::UnknownOrder | ErrorCode::OrderStateConflict => Text::FailedOrder,
        ErrorCode::InvalidRequest
        | ErrorCode::IdempotencyMismatch
        | ErrorCode::StoreUnavailable
        | ErrorCode::Internal => Text::FailedInternal,
    };
    text.words()
}

/// What the guest is told about a change.
#[must_use]
pub fn notice(notice: Notice) -> String {
    match notice {
        Notice::SessionEnded => Text::NoticeSessionEnded,
        Notice::ConfirmAgain => Text::NoticeConfirmAgain,
        Notice::PreviewChanged => Text::NoticePreviewChanged,
        Notice::SpendCancelled => Text::NoticeSpendCancelled,
        Notice::OrderPaid => Text::NoticeOrderPaid,
        Notice::HoldAgain => Text::NoticeHoldAgain,
        Notice::HoldOver => Text::NoticeHoldOver,
    }
    .words()
}

/// Why a promo code gives nothing.
#[must_use]
pub fn refusal(refusal: PromoRefusal) -> String {
    match refusal {
        PromoRefusal::NoEffect => Text::PromoNoEffect,
        PromoRefusal::Duplicate => Text::PromoDuplicate,
        PromoRefusal::TooMany => Text::PromoTooMany,
        PromoRefusal::NotSupported => Text::PromoNotSupported,
    }
    .words()
}

/// Why the spend is not what the guest asked for.
#[must_use]
pub fn correction(correction: Correction, limits: &SpendLimits, chosen: contract::Money) -> String {
    match correction {
        Correction::AboveMost => fill(Text::SpendAboveMost, &[&bonuses_of(limits.max_minor)]),
        Correction::BelowLeast => fill(Text::SpendBelowLeast, &[&bonuses_of(limits.min_minor)]),
        Correction::NotANumber => fill(Text::SpendNotANumber, &[&bonuses(chosen)]),
        Correction::LimitFell => fill(Text::SpendLimitFell, &[&bonuses_of(limits.max_minor)]),
        Correction::AllChanged => fill(Text::SpendAllChanged, &[&bonuses(chosen)]),
    }
}

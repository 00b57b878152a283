//! What can happen to the widget, and what the widget can ask to be done.

use std::sync::Arc;

use contract::cart::Cart;
use contract::error::{ErrorCode, ErrorResponse};
use contract::login::{LoginKey, StartLoginResponse, VerifyLoginResponse};
use contract::order::{ConfirmRequest, OrderResponse};
use contract::payment_code::PaymentCodeResponse;
use contract::preview::{PreviewRequest, PreviewResponse};
use contract::restaurant::RestaurantResponse;

use super::model::Session;

/// Why a request brought no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer came: no network, a refused connection, a blocked request.
    Offline,
    /// No answer within the time limit.
    Timeout,
    /// An answer came that is not the proxy's.
    Malformed,
    /// The proxy said no, and why.
    Refused(Box<ErrorResponse>),
}

impl Failure {
    /// The code of a refusal.
    #[must_use]
    pub fn refusal(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            _ => None,
        }
    }

    /// Whether the same request may succeed if it is sent again.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match self.refusal() {
            None => true,
            Some(code) => matches!(
                code,
                ErrorCode::UpstreamUnavailable
                    | ErrorCode::UpstreamTimeout
                    | ErrorCode::UpstreamMalformed
                    | ErrorCode::UpstreamRefused
                    | ErrorCode::SmsNotSent
                    | ErrorCode::InProgress
                    | ErrorCode::StoreUnavailable
                    | ErrorCode::Internal
            ),
        }
    }
}

/// What happens to the widget: by the guest's hand, by the host page, by time, or by an answer.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "one message exists at a time, and in the browser it is half as large; a box would cost bytes there"
    )
)]
#[derive(Clone, Debug)]
pub enum Message {
    /// Answer to [`Effect::ReadRestaurant`].
    RestaurantRead(Result<RestaurantResponse, Failure>),
    /// The guest wants to log in by this.
    LoginBy(LoginKey),
    /// The field of the phone, or of the key in its place, holds this text.
    KeyTyped(String),
    /// The guest submits the phone or the key.
    KeySubmitted,
    /// The code field holds this text; all of its digits are submitted at once.
    CodeTyped(String),
    /// The guest submits the code.
    CodeSubmitted,
    /// The guest asks for another code.
    ResendPressed,
    /// The guest goes back to the phone.
    ChangeNumberPressed,
    /// The guest logs out.
    LogoutPressed,
    /// Answer to [`Effect::StartLogin`].
    LoginStarted(Result<StartLoginResponse, Failure>),
    /// Answer to [`Effect::VerifyLogin`] and to [`Effect::KeyLogin`].
    LoggedIn(Result<VerifyLoginResponse, Failure>),

    /// The host page has a new cart.
    CartChanged(Cart),
    /// The host page has the token of a registered order; empty where it has none any more.
    TokenGiven(String),
    /// The registered order may have changed.
    OrderRefreshed,
    /// The promo code field holds this text.
    PromoTyped(String),
    /// The guest adds the typed promo code.
    PromoSubmitted,
    /// The guest removes a promo code.
    PromoRemoved(String),
    /// Answer to [`Effect::Preview`] of this revision.
    Previewed(u32, Result<PreviewResponse, Failure>),

    /// The slider stands at this position, see [`super::spend::Scale`].
    SpendSlid(u32),
    /// The spend field holds this text.
    SpendTyped(String),
    /// The guest takes all that may be spent, or nothing again.
    SpendSwitched,
    /// The guest has left the spend field.
    SpendLeft,

    /// The guest confirms the order.
    ConfirmPressed,
    /// The guest wants to change the confirmed order.
    ChangePressed,
    /// The guest gives the confirmed spend up.
    CancelPressed,
    /// The guest wants to know where the order stands now.
    LookPressed,
    /// The guest gives up on an order nobody knows the state of, and begins another.
    NewOrderPressed,
    /// Answer to [`Effect::Confirm`].
    Confirmed(Result<OrderResponse, Failure>),
    /// Answer to [`Effect::Reset`].
    WasReset(Result<OrderResponse, Failure>),
    /// Answer to [`Effect::Cancel`].
    WasCancelled(Result<OrderResponse, Failure>),
    /// Answer to [`Effect::ReadOrder`].
    OrderRead(Result<OrderResponse, Failure>),

    /// The guest wants a payment code, or a new one.
    CodePressed,
    /// The guest leaves the payment code.
    BackPressed,
    /// Answer to [`Effect::IssueCode`].
    CodeIssued(Result<PaymentCodeResponse, Failure>),
    /// Answer to [`Effect::DrawQr`]: the symbol row by row, 1 for a dark module, and the digits it is of.
    QrDrawn(Vec<u8>, String),
    /// What the guest reads is in another language now.
    LanguageChanged,
    /// Seconds since the page was opened.
    Tick(u32),
    /// The guest tries again what failed.
    RetryPressed,
}

/// What is to be done outside the model. Repeating an effect repeats the same request, idempotency key included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask how guests of the restaurant may log in, and whether this one has.
    ReadRestaurant,
    /// Send a code to this phone, in E.164.
    StartLogin(String),
    /// Exchange the code for a session.
    VerifyLogin {
        /// The login.
        challenge_id: String,
        /// The digits that were sent.
        code: String,
    },
    /// Log in by a key of this kind.
    KeyLogin(LoginKey, String),
    /// End this session.
    Logout(Session),
    /// Calculate; a later preview makes this one void.
    Preview(u32, Arc<PreviewRequest>),
    /// Confirm under this idempotency key.
    Confirm(String, ConfirmRequest),
    /// Reset this order under this idempotency key.
    Reset(String, String),
    /// Cancel this order under this idempotency key.
    Cancel(String, String),
    /// Ask where this order stands.
    ReadOrder(String),
    /// Get a payment code.
    IssueCode,
    /// Draw these digits as a QR symbol.
    DrawQr(String),
    /// Tell the host page; the details are read from the model.
    Tell(HostEvent),
}

impl Effect {
    /// The same under another idempotency key, where it has one.
    #[must_use]
    pub fn under_key(self, key: String) -> Self {
        match self {
            Self::Confirm(_, request) => Self::Confirm(key, request),
            Self::Reset(_, order_id) => Self::Reset(key, order_id),
            Self::Cancel(_, order_id) => Self::Cancel(key, order_id),
            other => other,
        }
    }
}

/// What the host page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The guest has logged in.
    Login,
    /// There is a new preview, or another spend is chosen.
    Preview,
    /// The order is confirmed.
    Confirm,
    /// Nothing is frozen any more.
    Reset,
    /// A payment code is shown.
    PaymentCode,
    /// Something went wrong.
    Error,
    /// The guest has logged out.
    Logout,
}

//! Plazius, the loyalty system of r_keeper: its B2B API as a [`LoyaltyProgram`].
//!
//! Owns the mapping of each question to one operation. The JSON stays in [`wire`], the exchange and the authorisation
//! in [`client`], login codes in [`codes`], the judgement of answers in [`answer`], that of errors in [`error`].

mod account;
mod answer;
mod client;
mod codes;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod request;
mod wire;

use std::time::Duration;

use clock::Clock;
use contract::Phone;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use self::client::PlaziusClient;
pub use self::client::PlaziusOptions;
use self::codes::Site;
pub use self::codes::SiteAccess;
use crate::http::HttpClient;
use crate::program::{
    Answer, Calculation, Capabilities, Confirmation, Confirmed, Finish, Guest, GuestAccount, GuestKey,
    GuestKeyKind, LostConfirm, LoyaltyProgram, OrderRecord, OrderRef, PaymentCode, Question, Refund,
    SentCode, SpendChoice, Wallet,
};
use crate::{UpstreamError, WrongOptions};

/// Error code: there is no such guest.
const GUEST_NOT_FOUND: &str = "3007";

/// Error code: the request does not fit. Also what `orders/get` answers for an order it has never heard of.
const VALIDATION: &str = "9004";

/// One restaurant of a network on Plazius.
pub struct Plazius {
    client: PlaziusClient,
    organisation_id: String,
    site: Option<Site>,
}

impl Plazius {
    /// A restaurant's client. Sends nothing yet.
    ///
    /// # Errors
    /// [`WrongOptions`] where the address or a key cannot be sent.
    pub fn new(http: HttpClient, clock: Clock, options: PlaziusOptions) -> Result<Self, WrongOptions> {
        let organisation_id = options.organisation_id.clone();
        Ok(Self { client: PlaziusClient::new(http, clock, options)?, organisation_id, site: None })
    }

    /// The same client, which may also have Plazius send and check login codes.
    ///
    /// # Errors
    /// [`WrongOptions`] where the key or the origin cannot be sent.
    pub fn with_site_access(self, access: &SiteAccess) -> Result<Self, WrongOptions> {
        Ok(Self { site: Some(Site::new(access)?), ..self })
    }

    fn identities(&self, guest: &GuestKey) -> Result<wire::GuestRequestWire, UpstreamError> {
        Ok(request::guest(guest.phone()?, &self.organisation_id))
    }

    /// A write that answers nothing but the order's identifier.
    async fn write_order<Q: Serialize>(
        &self,
        operation: &str,
        body: &Q,
        order_id: Uuid,
    ) -> Result<(), UpstreamError> {
        answer::same_order(&self.client.write(&format!("loyalty/orders/{operation}"), body).await?, order_id)
    }
}

impl LoyaltyProgram for Plazius {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            guest_keys: &[GuestKeyKind::Phone],
            join: true,
            wallet_details: true,
            calculation_tells_guest: false,
            anonymous_preview: true,
            spend: SpendChoice::AnyAmount,
            accrual_with_spend: true,
            courier: true,
            promo_codes: true,
            payment_codes: true,
            login_codes: self.site.is_some(),
            lost_confirm: LostConfirm::LookedUp,
            hold_ttl_s: None,
            finish: Finish::ByCall,
            refunds: true,
        }
    }

    fn reach(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            // An order nobody has made: to answer that, Plazius must have accepted the token.
            let body = wire::OrderIdWire { id: Uuid::nil() };
            match self.client.read::<_, wire::GotOrderWire>("loyalty/orders/get", &body).await {
                Ok(_) => Ok(()),
                Err(UpstreamError::Refused { code, .. }) if code == VALIDATION => Ok(()),
                Err(error) => Err(error),
            }
        })
    }

    fn guest<'a>(&'a self, key: &'a GuestKey) -> Answer<'a, Option<Guest>> {
        Box::pin(async move {
            let GuestKey::Phone(phone) = key else {
                return Err(UpstreamError::Unsupported { what: "a guest without a phone" });
            };
            let body = request::guest(phone, &self.organisation_id);
            match self.client.read("loyalty/guests/get", &body).await {
                Ok(found) => answer::guest(found).map(Some),
                Err(UpstreamError::Refused { code, .. }) if code == GUEST_NOT_FOUND => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn join<'a>(&'a self, phone: &'a Phone) -> Answer<'a, ()> {
        Box::pin(async move {
            let body = request::save_guest(phone, &self.organisation_id);
            self.client.write::<_, wire::SavedGuestWire>("loyalty/guests/save", &body).await.map(drop)
        })
    }

    fn wallet<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Wallet> {
        Box::pin(async move {
            answer::wallet(self.client.read("loyalty/guests/getWallet", &self.identities(guest)?).await?)
        })
    }

    fn calculate<'a>(&'a self, question: Question<'a>) -> Answer<'a, Calculation> {
        Box::pin(async move {
            let guest = question.guest.map(GuestKey::phone).transpose()?;
            let body = request::calculate(guest, question.order, question.promo_codes, &self.organisation_id);
            let total = question.order.total().ok_or_else(|| UpstreamError::Malformed {
                what: "the order's sum".into(),
                in_doubt: false,
            })?;
            answer::calculation(self.client.read("loyalty/orders/calculate", &body).await?, total)
        })
    }

    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, Confirmed> {
        Box::pin(async move {
            let phone = confirmation.guest.phone()?;
            let body = request::confirm(&confirmation, phone, &self.organisation_id);
            self.write_order("confirm", &body, confirmation.order_id).await?;
            // Orders go by our identifier here, and what is frozen stays so.
            Ok(Confirmed::default())
        })
    }

    fn reset<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move {
            let body = wire::ResetWire { id: order.order_id, reset_at: wire::TimeWire(at) };
            self.write_order("reset", &body, order.order_id).await
        })
    }

    fn abort<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move {
            let body = wire::AbortWire { id: order.order_id, aborted_at: wire::TimeWire(at) };
            self.write_order("abort", &body, order.order_id).await
        })
    }

    fn close<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move {
            let body = wire::CloseWire { id: order.order_id, closed_at: wire::TimeWire(at) };
            self.write_order("close", &body, order.order_id).await
        })
    }

    fn refund<'a>(&'a self, order: OrderRef<'a>, refund: Refund<'a>) -> Answer<'a, ()> {
        Box::pin(async move {
            self.write_order("refund", &request::refund(order.order_id, &refund), order.order_id).await
        })
    }

    fn order<'a>(&'a self, order: OrderRef<'a>) -> Answer<'a, Option<OrderRecord>> {
        Box::pin(async move {
            let order_id = order.order_id;
            let read = self.client.read("loyalty/orders/get", &wire::OrderIdWire { id: order_id }).await;
            match read {
                Ok(found) => answer::order(found, order_id).map(Some),
                Err(UpstreamError::Refused { code, .. }) if code == VALIDATION => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn payment_code<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, PaymentCode> {
        Box::pin(async move {
            // A code that was issued and not received harms nobody: it expires by itself. So this may be repeated.
            let body = self.identities(guest)?;
            answer::payment_code(&self.client.read("loyalty/guests/generateCode", &body).await?)
        })
    }

    fn send_code<'a>(&'a self, phone: &'a Phone) -> Answer<'a, SentCode> {
        Box::pin(codes::send(&self.client, self.site.as_ref(), phone))
    }

    fn check_code<'a>(&'a self, phone: &'a Phone, code: &'a str) -> Answer<'a, bool> {
        Box::pin(codes::check(&self.client, self.site.as_ref(), phone, code))
    }

    fn accounts(&self) -> Option<&dyn GuestAccount> {
        Some(self)
    }
}

/// How long one call may take unless the configuration says otherwise.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(5);

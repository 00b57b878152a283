//! Plazius, the loyalty system of r_keeper: its B2B API as a [`LoyaltyProgram`].
//!
//! Owns the mapping of each question to one operation. The JSON stays in [`wire`], the exchange and the authorisation
//! in [`client`] and [`token`], the judgement of answers in [`answer`], that of errors in [`error`].

mod answer;
mod client;
mod error;
mod request;
mod token;
mod wire;

use std::time::Duration;

use clock::Clock;
use contract::Phone;
use jiff::Timestamp;
use uuid::Uuid;

use self::client::PlaziusClient;
pub use self::client::{PlaziusOptions, WrongOptions};
use crate::UpstreamError;
use crate::http::HttpClient;
use crate::program::{
    Answer, Calculation, Capabilities, Confirmation, Guest, LoyaltyProgram, OrderContents, OrderRecord,
    PaymentCode, Wallet,
};

/// Error code: there is no such guest.
const GUEST_NOT_FOUND: &str = "3007";

/// Error code: the request does not fit. Also what `orders/get` answers for an order it has never heard of.
const VALIDATION: &str = "9004";

/// One restaurant of a network on Plazius.
pub struct Plazius {
    client: PlaziusClient,
    organisation_id: String,
}

impl Plazius {
    /// A restaurant's client. Sends nothing yet.
    ///
    /// # Errors
    /// [`WrongOptions`] where the address or a key cannot be sent.
    pub fn new(http: HttpClient, clock: Clock, options: PlaziusOptions) -> Result<Self, WrongOptions> {
        let organisation_id = options.organisation_id.clone();
        Ok(Self { client: PlaziusClient::new(http, clock, options)?, organisation_id })
    }

    fn identities(&self, phone: &Phone) -> wire::GuestRequestWire {
        request::guest(phone, &self.organisation_id)
    }
}

impl LoyaltyProgram for Plazius {
    fn capabilities(&self) -> Capabilities {
        Capabilities { partial_spend: true, promo_codes: true, payment_codes: true }
    }

    fn guest<'a>(&'a self, phone: &'a Phone) -> Answer<'a, Option<Guest>> {
        Box::pin(async move {
            let read = self.client.read("loyalty/guests/get", &self.identities(phone)).await;
            match read {
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

    fn wallet<'a>(&'a self, phone: &'a Phone) -> Answer<'a, Wallet> {
        Box::pin(async move {
            answer::wallet(self.client.read("loyalty/guests/getWallet", &self.identities(phone)).await?)
        })
    }

    fn calculate<'a>(
        &'a self,
        guest: Option<&'a Phone>,
        order: &'a OrderContents,
        promo_codes: &'a [String],
    ) -> Answer<'a, Calculation> {
        Box::pin(async move {
            let body = request::calculate(guest, order, promo_codes, &self.organisation_id);
            let total = order.total().ok_or_else(|| UpstreamError::Malformed {
                what: "the order's sum".into(),
                in_doubt: false,
            })?;
            answer::calculation(self.client.read("loyalty/orders/calculate", &body).await?, total)
        })
    }

    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, ()> {
        Box::pin(async move {
            let body = request::confirm(&confirmation, &self.organisation_id);
            let confirmed = self.client.write("loyalty/orders/confirm", &body).await?;
            answer::same_order(&confirmed, confirmation.order_id)
        })
    }

    fn reset(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()> {
        Box::pin(async move {
            let body = wire::ResetWire { id: order_id, reset_at: wire::TimeWire(at) };
            answer::same_order(&self.client.write("loyalty/orders/reset", &body).await?, order_id)
        })
    }

    fn abort(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()> {
        Box::pin(async move {
            let body = wire::AbortWire { id: order_id, aborted_at: wire::TimeWire(at) };
            answer::same_order(&self.client.write("loyalty/orders/abort", &body).await?, order_id)
        })
    }

    fn close(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()> {
        Box::pin(async move {
            let body = wire::CloseWire { id: order_id, closed_at: wire::TimeWire(at) };
            answer::same_order(&self.client.write("loyalty/orders/close", &body).await?, order_id)
        })
    }

    fn order(&self, order_id: Uuid) -> Answer<'_, Option<OrderRecord>> {
        Box::pin(async move {
            let read = self.client.read("loyalty/orders/get", &wire::OrderIdWire { id: order_id }).await;
            match read {
                Ok(found) => answer::order(found, order_id).map(Some),
                Err(UpstreamError::Refused { code, .. }) if code == VALIDATION => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn payment_code<'a>(&'a self, phone: &'a Phone) -> Answer<'a, PaymentCode> {
        Box::pin(async move {
            // A code that was issued and not received harms nobody: it expires by itself. So this may be repeated.
            answer::payment_code(
                &self.client.read("loyalty/guests/generateCode", &self.identities(phone)).await?,
            )
        })
    }
}

/// How long one call may take unless the configuration says otherwise.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(5);

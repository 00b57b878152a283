//! r_k Delivery as a [`LoyaltyProgram`]: the loyalty of an order placed on a restaurant's site.
//!
//! Owns the mapping of each question to the documented calls: a precalculation, an order's creation, a reset, a change.
//! The JSON stays in [`wire`] and [`request`], the exchange and the authorisation in [`client`], what goes back with a
//! confirm in [`echo`], the judgement of answers in [`answer`], that of errors in [`error`].
//!
//! Bonuses are spent all or not at all, and the block that goes back with a confirm says which. So an order is
//! precalculated twice where there is anything to spend: a confirm then sends what the guest has seen, either way.

mod answer;
mod client;
mod echo;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod request;
mod wire;

use http::Method;
use jiff::Timestamp;
use uuid::Uuid;

use self::client::RkDeliveryClient;
pub use self::client::RkDeliveryOptions;
use self::echo::Echo;
use self::request::Subject;
use self::wire::{CreatedWire, ResultWire};
use crate::http::HttpClient;
use crate::http::json::{acknowledged, decoded, encoded};
use crate::program::{
    Answer, Calculation, Capabilities, Confirmation, Confirmed, Finish, GuestKey, LostConfirm,
    LoyaltyProgram, OrderContents, OrderRef, Question, SpendChoice,
};
use crate::{UpstreamError, WrongOptions};

/// One restaurant on r_k Delivery.
pub struct RkDelivery {
    client: RkDeliveryClient,
    restaurant_id: Uuid,
    payment_type_id: String,
}

impl RkDelivery {
    /// A restaurant's client. Sends nothing yet.
    ///
    /// # Errors
    /// [`WrongOptions`] where an address is none or the restaurant's identifier is no GUID.
    pub fn new(
        http: HttpClient,
        clock: clock::Clock,
        options: RkDeliveryOptions,
    ) -> Result<Self, WrongOptions> {
        let restaurant_id =
            Uuid::try_parse(&options.restaurant_id).map_err(|_| WrongOptions::RestaurantId)?;
        let client = RkDeliveryClient::new(http, clock, &options)?;
        Ok(Self { client, restaurant_id, payment_type_id: options.payment_type_id })
    }

    fn subject<'a>(
        &'a self,
        guest: &'a GuestKey,
        order: &'a OrderContents,
    ) -> Result<Subject<'a>, UpstreamError> {
        let payment_type_id = &self.payment_type_id;
        Ok(Subject { restaurant_id: self.restaurant_id, payment_type_id, guest: guest.phone()?, order })
    }

    async fn precalculate_both(&self, question: Question<'_>) -> Result<Calculation, UpstreamError> {
        let guest = question.guest.ok_or(UpstreamError::Unsupported { what: "a calculation for nobody" })?;
        let subject = self.subject(guest, question.order)?;
        let total = question
            .order
            .total()
            .ok_or_else(|| UpstreamError::Malformed { what: "the order's sum".into(), in_doubt: false })?;
        let deadline = self.client.deadline();
        let precalculate = async |use_bonuses| {
            let body =
                request::precalculate(&subject, question.promo_codes, question.reference, use_bonuses)?;
            let answer = self.client.read("orders/delivery", &body, deadline).await?;
            answer::precalculation(answer, total, use_bonuses)
        };
        let without = precalculate(false).await?;
        let with = if without.lets_spend() { Some(precalculate(true).await?) } else { None };
        answer::calculation(without, with)
    }

    async fn create_or_change(&self, confirmation: Confirmation<'_>) -> Result<Confirmed, UpstreamError> {
        let subject = self.subject(confirmation.guest, confirmation.order)?;
        let echo = Echo::read(confirmation.echo)?;
        let echoed = echo.choose(confirmation.payment)?;
        if let Some(reference) = confirmation.reference {
            let body = encoded(&request::change(&subject, echoed)?)?;
            let reply = self.client.write(Method::PATCH, &format!("orders/{reference}"), Some(body)).await?;
            acknowledged(&reply.body)?;
            return Ok(Confirmed { reference: Some(reference.to_owned()), held_until: None });
        }
        let body = encoded(&request::create(&subject, echoed)?)?;
        let reply = self.client.write(Method::POST, "orders", Some(body)).await?;
        answer::created(decoded::<ResultWire<CreatedWire>>(&reply.body)?.result)
    }
}

impl LoyaltyProgram for RkDelivery {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            guest_keys: &[],
            join: false,
            wallet_details: false,
            calculation_tells_guest: true,
            anonymous_preview: false,
            spend: SpendChoice::AllOrNothing,
            accrual_with_spend: true,
            courier: false,
            promo_codes: true,
            payment_codes: false,
            login_codes: false,
            lost_confirm: LostConfirm::SeenAtTheTill,
            hold_ttl_s: None,
            finish: Finish::AtTheTill,
            refunds: false,
        }
    }

    fn reach(&self) -> Answer<'_, ()> {
        Box::pin(self.client.authorise())
    }

    fn calculate<'a>(&'a self, question: Question<'a>) -> Answer<'a, Calculation> {
        Box::pin(self.precalculate_both(question))
    }

    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, Confirmed> {
        Box::pin(self.create_or_change(confirmation))
    }

    fn reset<'a>(&'a self, order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move {
            let reference = order
                .reference
                .ok_or(UpstreamError::Unsupported { what: "an order whose number it has not told" })?;
            let path = format!("orders/{reference}/resetLoyalty");
            acknowledged(&self.client.write(Method::POST, &path, None).await?.body)
        })
    }
}

//! The way every authorised operation takes: token, one transaction off the async threads, answer; and finding what a
//! request names, or refusing it.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use contract::Phone;

use super::RkDelivery;
use super::error::Refusal;
use super::wire::GuidWire;
use crate::network::Network;
use crate::network::quote::Buyer;
use crate::store::delivery::{self, Access, DeliveryOrder};

/// What an operation works with.
pub(super) struct Call<'a> {
    pub(super) network: Network<'a>,
    /// The client the token was given to: it sees only its own restaurants.
    pub(super) client_id: &'a str,
}

/// Does `work` in one transaction for whoever the token belongs to.
pub(super) async fn perform<A: IntoResponse + Send + 'static>(
    delivery: RkDelivery,
    headers: HeaderMap,
    work: impl FnOnce(&Call<'_>, &HeaderMap) -> Result<A, Refusal> + Send + 'static,
) -> Response {
    off_the_async_threads(move || authorised(&delivery, &headers, work)).await
}

/// Runs blocking work where it may block and answers with what it makes.
pub(super) async fn off_the_async_threads<A: IntoResponse + Send + 'static>(
    work: impl FnOnce() -> Result<A, Refusal> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(answer)) => answer.into_response(),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => Refusal::Internal(error.to_string()).into_response(),
    }
}

fn authorised<A>(
    delivery: &RkDelivery,
    headers: &HeaderMap,
    work: impl FnOnce(&Call<'_>, &HeaderMap) -> Result<A, Refusal>,
) -> Result<A, Refusal> {
    let now = delivery.clock.now();
    let token = bearer(headers).ok_or(Refusal::Unauthorized)?;
    delivery.store.transact(|tx| {
        let Access { client_id, network_id } =
            delivery::of_token(tx, token, now.as_millisecond())?.ok_or(Refusal::Unauthorized)?;
        let programme = delivery
            .programmes
            .get(network_id)
            .ok_or_else(|| Refusal::Internal(format!("network {network_id} has no programme")))?;
        let network = Network { tx, id: network_id, programme: &programme, now };
        work(&Call { network, client_id: &client_id }, headers)
    })
}

/// The token in `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl Call<'_> {
    /// The id of the named restaurant, if the client may see it.
    pub(super) fn restaurant_id(&self, named: &GuidWire) -> Result<String, Refusal> {
        let id = named.normal();
        if delivery::sees(self.network.tx, self.client_id, &id)? {
            Ok(id)
        } else {
            Err(Refusal::NotFound(format!("restaurantId: there is no restaurant {id}")))
        }
    }

    /// The order with this number, of a restaurant the client may see; to the client there is no other.
    pub(super) fn order(&self, number: &str) -> Result<DeliveryOrder, Refusal> {
        let unknown = || Refusal::NotFound(format!("there is no order {number}"));
        let number = parse_number(number).ok_or_else(unknown)?;
        delivery::find(self.network.tx, self.client_id, number)?.ok_or_else(unknown)
    }

    /// The guest with this phone, or somebody who has what a new guest has.
    pub(super) fn buyer(&self, phone: &Phone) -> Result<Buyer, Refusal> {
        Ok(self.network.guest(phone.as_str())?.map_or(Buyer::Newcomer, |guest| Buyer::Guest(Box::new(guest))))
    }
}

/// An order's number out of its text, which has no other form than the one it is told in.
pub(super) fn parse_number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}

/// The phone as the makers' examples have it, without its plus, or with it.
pub(super) fn phone(path: &str, text: &str) -> Result<Phone, Refusal> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    Phone::parse(&format!("+{digits}"))
        .ok_or_else(|| Refusal::invalid(path, "expected a phone's digits with its country's, as 79990003344"))
}

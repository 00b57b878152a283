//! A request's order as the network calculates it, and what of the request binds a confirmation to that.

use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::lookup;
use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use super::wire::order::{DeliveryWire, ItemWire, OrderWire};
use crate::network::fingerprint::Fingerprint;
use crate::network::quote::{Buyer, Quote};
use crate::network::{NetworkError, quote};

/// The parts of a request that decide its quote.
pub(super) struct Subject<'a> {
    pub(super) order: &'a OrderWire,
    pub(super) organization: &'a OrganizationIdentityWire,
    pub(super) guest: Option<&'a GuestIdentityWire>,
    pub(super) delivery: Option<&'a DeliveryWire>,
}

/// What a fingerprint is of. The time the order was opened at is there by what it makes of the campaigns.
#[derive(Serialize)]
struct Bound<'a> {
    items: &'a [ItemWire],
    organization: &'a OrganizationIdentityWire,
    guest: Option<&'a GuestIdentityWire>,
    delivery: Option<&'a DeliveryWire>,
}

impl Subject<'_> {
    /// The fingerprint of this subject's quote.
    pub(super) fn fingerprint(&self, quote: &Quote) -> Result<Fingerprint, NetworkError> {
        let Self { order, organization, guest, delivery } = *self;
        Fingerprint::new(&Bound { items: &order.items, organization, guest, delivery }, quote)
    }
}

/// Calculates with what the guest holds now. Returns the restaurant's id too.
pub(super) fn quote(
    call: &Call<'_>,
    subject: &Subject<'_>,
    promo_codes: &[String],
) -> Result<(String, Quote), Refusal> {
    let order = subject.order.to_order(subject.delivery)?;
    let restaurant_id = lookup::restaurant_id(call, subject.organization)?;
    let buyer = match subject.guest {
        Some(identity) => Buyer::Guest(Box::new(lookup::guest(call, identity)?)),
        None => Buyer::Nobody,
    };
    Ok((restaurant_id, quote::quote(&call.network(), order, buyer, promo_codes)?))
}

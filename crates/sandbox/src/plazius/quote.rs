//! Applying the programme to the order of a request: what `calculate` shows and `confirm` holds it to.

use loyalty::{Calculation, Guest, Order};

use super::call::Call;
use super::error::Refusal;
use super::lookup;
use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use super::wire::order::{DeliveryWire, OrderWire};
use crate::store::gifts;
use crate::store::guests::GuestRow;

/// An order, whose it is, and what the programme makes of it.
pub(super) struct Quote {
    pub(super) restaurant_id: String,
    pub(super) guest: Option<GuestRow>,
    pub(super) order: Order,
    pub(super) calculation: Calculation,
}

/// The parts of a request that decide its quote.
pub(super) struct Subject<'a> {
    pub(super) order: &'a OrderWire,
    pub(super) organization: &'a OrganizationIdentityWire,
    pub(super) guest: Option<&'a GuestIdentityWire>,
    pub(super) delivery: Option<&'a DeliveryWire>,
}

/// Calculates with what the guest holds now.
pub(super) fn quote(
    call: &Call<'_>,
    subject: &Subject<'_>,
    promo_codes: &[String],
) -> Result<Quote, Refusal> {
    let order = subject.order.to_order(subject.delivery)?;
    let restaurant_id = lookup::restaurant_id(call, subject.organization)?;
    let guest = subject.guest.map(|identity| lookup::guest(call, identity)).transpose()?;
    let holdings = match &guest {
        Some(guest) => Some(Guest {
            balance: guest.balance,
            rank_index: guest.standing.rank_index,
            privileges: gifts::privileges(call.tx, guest.id, call.now_ms())?,
            ..Guest::default()
        }),
        None => None,
    };
    let calculation = loyalty::calculate(call.programme, &order, holdings.as_ref(), promo_codes)?;
    Ok(Quote { restaurant_id, guest, order, calculation })
}

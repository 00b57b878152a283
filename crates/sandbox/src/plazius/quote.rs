//! Applying the programme to the order of a request: what `calculate` shows and `confirm` holds it to.

use std::collections::HashSet;

use loyalty::programme::PromoCode;
use loyalty::{Calculation, Order};

use super::call::Call;
use super::error::Refusal;
use super::holdings::holdings;
use super::lookup;
use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use super::wire::order::{DeliveryWire, OrderWire};
use crate::store::guests::GuestRow;

/// An order, whose it is, and what the programme makes of it.
pub(super) struct Quote {
    pub(super) restaurant_id: String,
    pub(super) guest: Option<GuestRow>,
    pub(super) order: Order,
    pub(super) calculation: Calculation,
    /// The promo codes that work, each once, as the rules compare them.
    pub(super) promo_codes: Vec<String>,
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
    let holdings = guest.as_ref().map(|guest| holdings(call, guest, promo_codes)).transpose()?;
    let calculation = loyalty::calculate(call.programme, &order, holdings.as_ref(), promo_codes)?;
    let promo_codes = working(promo_codes, &calculation);
    Ok(Quote { restaurant_id, guest, order, calculation, promo_codes })
}

/// The codes entered less those that do nothing.
fn working(entered: &[String], calculation: &Calculation) -> Vec<String> {
    let refused: HashSet<String> = calculation
        .refused_promo_codes
        .iter()
        .map(|refused| PromoCode::new(refused.code.as_str()).normal().to_owned())
        .collect();
    let mut working: Vec<String> = Vec::new();
    for code in entered.iter().map(PromoCode::new) {
        if !refused.contains(code.normal()) && !working.iter().any(|other| other == code.normal()) {
            working.push(code.normal().to_owned());
        }
    }
    working
}

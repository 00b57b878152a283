//! Applying the programme to an order: what a calculation shows and a confirmation is held to.

use std::collections::HashSet;

use loyalty::programme::PromoCode;
use loyalty::{Calculation, Order};

use super::holdings::{holdings, newcomer};
use super::{Network, NetworkError};
use crate::store::guests::GuestRow;

/// Whose an order is.
pub(crate) enum Buyer {
    /// Nobody knows: only what is for everybody applies, and there are no bonuses.
    Nobody,
    /// Somebody who has not joined yet, and has what a new guest has.
    Newcomer,
    /// A guest.
    Guest(Box<GuestRow>),
}

/// An order, whose it is, and what the programme makes of it.
pub(crate) struct Quote {
    pub(crate) guest: Option<GuestRow>,
    pub(crate) order: Order,
    pub(crate) calculation: Calculation,
    /// The promo codes that work, each once, as the rules compare them.
    pub(crate) promo_codes: Vec<String>,
}

/// Calculates with what the buyer holds now.
pub(crate) fn quote(
    network: &Network<'_>,
    order: Order,
    buyer: Buyer,
    promo_codes: &[String],
) -> Result<Quote, NetworkError> {
    let (guest, holdings) = match buyer {
        Buyer::Nobody => (None, None),
        Buyer::Newcomer => (None, Some(newcomer(network, promo_codes)?)),
        Buyer::Guest(guest) => {
            let held = holdings(network, &guest, promo_codes)?;
            (Some(*guest), Some(held))
        }
    };
    let calculation = loyalty::calculate(network.programme, &order, holdings.as_ref(), promo_codes)?;
    let promo_codes = working(promo_codes, &calculation);
    Ok(Quote { guest, order, calculation, promo_codes })
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

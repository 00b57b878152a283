//! What creating an order and changing it have in common: it is held to its precalculation, and then frozen for.

use contract::Money;

use super::block::loyalty_amount;
use super::call::Call;
use super::error::Refusal;
use super::subject::Subject;
use super::wire::LoyaltyAmountWire;
use crate::network::confirm::{Confirmed, Label, confirm};
use crate::network::fingerprint::Fingerprint;
use crate::network::join;
use crate::network::quote::{Buyer, Quote};
use crate::network::terms::Terms;
use crate::store::guests::Person;

/// What was agreed on.
pub(super) struct Agreement {
    quote: Quote,
    terms: Terms,
    has_loyalty: bool,
}

/// Holds `sent` to what the precalculation would answer now. Without it, or where it says so, there is no loyalty.
pub(super) fn agree(
    call: &Call<'_>,
    subject: &Subject<'_>,
    sent: Option<&LoyaltyAmountWire>,
) -> Result<Agreement, Refusal> {
    let Some(sent) = sent.filter(|sent| sent.use_rk_loyalty) else {
        let quote = subject.quote(call, Buyer::Nobody, &[])?;
        let terms = Terms::without_loyalty(&quote.order);
        return Ok(Agreement { quote, terms, has_loyalty: false });
    };
    let shown = Fingerprint::decode(&sent.finger_print).ok_or_else(|| {
        Refusal::invalid("loyaltyCalculation.fingerPrint", "not a fingerprint of a precalculation")
    })?;
    let quote = subject.quote(call, call.buyer(subject.phone)?, shown.promocodes())?;
    let fingerprint = subject.fingerprint(&quote)?;
    if shown != fingerprint {
        return Err(Refusal::Conflict(
            "loyaltyCalculation.fingerPrint is not of this order as it is precalculated now: ask for the \
             precalculation again, of an order that is changed with its number and after resetLoyalty"
                .to_owned(),
        ));
    }
    let uses_bonuses = sent.use_loyalty_bonus_payments;
    let actual = loyalty_amount(call, &quote, &fingerprint, &[], uses_bonuses)?;
    if !sent.has_sums_of(&actual) {
        return Err(Refusal::Conflict(
            "the sums of loyaltyCalculation are not those of the precalculation: ask for it again".to_owned(),
        ));
    }
    let payment = if uses_bonuses { actual.bonuses.max_bonuses_for_payment.0 } else { 0 };
    let terms = Terms::of(&quote, Some(Money::from_minor(payment)))?;
    Ok(Agreement { quote, terms, has_loyalty: true })
}

impl Agreement {
    /// What is left to pay in money.
    pub(super) fn left_to_pay(&self) -> Money {
        let total = self.quote.order.cost().minus_or_zero(self.terms.discount);
        total.minus_or_zero(self.terms.payment)
    }

    /// Writes the order down and freezes what it takes. Who is no guest yet becomes one by an order with loyalty.
    pub(super) fn keep(
        mut self,
        call: &Call<'_>,
        subject: &Subject<'_>,
        person: &Person,
        order_id: &str,
        opened_at_ms: i64,
    ) -> Result<(), Refusal> {
        let network = &call.network;
        if self.has_loyalty && self.quote.guest.is_none() {
            let guest_id = join::save(network, subject.phone.as_str(), person, subject.restaurant_id)?;
            self.quote.guest = Some(network.guest_by_id(guest_id)?);
        }
        let labels: Vec<Label<'_>> =
            subject.dishes.iter().map(|dish| Label { name: dish.name, group: None }).collect();
        let confirmed = Confirmed {
            order_id,
            restaurant_id: subject.restaurant_id,
            is_delivery: true,
            // A repetition is another order, or needs a reset before: there is nothing to recognise it by.
            contents: "",
            opened_at_ms,
            labels: &labels,
        };
        Ok(confirm(network, &confirmed, &self.quote, &self.terms)?)
    }
}

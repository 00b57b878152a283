//! What a precalculation is of, and what binds an order to it.

use contract::Phone;
use loyalty::{Expedition, Moment, Order};
use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::wire::FlatDish;
use crate::network::fingerprint::Fingerprint;
use crate::network::quote::{Buyer, Quote, quote};
use crate::store::delivery::DeliveryOrder;

/// An order, whose it is, and where.
pub(super) struct Subject<'a> {
    pub(super) restaurant_id: &'a str,
    pub(super) phone: &'a Phone,
    pub(super) expedition: Expedition,
    pub(super) dishes: &'a [FlatDish<'a>],
    /// The order that is changed; absent for a new one.
    pub(super) changed: Option<&'a DeliveryOrder>,
}

/// What a fingerprint is of. That an order which was reset once more is another subject makes it good for one change
/// alone, and only after a reset.
#[derive(Serialize)]
struct Bound<'a> {
    restaurant_id: &'a str,
    phone: &'a str,
    expedition: Expedition,
    number_and_resets: Option<(i64, u32)>,
    dishes: Vec<BoundDish<'a>>,
}

#[derive(Serialize)]
struct BoundDish<'a> {
    depth: usize,
    id: &'a str,
    name: &'a str,
    quantity_milli: i64,
    price_minor: i64,
}

impl Subject<'_> {
    /// What the programme makes of it now for this buyer. Campaigns go by the moment of asking.
    pub(super) fn quote(
        &self,
        call: &Call<'_>,
        buyer: Buyer,
        promo_codes: &[String],
    ) -> Result<Quote, Refusal> {
        let lines = self.dishes.iter().map(|dish| dish.line.clone()).collect();
        let opened_at = Moment::from_unix_s(call.network.now.as_second());
        let order = Order::new(lines, self.expedition, opened_at)
            .map_err(|error| Refusal::invalid("dishList", error.to_string()))?;
        Ok(quote(&call.network, order, buyer, promo_codes)?)
    }

    /// The fingerprint of this subject's quote.
    pub(super) fn fingerprint(&self, quote: &Quote) -> Result<Fingerprint, Refusal> {
        let dishes = self.dishes.iter().map(|dish| BoundDish {
            depth: dish.depth,
            id: &dish.line.code,
            name: dish.name,
            quantity_milli: dish.line.quantity.milli(),
            price_minor: dish.line.price.minor(),
        });
        let bound = Bound {
            restaurant_id: self.restaurant_id,
            phone: self.phone.as_str(),
            expedition: self.expedition,
            number_and_resets: self.changed.map(|order| (order.number, order.resets)),
            dishes: dishes.collect(),
        };
        Ok(Fingerprint::new(&bound, quote)?)
    }
}

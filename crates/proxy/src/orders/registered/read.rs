//! A registered order as its restaurant's server reads it.

use contract::Money;
use contract::order::OrderState;

use crate::app::Restaurant;
use crate::guest::masked;
use crate::orders::announce::told;
use crate::orders::order::{Order, Owner, Settled};
use crate::orders::refund::DoneRefund;
use crate::orders::{OrderError, Orders};
use crate::store::refunds;
use crate::store::registrations::{self, Registration};

/// What is told of a registered order.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// As it was registered.
    pub(crate) registration: Registration,
    /// Where it stands.
    pub(crate) state: OrderState,
    /// Which contents the guest has confirmed.
    pub(crate) confirmed_revision: Option<u32>,
    /// The sum of the contents: of the confirmed ones, where the order is no longer open.
    pub(crate) items_total: Money,
    /// Discounts frozen or given.
    pub(crate) discount: Money,
    /// Bonuses frozen or written off.
    pub(crate) spend: Money,
    /// What is left to pay in money.
    pub(crate) to_pay: Money,
    /// The guest, as far as the restaurant need know.
    pub(crate) guest: Option<String>,
    /// What was taken back.
    pub(crate) refunds: Vec<DoneRefund>,
}

impl Orders {
    /// A registered order as it stands; a step in doubt is settled first, where that can be done.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] where the restaurant has registered none of this name.
    pub(crate) async fn read_registered(
        &self,
        restaurant: &Restaurant,
        order_ref: &str,
    ) -> Result<Told, OrderError> {
        let registration = self.registration(&restaurant.config.id, order_ref).await?;
        let Some(guest) = registration.guest.clone() else {
            let state = if registration.is_aborted { Settled::Aborted } else { Settled::Open };
            return Ok(unclaimed(registration, told(state)));
        };
        let owner = Owner { restaurant: registration.restaurant.clone(), guest };
        let order_id = registration.order_id;
        let order = self.read(restaurant, &owner, &order_id.to_string()).await?;
        let refunds = self.store.read(move |tx| refunds::of_order(tx, order_id)).await?;
        let state = order.api_state(&restaurant.program.capabilities());
        Ok(claimed(registration, &order, state, refunds))
    }

    /// What a restaurant has registered under a name.
    pub(super) async fn registration(
        &self,
        restaurant: &str,
        order_ref: &str,
    ) -> Result<Registration, OrderError> {
        let (restaurant, order_ref) = (restaurant.to_owned(), order_ref.to_owned());
        let known = self.store.read(move |tx| registrations::find(tx, &restaurant, &order_ref)).await?;
        known.ok_or(OrderError::UnknownOrder)
    }
}

fn unclaimed(registration: Registration, state: OrderState) -> Told {
    Told {
        state,
        confirmed_revision: None,
        items_total: registration.items_total,
        discount: Money::ZERO,
        spend: Money::ZERO,
        to_pay: registration.items_total,
        guest: None,
        refunds: Vec::new(),
        registration,
    }
}

fn claimed(registration: Registration, order: &Order, state: OrderState, refunds: Vec<DoneRefund>) -> Told {
    let guest = Some(masked(&order.owner.guest));
    if order.state == Settled::Open && order.pending.is_none() {
        return Told { guest, ..unclaimed(registration, state) };
    }
    let sums = order.sums();
    Told {
        state,
        confirmed_revision: order.preview.revision.filter(|_| order.state != Settled::Open),
        items_total: order.preview.items_total,
        discount: sums.discount,
        spend: sums.spend,
        to_pay: sums.to_pay,
        guest,
        refunds,
        registration,
    }
}

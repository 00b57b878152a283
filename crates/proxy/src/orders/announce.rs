//! Keeps where an order stands, and in the same transaction what its restaurant's server is to be told of it.

use contract::order::OrderState;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::order::{Order, Settled};
use super::refund::DoneRefund;
use super::{OrderError, Orders};
use crate::guest::masked;
use crate::store::registrations::Registration;
use crate::store::sql::Tx;
use crate::store::webhooks::WebhookRow;
use crate::store::{StoreError, orders, refunds, registrations, webhooks};

/// What a restaurant's server may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// Discounts and bonuses are frozen.
    Confirmed,
    /// What was frozen is back, and the order may change.
    Reset,
    /// What was frozen is written off.
    Closed,
    /// The order is cancelled for good.
    Aborted,
    /// The order, or some of it, was taken back.
    Refunded,
}

impl Event {
    /// What a change of an order's state is, if anything.
    fn of(before: Settled, after: Settled) -> Option<Self> {
        match (before, after) {
            _ if before == after => None,
            (_, Settled::Confirmed) => Some(Self::Confirmed),
            (Settled::Confirmed, Settled::Open) => Some(Self::Reset),
            (_, Settled::Closed) => Some(Self::Closed),
            (_, Settled::Aborted) => Some(Self::Aborted),
            (_, Settled::Refunded) => Some(Self::Refunded),
            (_, Settled::Open) => None,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "order.confirmed",
            Self::Reset => "order.reset",
            Self::Closed => "order.closed",
            Self::Aborted => "order.aborted",
            Self::Refunded => "order.refunded",
        }
    }
}

/// Writes an order's state, and what is to be told of it. Made before the transaction, for it needs randomness.
#[derive(Clone, Debug)]
pub(super) struct Announcement {
    webhook_id: Uuid,
    at: Timestamp,
    is_wanted: bool,
}

impl Orders {
    /// What an order's next change is announced by.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub(super) fn announcement(&self, restaurant: &str) -> Result<Announcement, OrderError> {
        Ok(Announcement {
            webhook_id: self.entropy.uuid()?,
            at: self.clock.now(),
            is_wanted: self.outbox.has_target(restaurant),
        })
    }
}

impl Announcement {
    /// Keeps where an order stands, a refund that was carried out, and what is to be told of both.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub(super) fn keep(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        refund: Option<&DoneRefund>,
    ) -> Result<(), StoreError> {
        let before = orders::state(tx, order.order_id)?;
        orders::set_state(tx, order, self.at.as_millisecond())?;
        if let Some(done) = refund {
            refunds::insert(tx, order.order_id, done)?;
        }
        let event = before.and_then(|before| Event::of(before, order.state));
        match event.or(refund.map(|_| Event::Refunded)).filter(|_| self.is_wanted) {
            Some(event) => self.tell(tx, order, event, refund),
            None => Ok(()),
        }
    }

    fn tell(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        event: Event,
        refund: Option<&DoneRefund>,
    ) -> Result<(), StoreError> {
        let registration = registrations::find_by_order(tx, order.order_id)?;
        let sums = order.sums();
        let data = json!({
            "order_ref": registration.map(|known| known.order_ref),
            "order_id": order.order_id.to_string(),
            "revision": order.preview.revision,
            "state": told(order.state),
            "guest": masked(&order.owner.guest),
            "currency": order.currency,
            "items_total_minor": order.preview.items_total,
            "discount_total_minor": sums.discount,
            "spend_minor": sums.spend,
            "to_pay_minor": sums.to_pay,
            "refund": refund.map(|done| json!({"refund_id": done.refund_id.to_string(), "items": done.items})),
        });
        self.insert(tx, &order.owner.restaurant, event, order.order_id, &data)
    }

    /// Keeps that an order was cancelled that no guest ever had.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub(super) fn tell_of_unclaimed(
        &self,
        tx: &mut dyn Tx,
        registration: &Registration,
    ) -> Result<(), StoreError> {
        if !self.is_wanted {
            return Ok(());
        }
        let data = json!({
            "order_ref": registration.order_ref,
            "order_id": registration.order_id.to_string(),
            "revision": registration.revision,
            "state": OrderState::Aborted,
            "guest": null,
            "currency": registration.cart.currency,
            "items_total_minor": registration.items_total,
            "discount_total_minor": 0,
            "spend_minor": 0,
            "to_pay_minor": registration.items_total,
            "refund": null,
        });
        self.insert(tx, &registration.restaurant, Event::Aborted, registration.order_id, &data)
    }

    fn insert(
        &self,
        tx: &mut dyn Tx,
        restaurant: &str,
        event: Event,
        order_id: Uuid,
        data: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let body = json!({"type": event.as_str(), "timestamp": self.at, "data": data});
        let row = WebhookRow {
            webhook_id: self.webhook_id.to_string(),
            restaurant: restaurant.to_owned(),
            event: event.as_str().to_owned(),
            body: body.to_string(),
            made_at_ms: self.at.as_millisecond(),
            attempts: 0,
            failed: 0,
            next_at_ms: Some(self.at.as_millisecond()),
            failure: None,
        };
        webhooks::insert(tx, &row, order_id)
    }
}

/// A settled state as the API tells it.
pub(super) const fn told(state: Settled) -> OrderState {
    match state {
        Settled::Open => OrderState::Open,
        Settled::Confirmed => OrderState::Confirmed,
        Settled::Closed => OrderState::Closed,
        Settled::Aborted => OrderState::Aborted,
        Settled::Refunded => OrderState::Refunded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_for_the_restaurant_is_told() {
        use Settled::{Aborted, Closed, Confirmed, Open, Refunded};
        for (before, after, told) in [
            (Open, Confirmed, Some("order.confirmed")),
            (Confirmed, Open, Some("order.reset")),
            (Confirmed, Closed, Some("order.closed")),
            (Confirmed, Aborted, Some("order.aborted")),
            (Open, Aborted, Some("order.aborted")),
            (Closed, Refunded, Some("order.refunded")),
            (Confirmed, Confirmed, None),
            (Open, Open, None),
        ] {
            assert_eq!(Event::of(before, after).map(Event::as_str), told, "{before:?} to {after:?}");
        }
    }
}

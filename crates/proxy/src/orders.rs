//! An order's life: preview, confirm, reset, cancel, close, and what to believe when an answer was lost.
//!
//! Owns the rule that one order spends at most once: what the loyalty system is about to be asked is on the disk before
//! it is asked, one request at a time works on an order, and a lost answer is looked up and never blindly sent again.

mod abandoned;
mod announce;
mod ask;
mod cart;
#[cfg(test)]
mod killed;
mod leases;
mod names;
pub(crate) mod order;
mod preview;
mod promo;
mod recovery;
pub(crate) mod refund;
pub(crate) mod registered;
mod sealed;
mod settle;
mod steps;
mod unkept;

use clock::Clock;
use contract::Money;
use contract::order::{OrderResponse, OrderState};
use thiserror::Error;
use upstream::UpstreamError;
use uuid::Uuid;

pub(crate) use self::ask::Ask;
use self::leases::Leases;
use self::names::Names;
use self::order::{Order, Owner};
use self::preview::told_of;
use self::refund::DoneRefund;
use self::sealed::Seal;
use crate::app::Restaurant;
use crate::auth::peppers::Peppers;
use crate::config::{Limits, Secret};
use crate::entropy::{Entropy, EntropyError};
use crate::error::ApiError;
use crate::store::sql::Tx;
use crate::store::{Scope, Store, StoreError, orders};
use crate::webhooks::Outbox;

/// Why a request about an order is not carried out.
#[derive(Debug, Error)]
pub(crate) enum OrderError {
    /// The cart cannot be.
    #[error("the cart is refused")]
    Cart(ApiError),
    /// The request cannot be.
    #[error("the request is refused")]
    Request(ApiError),
    /// A promo code that cannot be one.
    #[error("{message}")]
    InvalidPromoCode {
        /// The place.
        field: String,
        /// What is wrong there.
        message: &'static str,
    },
    /// Outside what the preview allows.
    #[error("the spend is outside the preview's range")]
    SpendOutOfRange {
        /// The nearest that is inside.
        limit: Money,
    },
    /// Another preview is newer, or it is too old.
    #[error("the preview is not the newest, or too old: calculate again")]
    PreviewOutdated,
    /// The restaurant does not let guests spend on a cart that only the page described.
    #[error("this restaurant confirms only orders that its own server has described")]
    PageCartNotTrusted,
    /// No such order of this guest.
    #[error("no such order")]
    UnknownOrder,
    /// The restaurant's loyalty system calculates only orders that guests fetch.
    #[error("the restaurant's loyalty system calculates only orders that guests fetch themselves")]
    DeliveryNotSupported,
    /// The order does not stand where this could be done.
    #[error("the order is {}", .0.as_str())]
    Conflict(OrderState),
    /// The order that was asked for by its token is confirmed, or may be.
    #[error("the order is {}, and holds what was asked for", state.as_str())]
    Standing {
        /// Where it stands.
        state: OrderState,
        /// Its name.
        order_id: Uuid,
    },
    /// Another request is at work on the order.
    #[error("another request is at work on this order")]
    InProgress,
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// The loyalty system failed or refused.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No identifier can be made.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// The service that keeps orders. Clones share the orders.
#[derive(Clone)]
pub(crate) struct Orders {
    store: Store,
    clock: Clock,
    entropy: Entropy,
    leases: Leases,
    outbox: Outbox,
    token_secret: Secret,
    names: Names,
    seal: Seal,
    preview_ttl_ms: i64,
    idempotency_ttl_ms: i64,
    abandoned_after_ms: i64,
    orders_kept_ms: i64,
}

impl Orders {
    /// The orders of a store. The peppers are what the tokens of registered orders, the names of orders and the seals of
    /// previews are made with.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub(crate) fn new(
        store: Store,
        clock: Clock,
        entropy: Entropy,
        limits: &Limits,
        outbox: Outbox,
        peppers: &Peppers,
    ) -> Result<Self, EntropyError> {
        Ok(Self {
            outbox,
            token_secret: peppers.current.clone(),
            names: Names::new(peppers),
            seal: Seal::new(peppers, &entropy)?,
            leases: Leases::new(store.clone(), clock.clone(), entropy.clone(), limits),
            store,
            clock,
            entropy,
            preview_ttl_ms: i64::from(limits.preview_ttl_s) * 1000,
            idempotency_ttl_ms: i64::from(limits.idempotency_ttl_s) * 1000,
            abandoned_after_ms: i64::from(limits.abandoned_after_s) * 1000,
            orders_kept_ms: i64::from(limits.orders_kept_s) * 1000,
        })
    }

    /// An order as it stands. A step of which nobody knows whether it was done is settled first; where that fails, the
    /// order is told as it was left.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] where the order is not the owner's.
    pub(crate) async fn read(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        order_id: &str,
    ) -> Result<Order, OrderError> {
        let order_id = parse_id(order_id)?;
        let order = self.find_or_named(restaurant, owner, order_id).await?;
        if order.pending.is_none() && !order.has_lapsed(self.clock.now().as_millisecond()) {
            return Ok(order);
        }
        let Some(lease) = self.leases.take(order_id).await? else { return Ok(order) };
        let settled = self.settled(restaurant, owner, order_id).await;
        lease.release().await;
        settled
    }

    /// An order after what was open about it is settled, or as it was left where that fails.
    async fn settled(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        order_id: Uuid,
    ) -> Result<Order, OrderError> {
        let order = self.find(owner, order_id).await?;
        match self.reconcile(restaurant.program.as_ref(), order.clone()).await {
            Err(OrderError::Upstream(error)) => {
                tracing::warn!(%error, %order_id, "an order in doubt could not be looked up");
                Ok(order)
            }
            settled => settled,
        }
    }

    /// An order as the API tells it now, and what can be done with it.
    pub(crate) fn told(&self, restaurant: &Restaurant, order: &Order) -> OrderResponse {
        let capabilities = restaurant.program.capabilities();
        let told = order.to_response(&capabilities, self.clock.now().as_millisecond());
        OrderResponse { capabilities: Some(told_of(&capabilities, order.preview.revision.is_some())), ..told }
    }

    /// Whose an order is, for the till, which knows orders and not guests.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] where there is no such order.
    pub(crate) async fn owner_of(&self, order_id: &str) -> Result<Owner, OrderError> {
        let order_id = parse_id(order_id)?;
        let order = self.store.read(move |tx| orders::find(tx, order_id)).await?;
        order.map(|order| order.owner).ok_or(OrderError::UnknownOrder)
    }

    /// The owner's order of this name.
    async fn find(&self, owner: &Owner, order_id: Uuid) -> Result<Order, OrderError> {
        let order = self.store.read(move |tx| orders::find(tx, order_id)).await?;
        order.filter(|order| order.owner == *owner).ok_or(OrderError::UnknownOrder)
    }

    async fn save_state(&self, order: &Order) -> Result<(), OrderError> {
        self.save(order, None).await
    }

    /// Keeps where an order stands, a refund that was carried out, and what is to be told of both.
    async fn save(&self, order: &Order, refund: Option<DoneRefund>) -> Result<(), OrderError> {
        let order = order.clone();
        let scope = Scope::guest(&order.owner);
        let announcement = self.announcement(&order.owner.restaurant)?;
        let keep = move |tx: &mut dyn Tx| announcement.keep(tx, &order, refund.as_ref());
        self.store.write(scope, keep).await?;
        self.outbox.wake();
        Ok(())
    }
}

/// An order's identifier; a text that is none names no order.
fn parse_id(text: &str) -> Result<Uuid, OrderError> {
    Uuid::try_parse(text).map_err(|_| OrderError::UnknownOrder)
}

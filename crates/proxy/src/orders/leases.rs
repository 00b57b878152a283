//! One request at a time works on an order, whichever proxy it reached. Nobody waits here: who comes second is told so.
//!
//! The right to work on an order is a lease: who does not give it back, because the program was killed, loses it after a
//! while.

use clock::Clock;
use uuid::Uuid;

use super::OrderError;
use crate::config::Limits;
use crate::entropy::Entropy;
use crate::store::sql::Tx;
use crate::store::{Scope, Store, StoreError, leases};

/// What a lease lasts beyond the longest work that is done under it: for slow disks and clocks that differ.
const MARGIN_MS: i64 = 10_000;

/// The orders that are being worked on.
#[derive(Clone)]
pub(super) struct Leases {
    store: Store,
    clock: Clock,
    entropy: Entropy,
    ttl_ms: i64,
}

/// The right to work on an order, until it is released.
pub(super) struct Lease {
    leases: Leases,
    order_id: Uuid,
    holder: Uuid,
    is_released: bool,
}

impl Leases {
    /// The leases of a store.
    pub(super) fn new(store: Store, clock: Clock, entropy: Entropy, limits: &Limits) -> Self {
        // From the moment an intent is on the disk the loyalty system is asked twice at most: to do it, and what became of
        // it.
        let asking_ms = 2 * i64::from(limits.upstream_timeout_ms);
        let ttl_ms = asking_ms.max(i64::from(limits.request_timeout_ms)) + MARGIN_MS;
        Self { store, clock, entropy, ttl_ms }
    }

    /// The right to work on an order, unless another request has it.
    pub(super) async fn take(&self, order_id: Uuid) -> Result<Option<Lease>, OrderError> {
        let holder = self.entropy.uuid()?;
        let now_ms = self.clock.now().as_millisecond();
        let until_ms = now_ms + self.ttl_ms;
        // Made before it is known whether it is taken: where that is never known, it is given back too.
        let mut lease = Lease { leases: self.clone(), order_id, holder, is_released: false };
        let take = move |tx: &mut dyn Tx| leases::take(tx, order_id, holder, until_ms, now_ms);
        let is_taken = self.store.write(Scope::lease(order_id), take).await?;
        lease.is_released = !is_taken;
        Ok(is_taken.then_some(lease))
    }
}

impl Lease {
    /// Keeps the right for its whole time from now on, as a part of a transaction. Says whether it is still there: what is
    /// about to be asked of a loyalty system must not be asked by somebody who has lost it.
    pub(super) fn extension(&self) -> impl Fn(&mut dyn Tx) -> Result<bool, StoreError> + Send + use<> {
        let (order_id, holder) = (self.order_id, self.holder);
        let until_ms = self.leases.clock.now().as_millisecond() + self.leases.ttl_ms;
        move |tx| leases::extend(tx, order_id, holder, until_ms)
    }

    /// Gives the right back. Where the store is away, it ends by itself.
    pub(super) async fn release(mut self) {
        self.is_released = true;
        let (order_id, holder) = (self.order_id, self.holder);
        let release = move |tx: &mut dyn Tx| leases::release(tx, order_id, holder);
        if let Err(error) = self.leases.store.write(Scope::lease(order_id), release).await {
            tracing::warn!(%error, %order_id, "an order was not given back");
        }
    }
}

impl Drop for Lease {
    /// Gives the right back where the work was broken off.
    fn drop(&mut self) {
        if !self.is_released {
            let (order_id, holder) = (self.order_id, self.holder);
            let release = move |tx: &mut dyn Tx| leases::release(tx, order_id, holder);
            self.leases.store.write_unheard(Scope::lease(order_id), release);
        }
    }
}

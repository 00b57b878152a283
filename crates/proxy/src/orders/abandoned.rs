//! Gives up what guests have confirmed and left: what is frozen returns, by the same steps as when a guest asks for it.
//!
//! Only where an order is finished by a call: elsewhere confirming has given it to the restaurant, which alone knows whether
//! it is being cooked.

use upstream::UpstreamError;
use upstream::program::Finish;
use uuid::Uuid;

use super::{OrderError, Orders};
use crate::app::Restaurant;
use crate::store::sql::Query;
use crate::store::{orders, retention};

/// How many orders are looked for at once.
const AT_ONCE: u32 = 100;

impl Orders {
    /// Gives up a restaurant's orders that nobody has touched for too long. Where its loyalty system is away, the rest waits
    /// for the next time.
    ///
    /// # Errors
    /// [`OrderError`] where the store fails.
    pub(crate) async fn release_abandoned(&self, restaurant: &Restaurant) -> Result<(), OrderError> {
        if restaurant.program.capabilities().finish != Finish::ByCall {
            return Ok(());
        }
        let until_ms = self.clock.now().as_millisecond() - self.abandoned_after_ms;
        let (mut after_ms, mut after_id) = (i64::MIN, String::new());
        loop {
            let (name, id) = (restaurant.config.id.clone(), after_id.clone());
            let untouched =
                move |tx: &mut dyn Query| orders::untouched(tx, &name, until_ms, (after_ms, &id), AT_ONCE);
            let found = self.store.read(untouched).await?;
            let Some((last_ms, last_id)) = found.last() else { return Ok(()) };
            (after_ms, after_id) = (*last_ms, last_id.to_string());
            for (_, order_id) in &found {
                match self.release_untouched(restaurant, *order_id, until_ms).await {
                    Ok(()) => {}
                    Err(OrderError::Upstream(error @ UpstreamError::Refused { .. })) => {
                        tracing::warn!(%error, %order_id, "an abandoned order could not be given up");
                    }
                    Err(OrderError::Upstream(error)) => {
                        tracing::warn!(%error, %order_id, "abandoned orders wait for the loyalty system");
                        return Ok(());
                    }
                    Err(error) => return Err(error),
                }
            }
        }
    }

    /// Forgets a restaurant's old confirmed orders where its till has them: nothing tells the proxy of their end.
    ///
    /// # Errors
    /// [`OrderError`] where the store fails.
    pub(crate) async fn forget_handed_over(&self, restaurant: &Restaurant) -> Result<(), OrderError> {
        if restaurant.program.capabilities().finish == Finish::ByCall {
            return Ok(());
        }
        let now_ms = self.clock.now().as_millisecond();
        let until_ms = now_ms - self.orders_kept_ms;
        Ok(retention::forget_handed_over(&self.store, &restaurant.config.id, until_ms, now_ms).await?)
    }

    /// Gives one order up, unless somebody is at work on it, or has touched it since.
    async fn release_untouched(
        &self,
        restaurant: &Restaurant,
        order_id: Uuid,
        until_ms: i64,
    ) -> Result<(), OrderError> {
        let Some(lease) = self.leases.take(order_id).await? else { return Ok(()) };
        let order = self.store.read(move |tx| orders::find(tx, order_id)).await;
        let released = match order {
            Ok(Some(order)) if order.step_at_ms <= until_ms => {
                self.release_alone(restaurant.program.as_ref(), &order.owner, order_id, &lease).await
            }
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        };
        lease.release().await;
        released
    }
}

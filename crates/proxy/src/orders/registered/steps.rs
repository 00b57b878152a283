//! What a restaurant's own server does with an order it has registered, also with one that no guest has had.

use contract::Money;
use contract::order::OrderResponse;

use super::ATTEMPTS;
use crate::app::Restaurant;
use crate::orders::announce::told;
use crate::orders::order::{Owner, Settled};
use crate::orders::{Ask, OrderError, Orders};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::registrations::{self, Registration};
use crate::store::{Scope, StoreError};

impl Orders {
    /// Takes a step of the restaurant's own server with an order it has registered.
    ///
    /// # Errors
    /// [`OrderError`] where the step was not carried out, or nobody knows yet whether it was.
    pub(crate) async fn take_step_of(
        &self,
        restaurant: &Restaurant,
        order_ref: &str,
        key: &RequestKey,
        ask: impl Fn(String) -> Ask + Send + Sync,
    ) -> Result<StoredAnswer, OrderError> {
        for _ in 0..ATTEMPTS {
            let known = self.registration(&restaurant.config.id, order_ref).await?;
            let ask = ask(known.order_id.to_string());
            if let Some(guest) = &known.guest {
                let owner = Owner { restaurant: known.restaurant.clone(), guest: guest.clone() };
                return self.take_step(restaurant, &owner, Some(key), &ask).await;
            }
            if !matches!(ask, Ask::Abort(_)) {
                let state = if known.is_aborted { Settled::Aborted } else { Settled::Open };
                return Err(OrderError::Conflict(told(state)));
            }
            if let Some(answer) = self.abort_unclaimed(known, key, &ask).await? {
                return Ok(answer);
            }
        }
        Err(OrderError::InProgress)
    }

    /// Cancels an order that no guest has, of which the loyalty system therefore has never heard; nothing where a guest has
    /// it by now.
    async fn abort_unclaimed(
        &self,
        known: Registration,
        key: &RequestKey,
        ask: &Ask,
    ) -> Result<Option<StoredAnswer>, OrderError> {
        let hash = ask.hash();
        let now_ms = self.clock.now().as_millisecond();
        let oldest_ms = now_ms - self.idempotency_ttl_ms;
        let announcement = self.announcement(&known.restaurant)?;
        let answer = aborted(&known)?;
        let key = key.clone();
        let scopes = [Scope::key(&key), Scope::registration(&known.restaurant, &known.order_ref)];
        let answered = self
            .store
            .write(scopes, move |tx| {
                match idempotency::find(tx, &key, &hash, oldest_ms)? {
                    Known::Mismatch => return Ok(Err(OrderError::IdempotencyMismatch)),
                    Known::Answered(answer) => return Ok(Ok(Some(answer))),
                    Known::New | Known::Unanswered => {}
                }
                let current = registrations::find(tx, &known.restaurant, &known.order_ref)?;
                let was_aborted = current.is_some_and(|current| current.is_aborted);
                if !registrations::abort(tx, known.order_id)? {
                    return Ok(Ok(None));
                }
                if !was_aborted {
                    announcement.tell_of_unclaimed(tx, &known)?;
                }
                registrations::touch(tx, known.order_id, now_ms)?;
                idempotency::claim(tx, &key, &hash, now_ms)?;
                idempotency::answer(tx, &key, &answer)?;
                Ok(Ok(Some(answer.clone())))
            })
            .await?;
        self.outbox.wake();
        answered
    }
}

/// The answer to an order's being cancelled that no guest has had.
fn aborted(known: &Registration) -> Result<StoredAnswer, StoreError> {
    let told = OrderResponse {
        order_id: known.order_id.to_string(),
        state: told(Settled::Aborted),
        currency: known.cart.currency.clone(),
        spend_minor: Money::ZERO,
        discount_total_minor: Money::ZERO,
        to_pay_minor: known.items_total,
        hold_left_s: None,
        capabilities: None,
    };
    let body = serde_json::to_string(&told).map_err(|_| StoreError::Unreadable("answer"))?;
    Ok(StoredAnswer { status: 200, body })
}

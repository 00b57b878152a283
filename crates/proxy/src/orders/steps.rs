//! Confirm, reset, cancel, close and refund: one path for all, because all change something at the loyalty system.
//!
//! The path: nobody else at work on the order; the key's earlier answer, if there is one; an order in doubt settled;
//! the step judged; the intent on the disk; the loyalty system asked, once; the outcome on the disk.

mod answers;
mod perform;

use contract::Money;
use contract::order::ConfirmRequest;
use upstream::program::{Finish, SpendChoice};
use upstream::{LoyaltyProgram, UpstreamError};
use uuid::Uuid;

use super::ask::Ask;
use super::leases::Lease;
use super::order::{Order, Owner, Settled, Step};
use super::refund::{DoneRefund, RefundPart, Refunding, judge_parts};
use super::{OrderError, Orders, parse_id};
use crate::app::Restaurant;
use crate::error::ApiError;
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::registrations::Registration;
use crate::store::{Scope, Scopes, orders, refunds, registrations};

/// What a step is judged by, besides the order itself.
struct Circumstances<'a> {
    restaurant: &'a Restaurant,
    /// As the restaurant's server registered it, where it did.
    registration: Option<Registration>,
    /// What of it was taken back before.
    refunds: Vec<DoneRefund>,
    key: Option<&'a RequestKey>,
}

/// What a step needs before it may be taken.
enum Judged {
    /// The loyalty system must be asked.
    Ask(Order),
    /// The order stands where the step would bring it.
    Done(Order),
}

impl Orders {
    /// Carries a step out, once for each key, and answers what is to be sent; without a key, once for each call.
    ///
    /// # Errors
    /// [`OrderError`] where the step was not carried out, or nobody knows yet whether it was.
    pub(crate) async fn take_step(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        key: Option<&RequestKey>,
        ask: &Ask,
    ) -> Result<StoredAnswer, OrderError> {
        let order_id = parse_id(ask.order_id())?;
        let lease = self.leases.take(order_id).await?.ok_or(OrderError::InProgress)?;
        let answer = self.take_step_alone(restaurant, owner, key, ask, order_id, &lease).await;
        lease.release().await;
        answer
    }

    /// Carries a step out while nobody else is at work on its order.
    async fn take_step_alone(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        key: Option<&RequestKey>,
        ask: &Ask,
        order_id: Uuid,
        lease: &Lease,
    ) -> Result<StoredAnswer, OrderError> {
        let hash = ask.hash();
        let known = self.known(key, &hash).await?;
        if let Known::Answered(answer) = known {
            let order = self.find_or_named(restaurant, owner, order_id).await?;
            return Ok(self.as_of_now(answer, &order));
        }
        let program = restaurant.program.as_ref();
        let order = self.find_or_sealed(restaurant, owner, order_id, ask.preview_id()).await?;
        let order = self.reconcile(program, order).await?;
        let answer = async |order: &Order, outcome| self.keep_answer(program, order, key, outcome).await;
        let circumstances = self.circumstances(restaurant, &order, key, ask).await?;
        let is_done = match ask {
            Ask::RefundPart(_, items) => circumstances.is_refunded(&order, items),
            _ => order.state == ask.step().goal(),
        };
        if known == Known::Unanswered && order.pending.is_none() && is_done {
            // The request was carried out, and its answer was lost on the way here.
            return answer(&order, Ok(())).await;
        }
        let order = match self.judge(&circumstances, order, ask)? {
            Judged::Done(order) => {
                self.claim(&order, key, &hash, lease).await?;
                return answer(&order, Ok(())).await;
            }
            Judged::Ask(order) => order,
        };
        if matches!(ask, Ask::Confirm(_)) && program.capabilities().hold_ttl_s.is_some() {
            self.release_others(program, &order).await?;
        }
        self.claim(&order, key, &hash, lease).await?;
        match self.perform(program, order).await? {
            (order, Ok(())) => answer(&order, Ok(())).await,
            (order, Err(error)) if matches!(error, UpstreamError::Refused { .. }) => {
                answer(&order, Err(OrderError::Upstream(error).into())).await
            }
            (_, Err(error)) => Err(error.into()),
        }
    }

    /// What the step is to be judged by.
    async fn circumstances<'a>(
        &self,
        restaurant: &'a Restaurant,
        order: &Order,
        key: Option<&'a RequestKey>,
        ask: &Ask,
    ) -> Result<Circumstances<'a>, OrderError> {
        let order_id = order.order_id;
        let (registration, refunds) = match ask {
            Ask::Confirm(_) | Ask::Cancel(_) => {
                (self.store.read(move |tx| registrations::find_by_order(tx, order_id)).await?, Vec::new())
            }
            Ask::RefundPart(..) => (None, self.store.read(move |tx| refunds::of_order(tx, order_id)).await?),
            Ask::Reset(_) | Ask::Abort(_) | Ask::Close(_) | Ask::Refund(_) => (None, Vec::new()),
        };
        Ok(Circumstances { restaurant, registration, refunds, key })
    }

    /// Resets the guest's other orders for which something is held: where holds fall off by themselves they are the
    /// guest's and not an order's, so that the newest order takes them over instead of waiting for the others' end.
    async fn release_others(&self, program: &dyn LoyaltyProgram, order: &Order) -> Result<(), OrderError> {
        let (owner, order_id) = (order.owner.clone(), order.order_id);
        for other_id in self.store.read(move |tx| orders::others_held(tx, &owner, order_id)).await? {
            let lease = self.leases.take(other_id).await?.ok_or(OrderError::InProgress)?;
            let released = self.release_alone(program, &order.owner, other_id, &lease).await;
            lease.release().await;
            released?;
        }
        Ok(())
    }

    /// Resets an order while nobody else is at work on it.
    pub(super) async fn release_alone(
        &self,
        program: &dyn LoyaltyProgram,
        owner: &Owner,
        order_id: Uuid,
        lease: &Lease,
    ) -> Result<(), OrderError> {
        let order = self.reconcile(program, self.find(owner, order_id).await?).await?;
        if order.state == Settled::Confirmed && order.pending.is_none() {
            let step_at_ms = self.clock.now().as_millisecond();
            let order = Order { pending: Some(Step::Reset), step_at_ms, ..order };
            self.claim(&order, None, &[], lease).await?;
            self.perform(program, order).await?.1?;
        }
        Ok(())
    }

    /// Whether the step may be taken where the order stands.
    fn judge(
        &self,
        circumstances: &Circumstances<'_>,
        mut order: Order,
        ask: &Ask,
    ) -> Result<Judged, OrderError> {
        let step = ask.step();
        let capabilities = circumstances.restaurant.program.capabilities();
        if order.pending.is_some() {
            // Nobody can say what became of the last step, so no other may follow it.
            return Err(OrderError::Conflict(order.api_state(&capabilities)));
        }
        match ask {
            Ask::Confirm(request) => {
                self.judge_confirm(circumstances, &order, request)?;
                order.spend = request.spend_minor;
            }
            Ask::Cancel(_) if circumstances.registration.is_some() => {
                return Err(unsupported("cancelling an order that the restaurant has registered"));
            }
            Ask::RefundPart(_, items) => {
                if circumstances.is_refunded(&order, items) {
                    return Ok(Judged::Done(order));
                }
                if capabilities.refunds && order.state == Settled::Closed {
                    judge_parts(&order.preview.contents, &circumstances.refunds, items)
                        .map_err(|wrong| ApiError::invalid(&wrong.field, wrong.message))
                        .map_err(OrderError::Request)?;
                    order.refunding = Some(circumstances.refunding(&order, items));
                }
            }
            _ if order.state == step.goal() => return Ok(Judged::Done(order)),
            _ => {}
        }
        match (step, order.state) {
            (Step::Abort, _) if order.known_upstream && capabilities.finish == Finish::AtTheTill => {
                Err(unsupported("cancelling an order that the restaurant has"))
            }
            (Step::Close, _) if capabilities.finish == Finish::AtTheTill => {
                Err(unsupported("closing an order by a call"))
            }
            (Step::Refund | Step::RefundPart, _) if !capabilities.refunds => Err(unsupported("refunds")),
            (Step::Abort, Settled::Open) if !order.known_upstream => {
                // The loyalty system has never heard of the order; there is nothing to cancel there.
                order.state = Settled::Aborted;
                Ok(Judged::Done(order))
            }
            (Step::Confirm | Step::Abort, Settled::Open)
            | (Step::Reset | Step::Abort | Step::Close, Settled::Confirmed)
            | (Step::Refund | Step::RefundPart, Settled::Closed) => {
                order.pending = Some(step);
                order.step_at_ms = self.clock.now().as_millisecond();
                Ok(Judged::Ask(order))
            }
            _ => Err(OrderError::Conflict(order.api_state(&capabilities))),
        }
    }

    fn judge_confirm(
        &self,
        circumstances: &Circumstances<'_>,
        order: &Order,
        request: &ConfirmRequest,
    ) -> Result<(), OrderError> {
        let preview = &order.preview;
        let Circumstances { restaurant, registration, .. } = circumstances;
        let capabilities = restaurant.program.capabilities();
        if order.state != Settled::Open {
            return Err(OrderError::Conflict(order.api_state(&capabilities)));
        }
        match registration {
            None if !restaurant.config.spend_on_page_cart => return Err(OrderError::PageCartNotTrusted),
            // What the restaurant's server has registered is confirmed, or nothing.
            Some(registered) if preview.revision != Some(registered.revision) => {
                return Err(OrderError::PreviewOutdated);
            }
            _ => {}
        }
        let age_ms = self.clock.now().as_millisecond() - preview.at_ms;
        if age_ms >= self.preview_ttl_ms || !self.names_newest(order, &request.preview_id) {
            return Err(OrderError::PreviewOutdated);
        }
        let nearest = nearest(capabilities.spend, request.spend_minor, preview.spend_min, preview.spend_max);
        if nearest != request.spend_minor {
            return Err(OrderError::SpendOutOfRange { limit: nearest });
        }
        Ok(())
    }

    /// Writes the intent and the key, in one transaction, if nobody else has come to work on the order.
    async fn claim(
        &self,
        order: &Order,
        key: Option<&RequestKey>,
        hash: &[u8],
        lease: &Lease,
    ) -> Result<(), OrderError> {
        let (order, key, hash) = (order.clone(), key.cloned(), hash.to_vec());
        let now_ms = self.clock.now().as_millisecond();
        let oldest_ms = now_ms - self.idempotency_ttl_ms;
        let extend = lease.extension();
        let announcement = self.announcement(&order.owner.restaurant)?;
        let guest = Scope::guest(&order.owner);
        let scopes = key.as_ref().map_or_else(|| guest.into(), |key| Scopes::from([guest, Scope::key(key)]));
        // An order to which nothing has happened need not be kept.
        let changes = order.pending.is_some() || order.state != Settled::Open;
        let claimed = self
            .store
            .write(scopes, move |tx| {
                if !extend(tx)? {
                    return Ok(Err(OrderError::InProgress));
                }
                if let Some(key) = &key {
                    // The key may have been used for another order since it was looked up.
                    match idempotency::find(tx, key, &hash, oldest_ms)? {
                        Known::Mismatch => return Ok(Err(OrderError::IdempotencyMismatch)),
                        Known::Answered(_) => return Ok(Err(OrderError::InProgress)),
                        Known::New | Known::Unanswered => {}
                    }
                    idempotency::claim(tx, key, &hash, now_ms)?;
                }
                if changes && !orders::begin(tx, &order)? {
                    return Ok(Err(OrderError::PreviewOutdated));
                }
                announcement.keep(tx, &order, None)?;
                Ok(Ok(()))
            })
            .await?;
        self.outbox.wake();
        claimed
    }
}

impl Circumstances<'_> {
    /// The refund that is asked for: without a key it is told from others by what it takes back alone.
    fn refunding(&self, order: &Order, items: &[RefundPart]) -> Refunding {
        Refunding::new(order.order_id, self.key.map_or("", RequestKey::as_str), items)
    }

    /// Whether this very refund was carried out before.
    fn is_refunded(&self, order: &Order, items: &[RefundPart]) -> bool {
        let refund_id = self.refunding(order, items).refund_id;
        self.refunds.iter().any(|done| done.refund_id == refund_id)
    }
}

/// The nearest of the sums that may be spent; of two that are as near, the smaller.
fn nearest(choice: SpendChoice, asked: Money, least: Money, most: Money) -> Money {
    let within = asked.clamp(least, most);
    match choice {
        SpendChoice::AnyAmount => within,
        SpendChoice::AllOrNothing if within.minor() - least.minor() <= most.minor() - within.minor() => least,
        SpendChoice::AllOrNothing => most,
    }
}

fn unsupported(what: &'static str) -> OrderError {
    OrderError::Upstream(UpstreamError::Unsupported { what })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_or_nothing_is_spent_the_nearer_end_is_named() {
        let money = Money::from_minor;
        for (asked, any, all) in
            [(-1, 0, 0), (0, 0, 0), (49, 49, 0), (50, 50, 0), (51, 51, 100), (100, 100, 100), (101, 100, 100)]
        {
            let near = |choice| nearest(choice, money(asked), Money::ZERO, money(100));
            assert_eq!(near(SpendChoice::AnyAmount), money(any), "{asked}");
            assert_eq!(near(SpendChoice::AllOrNothing), money(all), "{asked}");
        }
    }
}

//! Confirm, reset, cancel, close and refund: one path for all, because all change something at the loyalty system.
//!
//! The path: nobody else at work on the order; the key's earlier answer, if there is one; an order in doubt settled;
//! the step judged; the intent on the disk; the loyalty system asked, once; the outcome on the disk.

mod perform;

use contract::Money;
use contract::order::{ConfirmRequest, OrderResponse};
use sha2::{Digest, Sha256};
use upstream::program::{Finish, SpendChoice};
use upstream::{LoyaltyProgram, UpstreamError};
use uuid::Uuid;

use super::leases::Lease;
use super::order::{Order, Owner, Settled, Step};
use super::{OrderError, Orders, parse_id};
use crate::app::Restaurant;
use crate::error::ApiError;
use crate::store::idempotency::{self, Known, StoredAnswer};
use crate::store::{Scope, StoreError, orders};

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// Freeze what was previewed.
    Confirm(ConfirmRequest),
    /// Return what is frozen.
    Reset(String),
    /// Cancel for good.
    Cancel(String),
    /// The till closes the order.
    Close(String),
    /// The till takes the closed order back.
    Refund(String),
}

/// What a step needs before it may be taken.
enum Judged {
    /// The loyalty system must be asked.
    Ask(Order),
    /// The order stands where the step would bring it.
    Done(Order),
}

impl Ask {
    const fn step(&self) -> Step {
        match self {
            Self::Confirm(_) => Step::Confirm,
            Self::Reset(_) => Step::Reset,
            Self::Cancel(_) => Step::Abort,
            Self::Close(_) => Step::Close,
            Self::Refund(_) => Step::Refund,
        }
    }

    fn order_id(&self) -> &str {
        match self {
            Self::Confirm(request) => &request.order_id,
            Self::Reset(order_id)
            | Self::Cancel(order_id)
            | Self::Close(order_id)
            | Self::Refund(order_id) => order_id,
        }
    }

    /// Tells this request from any other a key might have been used for.
    fn hash(&self) -> Vec<u8> {
        let (preview_id, spend) = match self {
            Self::Confirm(request) => (request.preview_id.as_str(), request.spend_minor),
            _ => ("", Money::ZERO),
        };
        let parts = [format!("{:?}", self.step()), self.order_id().to_owned(), preview_id.to_owned()];
        let mut hasher = Sha256::new();
        for part in parts {
            // Lengths first, so that no two requests run together into the same text.
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        hasher.update(spend.minor().to_be_bytes());
        hasher.finalize().to_vec()
    }
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
        key: Option<&str>,
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
        key: Option<&str>,
        ask: &Ask,
        order_id: Uuid,
        lease: &Lease,
    ) -> Result<StoredAnswer, OrderError> {
        let hash = ask.hash();
        let known = self.known(owner, key, &hash).await?;
        if let Known::Answered(answer) = known {
            let order = self.find(owner, order_id).await?;
            return Ok(self.as_of_now(answer, &order));
        }
        let program = restaurant.program.as_ref();
        let order = self.reconcile(program, self.find(owner, order_id).await?).await?;
        let answer = async |order: &Order, outcome| self.keep_answer(program, order, key, outcome).await;
        if known == Known::Unanswered && order.pending.is_none() && order.state == ask.step().goal() {
            // The request was carried out, and its answer was lost on the way here.
            return answer(&order, Ok(())).await;
        }
        let order = match self.judge(restaurant, order, ask)? {
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
    async fn release_alone(
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

    async fn known(&self, owner: &Owner, key: Option<&str>, hash: &[u8]) -> Result<Known, OrderError> {
        let Some(key) = key.map(str::to_owned) else { return Ok(Known::New) };
        let (owner, hash) = (owner.clone(), hash.to_vec());
        let oldest_ms = self.clock.now().as_millisecond() - self.idempotency_ttl_ms;
        match self.store.read(move |tx| idempotency::find(tx, &owner, &key, &hash, oldest_ms)).await? {
            Known::Mismatch => Err(OrderError::IdempotencyMismatch),
            known => Ok(known),
        }
    }

    /// Whether the step may be taken where the order stands.
    fn judge(&self, restaurant: &Restaurant, mut order: Order, ask: &Ask) -> Result<Judged, OrderError> {
        let step = ask.step();
        let capabilities = restaurant.program.capabilities();
        if order.pending.is_some() {
            // Nobody can say what became of the last step, so no other may follow it.
            return Err(OrderError::Conflict(order.api_state(&capabilities)));
        }
        if let Ask::Confirm(request) = ask {
            self.judge_confirm(restaurant, &order, request)?;
            order.spend = request.spend_minor;
        } else if order.state == step.goal() {
            return Ok(Judged::Done(order));
        }
        match (step, order.state) {
            (Step::Abort, _) if order.known_upstream && capabilities.finish == Finish::AtTheTill => {
                Err(unsupported("cancelling an order that the restaurant has"))
            }
            (Step::Close, _) if capabilities.finish == Finish::AtTheTill => {
                Err(unsupported("closing an order by a call"))
            }
            (Step::Refund, _) if !capabilities.refunds => Err(unsupported("refunds")),
            (Step::Abort, Settled::Open) if !order.known_upstream => {
                // The loyalty system has never heard of the order; there is nothing to cancel there.
                order.state = Settled::Aborted;
                Ok(Judged::Done(order))
            }
            (Step::Confirm | Step::Abort, Settled::Open)
            | (Step::Reset | Step::Abort | Step::Close, Settled::Confirmed)
            | (Step::Refund, Settled::Closed) => {
                order.pending = Some(step);
                order.step_at_ms = self.clock.now().as_millisecond();
                Ok(Judged::Ask(order))
            }
            _ => Err(OrderError::Conflict(order.api_state(&capabilities))),
        }
    }

    fn judge_confirm(
        &self,
        restaurant: &Restaurant,
        order: &Order,
        request: &ConfirmRequest,
    ) -> Result<(), OrderError> {
        let preview = &order.preview;
        let capabilities = restaurant.program.capabilities();
        if order.state != Settled::Open {
            return Err(OrderError::Conflict(order.api_state(&capabilities)));
        }
        if !restaurant.config.spend_on_page_cart {
            return Err(OrderError::PageCartNotTrusted);
        }
        let age_ms = self.clock.now().as_millisecond() - preview.at_ms;
        if request.preview_id != preview.preview_id.to_string() || age_ms >= self.preview_ttl_ms {
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
        key: Option<&str>,
        hash: &[u8],
        lease: &Lease,
    ) -> Result<(), OrderError> {
        let (order, key, hash) = (order.clone(), key.map(str::to_owned), hash.to_vec());
        let now_ms = self.clock.now().as_millisecond();
        let oldest_ms = now_ms - self.idempotency_ttl_ms;
        let extend = lease.extension();
        self.store
            .write(Scope::guest(&order.owner), move |tx| {
                if !extend(tx)? {
                    return Ok(Err(OrderError::InProgress));
                }
                if let Some(key) = &key {
                    // The key may have been used for another order since it was looked up.
                    match idempotency::find(tx, &order.owner, key, &hash, oldest_ms)? {
                        Known::Mismatch => return Ok(Err(OrderError::IdempotencyMismatch)),
                        Known::Answered(_) => return Ok(Err(OrderError::InProgress)),
                        Known::New | Known::Unanswered => {}
                    }
                    idempotency::claim(tx, &order.owner, key, &hash, now_ms)?;
                }
                orders::set_state(tx, &order)?;
                Ok(Ok(()))
            })
            .await?
    }

    /// Keeps what is answered, and answers it.
    async fn keep_answer(
        &self,
        program: &dyn LoyaltyProgram,
        order: &Order,
        key: Option<&str>,
        outcome: Result<(), ApiError>,
    ) -> Result<StoredAnswer, OrderError> {
        let now_ms = self.clock.now().as_millisecond();
        let told = order.to_response(&program.capabilities(), now_ms);
        let unwritable = |_| StoreError::Unreadable("answer");
        let answer = match &outcome {
            Ok(()) => StoredAnswer { status: 200, body: serde_json::to_string(&told).map_err(unwritable)? },
            Err(error) => StoredAnswer {
                status: error.status.as_u16(),
                body: serde_json::to_string(&error.body).map_err(unwritable)?,
            },
        };
        if let Some(key) = key.map(str::to_owned) {
            let (owner, kept) = (order.owner.clone(), answer.clone());
            let scope = Scope::guest(&owner);
            self.store.write(scope, move |tx| idempotency::answer(tx, &owner, &key, &kept)).await?;
        }
        Ok(answer)
    }

    /// An answer that is given again: the same, but for the time that what it froze has left.
    fn as_of_now(&self, answer: StoredAnswer, order: &Order) -> StoredAnswer {
        match serde_json::from_str::<OrderResponse>(&answer.body) {
            Ok(told) if told.hold_left_s.is_some() => {
                let left_s = order.hold_left_s(self.clock.now().as_millisecond()).unwrap_or(0);
                let told = OrderResponse { hold_left_s: Some(left_s), ..told };
                // What was read as this type is written as it.
                serde_json::to_string(&told).map_or(answer.clone(), |body| StoredAnswer { body, ..answer })
            }
            _ => answer,
        }
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

//! Confirm, reset, cancel and close: one path for all four, because all four change something at the loyalty system.
//!
//! The path: nobody else at work on the order; the key's earlier answer, if there is one; an order in doubt looked up;
//! the step judged; the intent on the disk; the loyalty system asked, once; the outcome on the disk.

mod perform;

use contract::Money;
use contract::order::ConfirmRequest;
use sha2::{Digest, Sha256};

use super::order::{Order, Owner, Settled, Step};
use super::{OrderError, Orders, parse_id};
use crate::app::Restaurant;
use crate::error::ApiError;
use crate::store::idempotency::{self, Known, StoredAnswer};
use crate::store::{StoreError, orders};

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
        }
    }

    fn order_id(&self) -> &str {
        match self {
            Self::Confirm(request) => &request.order_id,
            Self::Reset(order_id) | Self::Cancel(order_id) | Self::Close(order_id) => order_id,
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
        let hash = ask.hash();
        let _lock = self.locks.try_lock(order_id).ok_or(OrderError::InProgress)?;
        let known = self.known(owner, key, &hash).await?;
        if let Known::Answered(answer) = known {
            return Ok(answer);
        }
        let order = self.reconcile(restaurant.program.as_ref(), self.find(owner, order_id).await?).await?;
        if known == Known::Unanswered && order.state == ask.step().goal() {
            // The request was carried out, and its answer was lost on the way here.
            return self.keep_answer(&order, key, &Ok(())).await;
        }
        let order = match self.judge(restaurant, order, ask)? {
            Judged::Done(order) => {
                self.claim(&order, key, &hash).await?;
                return self.keep_answer(&order, key, &Ok(())).await;
            }
            Judged::Ask(order) => order,
        };
        self.claim(&order, key, &hash).await?;
        match self.perform(restaurant.program.as_ref(), order).await? {
            (order, Ok(())) => self.keep_answer(&order, key, &Ok(())).await,
            (order, Err(error)) if matches!(error, upstream::UpstreamError::Refused { .. }) => {
                self.keep_answer(&order, key, &Err(OrderError::Upstream(error).into())).await
            }
            (_, Err(error)) => Err(error.into()),
        }
    }

    async fn known(&self, owner: &Owner, key: Option<&str>, hash: &[u8]) -> Result<Known, OrderError> {
        let Some(key) = key.map(str::to_owned) else { return Ok(Known::New) };
        let (owner, hash) = (owner.clone(), hash.to_vec());
        let oldest_ms = self.clock.now().as_millisecond() - self.idempotency_ttl_ms;
        let known = self.store.run(move |tx| {
            idempotency::remove_old(tx, oldest_ms)?;
            idempotency::find(tx, &owner, &key, &hash)
        });
        match known.await? {
            Known::Mismatch => Err(OrderError::IdempotencyMismatch),
            known => Ok(known),
        }
    }

    /// Whether the step may be taken where the order stands.
    fn judge(&self, restaurant: &Restaurant, mut order: Order, ask: &Ask) -> Result<Judged, OrderError> {
        let step = ask.step();
        if let Ask::Confirm(request) = ask {
            self.judge_confirm(restaurant, &order, request)?;
            order.spend = request.spend_minor;
        } else if order.state == step.goal() {
            return Ok(Judged::Done(order));
        }
        match (step, order.state) {
            (Step::Abort, Settled::Open) if !order.known_upstream => {
                // The loyalty system has never heard of the order; there is nothing to cancel there.
                order.state = Settled::Aborted;
                Ok(Judged::Done(order))
            }
            (Step::Confirm | Step::Abort, Settled::Open)
            | (Step::Reset | Step::Abort | Step::Close, Settled::Confirmed) => {
                order.pending = Some(step);
                Ok(Judged::Ask(order))
            }
            _ => Err(OrderError::Conflict(order.api_state())),
        }
    }

    fn judge_confirm(
        &self,
        restaurant: &Restaurant,
        order: &Order,
        request: &ConfirmRequest,
    ) -> Result<(), OrderError> {
        let preview = &order.preview;
        if order.state != Settled::Open {
            return Err(OrderError::Conflict(order.api_state()));
        }
        if !restaurant.config.spend_on_page_cart {
            return Err(OrderError::PageCartNotTrusted);
        }
        let age_ms = self.clock.now().as_millisecond() - preview.at_ms;
        if request.preview_id != preview.preview_id.to_string() || age_ms >= self.preview_ttl_ms {
            return Err(OrderError::PreviewOutdated);
        }
        let nearest = request.spend_minor.clamp(preview.spend_min, preview.spend_max);
        if nearest != request.spend_minor {
            return Err(OrderError::SpendOutOfRange { limit: nearest });
        }
        Ok(())
    }

    /// Writes the intent and the key, in one transaction.
    async fn claim(&self, order: &Order, key: Option<&str>, hash: &[u8]) -> Result<(), OrderError> {
        let (order, key, hash) = (order.clone(), key.map(str::to_owned), hash.to_vec());
        let now_ms = self.clock.now().as_millisecond();
        self.store
            .run(move |tx| {
                if let Some(key) = &key {
                    // The key may have been used for another order since it was looked up.
                    match idempotency::find(tx, &order.owner, key, &hash)? {
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
        order: &Order,
        key: Option<&str>,
        outcome: &Result<(), ApiError>,
    ) -> Result<StoredAnswer, OrderError> {
        let unwritable = |_| StoreError::Unreadable("answer");
        let answer = match outcome {
            Ok(()) => StoredAnswer {
                status: 200,
                body: serde_json::to_string(&order.to_response()).map_err(unwritable)?,
            },
            Err(error) => StoredAnswer {
                status: error.status.as_u16(),
                body: serde_json::to_string(&error.body).map_err(unwritable)?,
            },
        };
        if let Some(key) = key.map(str::to_owned) {
            let (owner, kept) = (order.owner.clone(), answer.clone());
            self.store.run(move |tx| idempotency::answer(tx, &owner, &key, &kept)).await?;
        }
        Ok(answer)
    }
}

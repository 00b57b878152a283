//! Asks the loyalty system to take an order's pending step, and finds out what became of it.

use jiff::Timestamp;
use upstream::program::{Confirmation, Confirmed, GuestKey, OrderRecord, OrderRef, Refund};
use upstream::{LoyaltyProgram, UpstreamError};

use crate::orders::order::{Order, Settled, Step};
use crate::orders::recovery::Recovery;
use crate::orders::refund::{DoneRefund, Refunding, is_whole};
use crate::orders::settle::settle;
use crate::orders::{OrderError, Orders};
use crate::store::{StoreError, refunds};

impl Orders {
    /// Takes the pending step, whose intent is on the disk. Answers the order as it then stands, and why the step was not
    /// done or may not have been.
    ///
    /// After a refusal or a lost answer the order is looked up at once, where the system can look orders up. That it
    /// stands at the goal is believed; that it does not is believed only of a refusal, because a lost request may still
    /// be on its way: then the step stays pending until somebody asks for the order again.
    pub(super) async fn perform(
        &self,
        program: &dyn LoyaltyProgram,
        mut order: Order,
    ) -> Result<(Order, Result<(), UpstreamError>), OrderError> {
        let Some(step) = order.pending else { return Ok((order, Ok(()))) };
        let error = match self.send(program, &order, step).await {
            Ok(confirmed) => {
                self.finish(program, &mut order, step, confirmed).await?;
                return Ok((order, Ok(())));
            }
            Err(error) => error,
        };
        let refused = matches!(error, UpstreamError::Refused { .. });
        let looked_up = order.recovery(&program.capabilities(), step) == Recovery::LookUp;
        let is_settled = if refused { !looked_up } else { !error.in_doubt() };
        if is_settled {
            order.pending = None;
            order.refunding = None;
            self.save_state(&order).await?;
        }
        if is_settled || !looked_up {
            return Ok((order, Err(error)));
        }
        match program.order(order_ref(&order)).await {
            Ok(record) => {
                let state = settle(&order, record.as_ref());
                if refused || state == step.goal() {
                    self.believe(&mut order, record.as_ref()).await?;
                    let outcome = if state == step.goal() && !is_refused_confirm(step, refused) {
                        Ok(())
                    } else {
                        Err(error)
                    };
                    return Ok((order, outcome));
                }
            }
            Err(_) if refused => {
                order.pending = None;
                self.save_state(&order).await?;
            }
            Err(lookup) => tracing::warn!(error = %lookup, "an order in doubt could not be looked up"),
        }
        Ok((order, Err(error)))
    }

    /// Settles an order's step in doubt as its loyalty system allows, and lets go what has fallen off by itself; any other
    /// order is answered as it is. A step that no call can settle stays pending.
    ///
    /// # Errors
    /// Where the loyalty system does not say.
    pub(in crate::orders) async fn reconcile(
        &self,
        program: &dyn LoyaltyProgram,
        mut order: Order,
    ) -> Result<Order, OrderError> {
        if let Some(step) = order.pending {
            match order.recovery(&program.capabilities(), step) {
                Recovery::LookUp => {
                    let record = program.order(order_ref(&order)).await?;
                    self.believe(&mut order, record.as_ref()).await?;
                }
                Recovery::Repeat => {
                    let confirmed = self.send(program, &order, step).await?;
                    self.finish(program, &mut order, step, confirmed).await?;
                }
                Recovery::Undo => {
                    self.send(program, &order, Step::Reset).await?;
                    self.finish(program, &mut order, Step::Reset, Confirmed::default()).await?;
                }
                Recovery::AtTheTill => {}
            }
        } else if order.has_lapsed(self.clock.now().as_millisecond()) {
            order.state = Settled::Open;
            order.held_until_ms = None;
            self.save_state(&order).await?;
        }
        Ok(order)
    }

    /// Keeps that a step was done.
    async fn finish(
        &self,
        program: &dyn LoyaltyProgram,
        order: &mut Order,
        step: Step,
        confirmed: Confirmed,
    ) -> Result<(), OrderError> {
        let hold_ttl_s = program.capabilities().hold_ttl_s;
        order.state = step.goal();
        order.pending = None;
        order.known_upstream = true;
        order.held_until_ms = None;
        if step == Step::Confirm {
            // Whatever the loyalty system's clock says, nothing is held longer than it promises.
            let last_ms = self.clock.now().as_millisecond() + i64::from(hold_ttl_s.unwrap_or(0)) * 1000;
            order.held_until_ms = confirmed.held_until.map(|until| until.as_millisecond().min(last_ms));
            // A system that names its orders does so once.
            order.reference = confirmed.reference.or(order.reference.take());
        }
        let refund = self.finish_refund(order, step).await?;
        self.save(order, refund).await
    }

    /// What a refund has taken back, where the step was one; by it the order may be back as a whole.
    async fn finish_refund(&self, order: &mut Order, step: Step) -> Result<Option<DoneRefund>, StoreError> {
        let at_ms = order.step_at_ms;
        match (step, order.refunding.take()) {
            (Step::Refund, _) => Ok(Some(DoneRefund { refund_id: order.order_id, at_ms, items: None })),
            (Step::RefundPart, Some(Refunding { refund_id, items })) => {
                let done = DoneRefund { refund_id, at_ms, items: Some(items) };
                let order_id = order.order_id;
                let mut all = self.store.read(move |tx| refunds::of_order(tx, order_id)).await?;
                all.retain(|other| other.refund_id != refund_id);
                all.push(done.clone());
                if is_whole(&order.preview.contents, &all) {
                    order.state = Settled::Refunded;
                }
                Ok(Some(done))
            }
            _ => Ok(None),
        }
    }

    async fn believe(&self, order: &mut Order, record: Option<&OrderRecord>) -> Result<(), OrderError> {
        order.state = settle(order, record);
        order.pending = None;
        order.known_upstream = order.known_upstream || record.is_some();
        self.save_state(order).await
    }

    /// Sends one step, at the time it was first asked for, so that a repetition is the same. Only a confirm has something
    /// to tell.
    async fn send(
        &self,
        program: &dyn LoyaltyProgram,
        order: &Order,
        step: Step,
    ) -> Result<Confirmed, UpstreamError> {
        let at = Timestamp::from_millisecond(order.step_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        match step {
            Step::Confirm => {
                let confirmation = Confirmation {
                    order_id: order.order_id,
                    reference: order.reference.as_deref(),
                    guest: &order.owner.guest,
                    order: &order.preview.contents,
                    echo: &order.preview.echo,
                    payment: order.spend,
                };
                return program.confirm(confirmation).await;
            }
            Step::Reset => program.reset(order_ref(order), at).await,
            Step::Abort => program.abort(order_ref(order), at).await,
            Step::Close => program.close(order_ref(order), at).await,
            Step::Refund => {
                // All that is left is taken back once, so the order's own name is the refund's.
                let refund = Refund { refund_id: order.order_id, at, items: None };
                program.refund(order_ref(order), refund).await
            }
            Step::RefundPart => {
                let Some(refunding) = &order.refunding else { return Ok(Confirmed::default()) };
                let items = refunding.told();
                let refund = Refund { refund_id: refunding.refund_id, at, items: Some(&items) };
                program.refund(order_ref(order), refund).await
            }
        }?;
        Ok(Confirmed::default())
    }
}

/// The order as the loyalty system's later calls name it.
fn order_ref(order: &Order) -> OrderRef<'_> {
    let guest: &GuestKey = &order.owner.guest;
    OrderRef {
        order_id: order.order_id,
        reference: order.reference.as_deref(),
        guest,
        items_total: order.preview.items_total,
        payment: order.spend,
    }
}

/// A confirm that was refused was not carried out, whatever the order's sums look like.
const fn is_refused_confirm(step: Step, refused: bool) -> bool {
    matches!(step, Step::Confirm) && refused
}

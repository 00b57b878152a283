//! Asks the loyalty system to take an order's pending step, and finds out what became of it.

use upstream::program::{Confirmation, GuestKey, OrderRecord, OrderRef};
use upstream::{LoyaltyProgram, UpstreamError};

use crate::orders::order::{Order, Step};
use crate::orders::settle::settle;
use crate::orders::{OrderError, Orders};
use crate::store::StoreError;

impl Orders {
    /// Takes the pending step, whose intent is on the disk. Answers the order as it then stands, and why the step was not
    /// done or may not have been.
    ///
    /// After a refusal or a lost answer the order is looked up at once. That it stands at the goal is believed; that it
    /// does not is believed only of a refusal, because a lost request may still be on its way: then the step stays
    /// pending until somebody asks for the order again.
    pub(super) async fn perform(
        &self,
        program: &dyn LoyaltyProgram,
        mut order: Order,
    ) -> Result<(Order, Result<(), UpstreamError>), OrderError> {
        let Some(step) = order.pending else { return Ok((order, Ok(()))) };
        let Err(error) = self.send(program, &order, step).await else {
            order.state = step.goal();
            order.pending = None;
            order.known_upstream = true;
            self.save_state(&order).await?;
            return Ok((order, Ok(())));
        };
        let refused = matches!(error, UpstreamError::Refused { .. });
        if !refused && !error.in_doubt() {
            order.pending = None;
            self.save_state(&order).await?;
            return Ok((order, Err(error)));
        }
        match program.order(order_ref(&order, &order.guest())).await {
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

    /// Looks an order in doubt up at the loyalty system and keeps what it says; any other order as it is.
    ///
    /// # Errors
    /// Where the loyalty system does not say.
    pub(in crate::orders) async fn reconcile(
        &self,
        program: &dyn LoyaltyProgram,
        mut order: Order,
    ) -> Result<Order, OrderError> {
        if order.pending.is_some() {
            let record = program.order(order_ref(&order, &order.guest())).await?;
            self.believe(&mut order, record.as_ref()).await?;
        }
        Ok(order)
    }

    async fn believe(&self, order: &mut Order, record: Option<&OrderRecord>) -> Result<(), StoreError> {
        order.state = settle(order, record);
        order.pending = None;
        order.known_upstream = order.known_upstream || record.is_some();
        self.save_state(order).await
    }

    async fn send(
        &self,
        program: &dyn LoyaltyProgram,
        order: &Order,
        step: Step,
    ) -> Result<(), UpstreamError> {
        let now = self.clock.now();
        let guest = order.guest();
        let confirmed = order_ref(order, &guest);
        match step {
            Step::Confirm => {
                let confirmation = Confirmation {
                    order_id: order.order_id,
                    reference: None,
                    guest: &guest,
                    order: &order.preview.contents,
                    echo: &order.preview.echo,
                    payment: order.spend,
                };
                program.confirm(confirmation).await.map(drop)
            }
            Step::Reset => program.reset(confirmed, now).await,
            Step::Abort => program.abort(confirmed, now).await,
            Step::Close => program.close(confirmed, now).await,
        }
    }
}

/// The order as the loyalty system's later calls name it.
fn order_ref<'a>(order: &Order, guest: &'a GuestKey) -> OrderRef<'a> {
    OrderRef {
        order_id: order.order_id,
        reference: None,
        guest,
        items_total: order.preview.items_total,
        payment: order.spend,
    }
}

/// A confirm that was refused was not carried out, whatever the order's sums look like.
const fn is_refused_confirm(step: Step, refused: bool) -> bool {
    matches!(step, Step::Confirm) && refused
}

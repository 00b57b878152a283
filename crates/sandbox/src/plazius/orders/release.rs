//! What reset and abort have in common: what an order has frozen goes back, and the guest leaves the order.

use contract::Money;
use loyalty::life::{OrderState, Outcome, Step, step};

use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::store::{gifts, ledger, orders, promo_codes, rewards, wallet};

/// Takes `asked` of the order; a repetition changes nothing. `aborted_at_ms` ends the order for good.
pub(super) fn release(
    call: &Call<'_>,
    order_id: &str,
    asked: Step,
    kind: Kind,
    aborted_at_ms: Option<i64>,
) -> Result<(), Refusal> {
    let order = lookup::order(call, order_id)?;
    if step(order.state, asked)? == Outcome::Already {
        return Ok(());
    }
    if let (OrderState::Confirmed, Some(guest_id)) = (order.state, order.guest_id) {
        wallet::give_back(call.tx, guest_id, order.payment)?;
        gifts::give_back(call.tx, order_id)?;
        promo_codes::release(call.tx, order_id)?;
        rewards::withdraw(call.tx, order_id)?;
    }
    orders::unbind(call.tx, order_id, aborted_at_ms)?;
    let entry = Entry {
        at_ms: call.now_ms(),
        kind,
        order_id: Some(order_id.to_owned()),
        payment: order.payment,
        accrual: order.accrual,
        shortfall: Money::ZERO,
        discount: order.discount,
    };
    ledger::add(call.tx, &entry, order.guest_id)?;
    Ok(())
}

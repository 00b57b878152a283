//! What reset and abort have in common: what an order has frozen goes back, and the guest leaves the order.

use contract::Money;
use loyalty::life::{OrderState, Outcome, Step, step};

use super::{Network, NetworkError};
use crate::ledger::{Entry, Kind};
use crate::store::orders::OrderRow;
use crate::store::{gifts, ledger, orders, promo_codes, rewards, wallet};

/// Opens the order again. `false` where it is open already: then nothing changes.
pub(crate) fn reset(network: &Network<'_>, order: &OrderRow) -> Result<bool, NetworkError> {
    release(network, order, Step::Reset, Kind::Reset, None)
}

/// Ends the order for good, which the till did at `aborted_at_ms`. `false` where it was ended before.
pub(crate) fn abort(
    network: &Network<'_>,
    order: &OrderRow,
    aborted_at_ms: i64,
) -> Result<bool, NetworkError> {
    release(network, order, Step::Abort, Kind::Aborted, Some(aborted_at_ms))
}

fn release(
    network: &Network<'_>,
    order: &OrderRow,
    asked: Step,
    kind: Kind,
    aborted_at_ms: Option<i64>,
) -> Result<bool, NetworkError> {
    if step(order.state, asked)? == Outcome::Already {
        return Ok(false);
    }
    let tx = network.tx;
    if let (OrderState::Confirmed, Some(guest_id)) = (order.state, order.guest_id) {
        wallet::give_back(tx, guest_id, order.payment)?;
        gifts::give_back(tx, &order.id)?;
        promo_codes::release(tx, &order.id)?;
        rewards::withdraw(tx, &order.id)?;
    }
    orders::unbind(tx, &order.id, aborted_at_ms)?;
    let entry = Entry {
        at_ms: network.now_ms(),
        kind,
        order_id: Some(order.id.clone()),
        payment: order.payment,
        accrual: order.accrual,
        shortfall: Money::ZERO,
        discount: order.discount,
    };
    ledger::add(tx, &entry, order.guest_id)?;
    Ok(true)
}

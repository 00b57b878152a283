//! Closing an order: writes off what it has frozen, accrues, and gives what it has promised.

use contract::Money;
use loyalty::life::{Outcome, Step, step};

use super::{Network, NetworkError, rewards};
use crate::ledger::{Entry, Kind};
use crate::store::guests::GuestRow;
use crate::store::orders::OrderRow;
use crate::store::{gifts, guests, ledger, orders, wallet};

/// Closes the order, which the till did at `closed_at_ms`. `false` where it was closed before: then nothing changes.
///
/// # Errors
/// [`NetworkError::Step`] unless it is confirmed.
pub(crate) fn close(
    network: &Network<'_>,
    order: &OrderRow,
    closed_at_ms: i64,
) -> Result<bool, NetworkError> {
    if step(order.state, Step::Close)? == Outcome::Already {
        return Ok(false);
    }
    let (tx, id, now_ms) = (network.tx, order.id.as_str(), network.now_ms());
    let guest = order.guest_id.map(|guest_id| network.guest_by_id(guest_id)).transpose()?;
    if let Some(guest) = &guest {
        wallet::write_off(tx, guest.id, id, order.payment, now_ms)?;
        gifts::use_up(tx, id)?;
        wallet::accrue(tx, guest.id, id, order.accrual, now_ms)?;
        count_purchase(network, guest, order.paid())?;
    }
    orders::close(tx, id, closed_at_ms, now_ms)?;
    let entry = Entry {
        at_ms: now_ms,
        kind: Kind::Closed,
        order_id: Some(id.to_owned()),
        payment: order.payment,
        accrual: order.accrual,
        shortfall: Money::ZERO,
        discount: order.discount,
    };
    ledger::add(tx, &entry, order.guest_id)?;
    if let Some(guest) = &guest {
        rewards::give(network, order, guest)?;
    }
    Ok(true)
}

/// Counts the money paid, which may move the guest to another rank.
fn count_purchase(network: &Network<'_>, guest: &GuestRow, paid: Money) -> Result<(), NetworkError> {
    let standing = guest.standing.after_purchase(&network.programme.ranks, paid, network.now_ms())?;
    guests::count_purchase(network.tx, guest.id, paid)?;
    guests::put_standing(network.tx, guest.id, &standing)?;
    Ok(())
}

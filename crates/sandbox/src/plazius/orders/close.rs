//! `orders/close`: writes off what an order has frozen, accrues, and gives what the order has promised.

use contract::Money;
use loyalty::life::{Outcome, Step, step};
use serde::{Deserialize, Serialize};

use super::rewards;
use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;
use crate::store::guests::GuestRow;
use crate::store::{gifts, guests, ledger, orders, wallet};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CloseRequestWire {
    id: OrderIdWire,
    closed_at: DateTimeWire,
}

#[derive(Serialize)]
pub(crate) struct CloseResponseWire {
    id: OrderIdWire,
}

/// Repeated, it answers the same and changes nothing.
pub(crate) fn answer(call: &Call<'_>, request: CloseRequestWire) -> Result<CloseResponseWire, Refusal> {
    let id = request.id.as_str();
    let order = lookup::order(call, id)?;
    if step(order.state, Step::Close)? == Outcome::Already {
        return Ok(CloseResponseWire { id: request.id });
    }
    let now_ms = call.now_ms();
    let guest = order.guest_id.map(|guest_id| lookup::guest_by_id(call, guest_id)).transpose()?;
    if let Some(guest) = &guest {
        wallet::write_off(call.tx, guest.id, id, order.payment, now_ms)?;
        gifts::use_up(call.tx, id)?;
        wallet::accrue(call.tx, guest.id, id, order.accrual, now_ms)?;
        count_purchase(call, guest, order.paid())?;
    }
    orders::close(call.tx, id, request.closed_at.0.as_millisecond(), now_ms)?;
    let entry = Entry {
        at_ms: now_ms,
        kind: Kind::Closed,
        order_id: Some(id.to_owned()),
        payment: order.payment,
        accrual: order.accrual,
        shortfall: Money::ZERO,
        discount: order.discount,
    };
    ledger::add(call.tx, &entry, order.guest_id)?;
    if let Some(guest) = &guest {
        rewards::give(call, &order, guest)?;
    }
    Ok(CloseResponseWire { id: request.id })
}

/// Counts the money paid, which may move the guest to another rank.
fn count_purchase(call: &Call<'_>, guest: &GuestRow, paid: Money) -> Result<(), Refusal> {
    let standing = guest.standing.after_purchase(&call.programme.ranks, paid, call.now_ms())?;
    guests::count_purchase(call.tx, guest.id, paid)?;
    guests::put_standing(call.tx, guest.id, &standing)?;
    Ok(())
}

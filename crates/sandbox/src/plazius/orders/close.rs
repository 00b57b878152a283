//! `orders/close`: writes off what an order has frozen, and accrues.

use loyalty::life::{Outcome, Step, step};
use serde::{Deserialize, Serialize};

use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;
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
    if let Some(guest_id) = order.guest_id {
        wallet::write_off(call.tx, guest_id, id, order.payment, now_ms)?;
        gifts::use_up(call.tx, id)?;
        wallet::accrue(call.tx, guest_id, id, order.accrual, now_ms)?;
        guests::count_purchase(call.tx, guest_id, order.total.minus_or_zero(order.payment))?;
    }
    orders::close(call.tx, id, request.closed_at.0.as_millisecond())?;
    let entry = Entry {
        at_ms: now_ms,
        kind: Kind::Closed,
        order_id: Some(id.to_owned()),
        payment: order.payment,
        accrual: order.accrual,
        discount: order.discount,
    };
    ledger::add(call.tx, &entry, order.guest_id)?;
    Ok(CloseResponseWire { id: request.id })
}

//! `orders/refund`: takes a closed order back, whole or by items.
//!
//! What the documents leave open is our choice: a refund's id is one in the network; the bonuses written off come back
//! and the accrual is cancelled in proportion to what is returned; what of the accrual the guest has spent already is
//! written down as a shortfall, since no balance goes below zero; gifts, promo codes and stamps follow when nothing of
//! the order is left, as `refund/whole.rs` says.

use contract::decimal::Decimal;
use contract::{Money, Quantity};
use loyalty::life::{Step, step};
use loyalty::refund::{ClosedLine, ClosedOrder, Item, Refund, Settlement};
use serde::{Deserialize, Serialize};

use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;
use crate::store::orders::OrderRow;
use crate::store::refunds::{self, RefundLineRow, RefundRow};
use crate::store::{guests, ledger, orders, wallet};

mod whole;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RefundRequestWire {
    id: OrderIdWire,
    /// A UUID as well, in the same form.
    refund_id: OrderIdWire,
    refunded_at: DateTimeWire,
    /// Null or absent: all that is left of the order.
    #[serde(default)]
    items: Option<Vec<ItemWire>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemWire {
    product: ProductWire,
    quantity: Decimal<3>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductWire {
    code: String,
}

#[derive(Serialize)]
pub(crate) struct RefundResponseWire {
    id: OrderIdWire,
}

/// Repeated with the same contents it answers the same and changes nothing; with others it is refused.
pub(crate) fn answer(call: &Call<'_>, request: RefundRequestWire) -> Result<RefundResponseWire, Refusal> {
    let contents = serde_json::to_string(&request).map_err(|error| Refusal::Internal(error.to_string()))?;
    let order = lookup::order(call, request.id.as_str())?;
    match refunds::contents(call.tx, call.network_id, request.refund_id.as_str())? {
        Some(before) if before == contents => return Ok(RefundResponseWire { id: request.id }),
        Some(_) => return Err(Refusal::invalid("refundId: another refund has this id")),
        None => {}
    }
    step(order.state, Step::Refund)?;
    let items: Option<Vec<Item>> = request.items.as_ref().map(|items| items.iter().map(item).collect());
    let refund = closed_order(call, &order)?.refund(items.as_deref())?;
    let settlement = settle(call, &order, &refund)?;
    let row = RefundRow {
        network_id: call.network_id,
        id: request.refund_id.as_str(),
        order_id: &order.id,
        contents: &contents,
        refunded_at_ms: request.refunded_at.0.as_millisecond(),
        money: refund.money,
        payment: refund.payment,
        accrual: refund.accrual,
        shortfall: settlement.shortfall,
    };
    refunds::add(call.tx, &row, &line_rows(&refund))?;
    orders::count_refund(call.tx, &order.id, refund.payment, settlement.cancelled, refund.is_last)?;
    if refund.is_last {
        whole::undo(call, &order)?;
    }
    let entry = Entry {
        at_ms: call.now_ms(),
        kind: Kind::Refunded,
        order_id: Some(order.id),
        payment: refund.payment,
        accrual: refund.accrual,
        shortfall: settlement.shortfall,
        discount: Money::ZERO,
    };
    ledger::add(call.tx, &entry, order.guest_id)?;
    Ok(RefundResponseWire { id: request.id })
}

fn item(wire: &ItemWire) -> Item {
    Item { code: wire.product.code.clone(), quantity: Quantity::from_milli(wire.quantity.0) }
}

/// The order with what has been returned of it so far.
fn closed_order(call: &Call<'_>, order: &OrderRow) -> Result<ClosedOrder, Refusal> {
    let mut lines: Vec<ClosedLine> = orders::lines(call.tx, &order.id)?
        .into_iter()
        .map(|line| ClosedLine {
            code: line.code,
            quantity: line.quantity,
            total: line.total,
            payment: line.payment,
            accrues: line.accrues,
            refunded: Quantity::from_milli(0),
        })
        .collect();
    for (position, refunded) in refunds::quantities(call.tx, &order.id)? {
        let line = lines
            .get_mut(position)
            .ok_or_else(|| Refusal::Internal(format!("order {} has no line {position}", order.id)))?;
        line.refunded = refunded;
    }
    ClosedOrder::new(lines, order.accrual).map_err(|error| Refusal::Internal(error.to_string()))
}

/// Moves the guest's bonuses and the money that counts for the rank. An order without a guest has neither.
fn settle(call: &Call<'_>, order: &OrderRow, refund: &Refund) -> Result<Settlement, Refusal> {
    let Some(guest_id) = order.guest_id else { return Ok(refund.settle(Money::ZERO)) };
    let (now_ms, guest) = (call.now_ms(), lookup::guest_by_id(call, guest_id)?);
    let settlement = refund.settle(guest.balance);
    wallet::refund(call.tx, guest_id, &order.id, refund.payment, now_ms)?;
    wallet::cancel_accrual(call.tx, guest_id, &order.id, settlement.cancelled, now_ms)?;
    guests::count_refund(call.tx, guest_id, refund.money)?;
    let counted_at_ms = order
        .counted_at_ms
        .ok_or_else(|| Refusal::Internal(format!("order {} was never counted", order.id)))?;
    let ranks = &call.programme.ranks;
    let standing = guest.standing.after_refund(ranks, refund.money, counted_at_ms, now_ms)?;
    guests::put_standing(call.tx, guest_id, &standing)?;
    Ok(settlement)
}

fn line_rows(refund: &Refund) -> Vec<RefundLineRow> {
    let lines = refund.by_line.iter().enumerate();
    lines
        .filter(|(_, line)| line.quantity.milli() > 0)
        .map(|(position, line)| RefundLineRow {
            position,
            quantity: line.quantity,
            money: line.money,
            payment: line.payment,
        })
        .collect()
}

//! An operation in the books: an order that is confirmed and closed in one go.

use contract::{Money, Quantity};
use loyalty::Calculation;
use loyalty::life::OrderState;

use crate::basic_rest::call::Call;
use crate::basic_rest::error::Refusal;
use crate::basic_rest::quote::LINE;
use crate::ledger::{Entry, Kind};
use crate::store::guests::GuestRow;
use crate::store::orders::{DiscountRow, LineRow, OrderRow};
use crate::store::{guests, ledger, orders, wallet};

/// What was sold and on which terms.
pub(super) struct Sale<'a> {
    /// The request.
    pub(super) contents: String,
    pub(super) point_id: &'a str,
    pub(super) amount: Money,
    /// Bonuses written off.
    pub(super) payment: Money,
    /// Bonuses accrued.
    pub(super) accrual: Money,
    pub(super) calculation: &'a Calculation,
}

/// Moves the bonuses, keeps the order, and counts the money paid, which may move the guest to another level.
pub(super) fn book(call: &Call<'_>, guest: &GuestRow, sale: &Sale<'_>) -> Result<(), Refusal> {
    let (id, now_ms) = (uuid::Uuid::new_v4().to_string(), call.now_ms());
    let order = order_row(&id, guest, sale, now_ms);
    wallet::freeze(call.tx, guest.id, sale.payment)?;
    orders::put(call.tx, &order, &[line_row(sale)], &discount_rows(sale.calculation))?;
    wallet::write_off(call.tx, guest.id, &id, sale.payment, now_ms)?;
    wallet::accrue(call.tx, guest.id, &id, sale.accrual, now_ms)?;
    let standing = guest.standing.after_purchase(&call.programme.ranks, order.paid(), now_ms)?;
    guests::count_purchase(call.tx, guest.id, order.paid())?;
    guests::put_standing(call.tx, guest.id, &standing)?;
    orders::close(call.tx, &id, now_ms, now_ms)?;
    let entry = Entry {
        order_id: Some(id),
        payment: sale.payment,
        accrual: sale.accrual,
        discount: order.discount,
        ..Entry::without_sums(Kind::Closed, now_ms)
    };
    Ok(ledger::add(call.tx, &entry, Some(guest.id))?)
}

fn order_row(id: &str, guest: &GuestRow, sale: &Sale<'_>, now_ms: i64) -> OrderRow {
    OrderRow {
        id: id.to_owned(),
        restaurant_id: sale.point_id.to_owned(),
        guest_id: Some(guest.id),
        state: OrderState::Confirmed,
        is_delivery: false,
        contents: sale.contents.clone(),
        opened_at_ms: now_ms,
        closed_at_ms: None,
        price: sale.amount,
        total: sale.calculation.total,
        discount: sale.calculation.discount,
        payment: sale.payment,
        accrual: sale.accrual,
        rolled_back: Money::ZERO,
        cancelled: Money::ZERO,
        counted_at_ms: None,
    }
}

fn line_row(sale: &Sale<'_>) -> LineRow {
    LineRow {
        code: LINE.0.to_owned(),
        name: LINE.1.to_owned(),
        group: None,
        quantity: Quantity::ONE,
        price: sale.amount,
        cost: sale.amount,
        total: sale.calculation.total,
        payment: sale.payment,
        accrues: true,
    }
}

fn discount_rows(calculation: &Calculation) -> Vec<DiscountRow> {
    let rows = calculation.campaigns.iter().map(|one| DiscountRow {
        campaign_id: one.id.clone(),
        name: one.name.clone(),
        discount: one.discount,
        uses_privilege: one.uses_privilege,
    });
    rows.collect()
}

//! A network as large as a real one: each guest was given bonuses, closed two orders, and was given bonuses once more.
//!
//! Writes through the same functions as the operations do, so that what it writes holds together as what they write.
//! Only the ledger leaves the orders out: nobody sent them to this sandbox.

use contract::{Money, Quantity};
use loyalty::life::OrderState;
use loyalty::programme::Rank;
use loyalty::standing::Standing;
use rusqlite::Transaction;

use super::{Progress, demo};
use crate::OpenError;
use crate::store::StoreError;
use crate::store::guests::{self, Person};
use crate::store::orders::{self, LineRow, OrderRow};
use crate::store::wallet::{self, ApiChange};
use past::{Past, Purchase};

mod past;

/// After how many guests the progress is told.
const STRIDE: u32 = 1_000;

/// As many as the phones from +79000000000 to +79009999999.
const MOST: u32 = 10_000_000;

/// Writes the guests with their past up to `now_ms`.
pub(super) fn guests(
    tx: &Transaction<'_>,
    network_id: i64,
    ranks: &[Rank],
    total: u32,
    now_ms: i64,
    on_progress: fn(Progress),
) -> Result<(), OpenError> {
    let total = total.min(MOST);
    for number in 0..total {
        if number % STRIDE == 0 {
            on_progress(Progress { done: number, total });
        }
        guest(tx, network_id, ranks, number, &Past::of(number, now_ms))?;
    }
    on_progress(Progress { done: total, total });
    Ok(())
}

fn guest(
    tx: &Transaction<'_>,
    network_id: i64,
    ranks: &[Rank],
    number: u32,
    past: &Past,
) -> Result<(), StoreError> {
    let person = Person { first_name: Some(past.first_name.to_owned()), sex: past.sex, ..Person::default() };
    let phone = format!("+7900{number:07}");
    let guest_id = guests::save(tx, network_id, &phone, &person, past.joined_ms)?;
    wallet::grant(tx, guest_id, past.granted, past.joined_ms)?;
    let mut standing = Standing::new(past.joined_ms);
    for (index, purchase) in past.purchases.iter().enumerate() {
        let order_id = format!("5eed0000-000{index}-4000-8000-{number:012x}");
        standing = buy(tx, guest_id, ranks, standing, &order_id, purchase)?;
    }
    guests::put_standing(tx, guest_id, &standing)?;
    let given = ApiChange {
        amount: past.given,
        restaurant_id: demo::LESNAYA,
        comment: "За отзыв",
        at_ms: past.given_ms,
    };
    wallet::give(tx, guest_id, &given)
}

/// An order from its confirmation to its close, and where it leaves the guest among the ranks.
fn buy(
    tx: &Transaction<'_>,
    guest_id: i64,
    ranks: &[Rank],
    standing: Standing,
    order_id: &str,
    purchase: &Purchase,
) -> Result<Standing, StoreError> {
    let corrupt = |what: &dyn std::fmt::Display| StoreError::Corrupt(what.to_string());
    let at_ms = purchase.closed_ms;
    let paid = purchase.total.minus_or_zero(purchase.payment);
    let standing = standing.as_of(ranks, at_ms).map_err(|error| corrupt(&error))?;
    let rank = ranks.get(standing.rank_index).ok_or_else(|| corrupt(&"a programme without ranks"))?;
    let accrual = rank.cashback_bp.of_half_up(paid);
    wallet::freeze(tx, guest_id, purchase.payment)?;
    orders::put(tx, &order_row(order_id, guest_id, purchase, accrual), &[line_row(purchase)], &[])?;
    wallet::write_off(tx, guest_id, order_id, purchase.payment, at_ms)?;
    wallet::accrue(tx, guest_id, order_id, accrual, at_ms)?;
    guests::count_purchase(tx, guest_id, paid)?;
    orders::close(tx, order_id, at_ms, at_ms)?;
    standing.after_purchase(ranks, paid, at_ms).map_err(|error| corrupt(&error))
}

fn order_row(id: &str, guest_id: i64, purchase: &Purchase, accrual: Money) -> OrderRow {
    OrderRow {
        id: id.to_owned(),
        restaurant_id: if purchase.is_delivery { demo::RECHNAYA } else { demo::LESNAYA }.to_owned(),
        guest_id: Some(guest_id),
        state: OrderState::Confirmed,
        is_delivery: purchase.is_delivery,
        contents: "the large seed".to_owned(),
        opened_at_ms: purchase.opened_ms,
        closed_at_ms: None,
        price: purchase.total,
        total: purchase.total,
        discount: Money::ZERO,
        payment: purchase.payment,
        accrual,
        rolled_back: Money::ZERO,
        cancelled: Money::ZERO,
        counted_at_ms: None,
    }
}

fn line_row(purchase: &Purchase) -> LineRow {
    LineRow {
        code: purchase.dish.0.to_owned(),
        name: purchase.dish.1.to_owned(),
        group: None,
        quantity: Quantity::from_milli(1_000),
        price: purchase.total,
        cost: purchase.total,
        total: purchase.total,
        payment: purchase.payment,
        accrues: true,
    }
}

//! Confirming an order: freezes the bonuses, gifts and single-use promo codes of its quote.

use contract::Money;
use loyalty::Order;
use loyalty::life::OrderState;

use super::quote::Quote;
use super::terms::Terms;
use super::{Network, NetworkError, rewards};
use crate::ledger::{Entry, Kind};
use crate::store::orders::{self, LineRow, OrderRow};
use crate::store::{gifts, ledger, promo_codes, wallet};

/// What a confirmation says of an order besides its quote.
pub(crate) struct Confirmed<'a> {
    pub(crate) order_id: &'a str,
    pub(crate) restaurant_id: &'a str,
    /// Whether the order is received otherwise than in the restaurant.
    pub(crate) is_delivery: bool,
    /// What was confirmed, as canonical text.
    pub(crate) contents: &'a str,
    pub(crate) opened_at_ms: i64,
    /// What each line of the order is called, in their order.
    pub(crate) labels: &'a [Label<'a>],
}

/// What a line is called.
pub(crate) struct Label<'a> {
    pub(crate) name: &'a str,
    pub(crate) group: Option<&'a str>,
}

/// Writes the order down and freezes what it takes. Whether it may be confirmed is the caller's to see.
pub(crate) fn confirm(
    network: &Network<'_>,
    confirmed: &Confirmed<'_>,
    quote: &Quote,
    terms: &Terms,
) -> Result<(), NetworkError> {
    let (tx, id) = (network.tx, confirmed.order_id);
    let order = order_row(confirmed, quote, terms);
    orders::put(tx, &order, &line_rows(&quote.order, confirmed.labels, terms), &terms.discounts)?;
    if let Some(guest) = &quote.guest {
        wallet::freeze(tx, guest.id, terms.payment)?;
        for one in terms.discounts.iter().filter(|one| one.uses_privilege) {
            gifts::freeze(tx, guest.id, &one.campaign_id, id, network.now_ms())?;
        }
        for code in &quote.calculation.used_promo_codes {
            promo_codes::take(tx, network.id, code, id)?;
        }
        rewards::promise(network, id, &quote.calculation)?;
    }
    let entry = Entry {
        at_ms: network.now_ms(),
        kind: Kind::Confirmed,
        order_id: Some(id.to_owned()),
        payment: terms.payment,
        accrual: terms.accrual,
        shortfall: Money::ZERO,
        discount: terms.discount,
    };
    Ok(ledger::add(tx, &entry, order.guest_id)?)
}

fn order_row(confirmed: &Confirmed<'_>, quote: &Quote, terms: &Terms) -> OrderRow {
    let price = quote.order.lines().iter().map(|line| line.price.minor()).sum();
    OrderRow {
        id: confirmed.order_id.to_owned(),
        restaurant_id: confirmed.restaurant_id.to_owned(),
        guest_id: quote.guest.as_ref().map(|guest| guest.id),
        state: OrderState::Confirmed,
        is_delivery: confirmed.is_delivery,
        contents: confirmed.contents.to_owned(),
        opened_at_ms: confirmed.opened_at_ms,
        closed_at_ms: None,
        price: Money::from_minor(price),
        total: quote.order.cost().minus_or_zero(terms.discount),
        discount: terms.discount,
        payment: terms.payment,
        accrual: terms.accrual,
        rolled_back: Money::ZERO,
        cancelled: Money::ZERO,
        counted_at_ms: None,
    }
}

fn line_rows(order: &Order, labels: &[Label<'_>], terms: &Terms) -> Vec<LineRow> {
    let sums = terms.total_by_line.iter().zip(&terms.payment_by_line).zip(&terms.accrues_by_line);
    let lines = order.lines().iter().zip(labels);
    lines
        .zip(sums)
        .map(|((line, label), ((total, payment), accrues))| LineRow {
            code: line.code.clone(),
            name: label.name.to_owned(),
            group: label.group.map(str::to_owned),
            quantity: line.quantity,
            price: line.price,
            cost: line.cost,
            total: *total,
            payment: *payment,
            accrues: *accrues,
        })
        .collect()
}

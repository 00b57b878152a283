//! `retail`: an operation is made. Where bonuses are spent they are written off and nothing is earned; where none are, it
//! brings its bonuses or takes the level's discount.
//!
//! A request has no id of its own, so a repetition is a second operation. In the books each is a closed order of one line.

use contract::Money;
use contract::decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::quote::{Sum, quote, rank_of};
use super::wire::{LoyaltyKindWire, MoneyWire, benefit, money, percent};
use super::{holds, lookup};
use crate::network::close::close;
use crate::network::confirm::{Confirmed, Label, confirm};
use crate::network::terms::Terms;
use crate::store::orders;

/// What the one line of an operation is called in the books.
const LINE_NAME: &str = "Покупка";

#[derive(Serialize)]
pub(super) struct RetailRequestWire {
    client: String,
    point: String,
    #[serde(rename = "amount")]
    amount_wire: MoneyWire,
    #[serde(rename = "spend")]
    spend_wire: MoneyWire,
}

impl RetailRequestWire {
    const fn amount(&self) -> Money {
        Money::from_minor(self.amount_wire.0)
    }

    const fn spend(&self) -> Money {
        Money::from_minor(self.spend_wire.0)
    }
}

impl FromFields for RetailRequestWire {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            client: fields.text("client"),
            point: fields.text("point"),
            amount_wire: money(fields.amount("amount")),
            spend_wire: money(fields.amount("spend")),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RetailResponseWire {
    success: bool,
    retail: RetailWire,
}

#[derive(Serialize)]
struct RetailWire {
    amount: MoneyWire,
    /// What is paid by card or in cash.
    total: MoneyWire,
    percent: Decimal<2>,
    #[serde(rename = "type")]
    kind: LoyaltyKindWire,
    #[serde(flatten)]
    bonuses: BonusesWire,
}

/// One of the two, as documented.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum BonusesWire {
    Spend(MoneyWire),
    Earn(MoneyWire),
}

pub(super) fn answer(call: &Call<'_>, request: RetailRequestWire) -> Result<RetailResponseWire, Refusal> {
    let contents = serde_json::to_string(&request).map_err(|error| Refusal::Internal(error.to_string()))?;
    let point_id = lookup::point(call, &request.point)?;
    let held_for = lookup::client(call, &request.client)?;
    // An operation ends the holds at its point, so what they held may be spent in it.
    holds::release(call, held_for.id, &point_id)?;
    let guest = lookup::client(call, &request.client)?;
    let (kind, share) = benefit(rank_of(call, &guest)?);
    let balance = guest.balance;
    let sum = quote(call, guest, request.amount())?;
    if request.spend() > sum.most {
        return Err(Refusal::spend(sum.most));
    }
    let mut terms = Terms::of(&sum.quote, Some(request.spend()))?;
    let is_spent = terms.payment.is_positive();
    if is_spent {
        // Where bonuses are spent the rest of the sum brings none.
        terms.accrual = Money::ZERO;
    } else if balance.checked_add(terms.accrual).is_none() {
        return Err(Refusal::of("amount", "Amount would bring more than a wallet holds."));
    }
    book(call, &point_id, &contents, &sum, &terms)?;
    let retail = RetailWire {
        amount: money(request.amount()),
        total: money(sum.quote.calculation.total.minus_or_zero(terms.payment)),
        percent: percent(share),
        kind,
        bonuses: if is_spent {
            BonusesWire::Spend(money(terms.payment))
        } else {
            BonusesWire::Earn(money(terms.accrual))
        },
    };
    Ok(RetailResponseWire { success: true, retail })
}

/// Writes the operation down: an order that is confirmed and closed in one go.
fn book(call: &Call<'_>, point_id: &str, contents: &str, sum: &Sum, terms: &Terms) -> Result<(), Refusal> {
    let (order_id, now_ms, network) = (Uuid::new_v4().to_string(), call.now_ms(), call.network());
    let confirmed = Confirmed {
        order_id: &order_id,
        restaurant_id: point_id,
        is_delivery: false,
        contents,
        opened_at_ms: now_ms,
        labels: &[Label { name: LINE_NAME, group: None }],
    };
    confirm(&network, &confirmed, &sum.quote, terms)?;
    let order = orders::find(call.tx, call.api_key, &order_id)?
        .ok_or_else(|| Refusal::Internal(format!("order {order_id} was not written")))?;
    close(&network, &order, now_ms)?;
    Ok(())
}

//! `retail`: an operation is made. Where bonuses are spent they are written off and nothing is earned; where none are, it
//! brings its bonuses or takes the level's discount.
//!
//! A request has no id of its own, so a repetition is a second operation. In the books each is a closed order of one line.

use contract::Money;
use contract::decimal::Decimal;
use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::quote::quote;
use super::wire::{LoyaltyKindWire, MoneyWire, money, percent};
use super::{holds, lookup};
use booked::{Sale, book};

mod booked;

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
    let quote = quote(call, &guest, request.amount())?;
    let side = quote.bonuses.pay(request.spend()).map_err(|_| Refusal::spend(quote.bonuses.max.payment))?;
    let is_spent = side.payment.is_positive();
    let sale = Sale {
        contents,
        point_id: &point_id,
        amount: request.amount(),
        payment: side.payment,
        accrual: if is_spent { Money::ZERO } else { side.accrual },
        calculation: &quote.calculation,
    };
    if guest.balance.checked_add(sale.accrual).is_none() {
        return Err(Refusal::of("amount", "Amount would bring more than a wallet holds."));
    }
    book(call, &guest, &sale)?;
    let retail = RetailWire {
        amount: money(request.amount()),
        total: money(quote.calculation.total.minus_or_zero(side.payment)),
        percent: percent(quote.percent),
        kind: quote.kind,
        bonuses: if is_spent {
            BonusesWire::Spend(money(side.payment))
        } else {
            BonusesWire::Earn(money(sale.accrual))
        },
    };
    Ok(RetailResponseWire { success: true, retail })
}

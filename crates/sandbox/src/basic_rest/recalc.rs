//! `recalc`: what the client may spend in an operation, and what the operation brings without that. Changes nothing.

use contract::Money;
use contract::decimal::Decimal;
use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::lookup;
use super::quote::{quote, rank_of};
use super::wire::{LoyaltyKindWire, MoneyWire, benefit, money, percent};

pub(super) struct RecalcRequestWire {
    client: String,
    point: String,
    amount: Money,
}

impl FromFields for RecalcRequestWire {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { client: fields.text("client"), point: fields.text("point"), amount: fields.amount("amount") }
    }
}

#[derive(Serialize)]
pub(super) struct RecalcResponseWire {
    success: bool,
    recalc: RecalcWire,
}

#[derive(Serialize)]
struct RecalcWire {
    amount: MoneyWire,
    percent: Decimal<2>,
    #[serde(rename = "type")]
    kind: LoyaltyKindWire,
    spend: MoneyWire,
    earn: MoneyWire,
}

pub(super) fn answer(call: &Call<'_>, request: RecalcRequestWire) -> Result<RecalcResponseWire, Refusal> {
    lookup::point(call, &request.point)?;
    let guest = lookup::client(call, &request.client)?;
    let (kind, share) = benefit(rank_of(call, &guest)?);
    let sum = quote(call, guest, request.amount)?;
    let recalc = RecalcWire {
        amount: money(request.amount),
        percent: percent(share),
        kind,
        spend: money(sum.most),
        earn: money(sum.earn),
    };
    Ok(RecalcResponseWire { success: true, recalc })
}

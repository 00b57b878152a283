//! `bonuses/hold`: sets bonuses aside for an operation at one point of sale, for some minutes.

use contract::Money;
use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::quote::rank_of;
use super::wire::{LoyaltyKindWire, MoneyWire, benefit, money};
use super::{holds, lookup};
use crate::ledger::Kind;
use crate::store::holds::{NewHold, add};

/// How long bonuses are held at most, in minutes, and where nothing is said.
const MAX_MINUTES: i64 = 10;

pub(super) struct HoldRequestWire {
    client: String,
    point: String,
    amount: Money,
    minutes: i64,
}

impl FromFields for HoldRequestWire {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            client: fields.text("client"),
            point: fields.text("point"),
            amount: fields.positive_amount("amount"),
            minutes: fields.up_to("duration", MAX_MINUTES),
        }
    }
}

#[derive(Serialize)]
pub(super) struct HoldResponseWire {
    success: bool,
    held: HeldWire,
}

#[derive(Serialize)]
struct HeldWire {
    /// Seconds since 1970: the first at which they are held no more.
    until: i64,
    amount: MoneyWire,
}

/// Each hold stands beside the ones before it, and what one holds is no other's.
pub(super) fn answer(call: &Call<'_>, request: HoldRequestWire) -> Result<HoldResponseWire, Refusal> {
    let point_id = lookup::point(call, &request.point)?;
    let guest = lookup::client(call, &request.client)?;
    // The sum of the operation is not known yet; what the level allows of it is looked at when it is made.
    let most = match benefit(rank_of(call, &guest)?).0 {
        LoyaltyKindWire::Cashback => guest.balance,
        LoyaltyKindWire::Discount => Money::ZERO,
    };
    if request.amount > most {
        return Err(Refusal::spend(most));
    }
    let until = call.now.as_second() + request.minutes * 60;
    let hold = NewHold {
        guest_id: guest.id,
        restaurant_id: &point_id,
        amount: request.amount,
        held_at_ms: call.now_ms(),
        until_ms: until * 1_000,
    };
    add(call.tx, &hold)?;
    holds::enter(call, Kind::Held, guest.id, request.amount)?;
    Ok(HoldResponseWire { success: true, held: HeldWire { until, amount: money(request.amount) } })
}

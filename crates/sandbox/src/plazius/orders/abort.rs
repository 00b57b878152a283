//! `orders/abort`: returns what an order has frozen and ends the order.

use loyalty::life::Step;
use serde::{Deserialize, Serialize};

use super::release::release;
use crate::ledger::Kind;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AbortRequestWire {
    id: OrderIdWire,
    aborted_at: DateTimeWire,
}

#[derive(Serialize)]
pub(crate) struct AbortResponseWire {
    id: OrderIdWire,
}

pub(crate) fn answer(call: &Call<'_>, request: AbortRequestWire) -> Result<AbortResponseWire, Refusal> {
    let aborted_at_ms = request.aborted_at.0.as_millisecond();
    release(call, request.id.as_str(), Step::Abort, Kind::Aborted, Some(aborted_at_ms))?;
    Ok(AbortResponseWire { id: request.id })
}

//! `orders/abort`: returns what an order has frozen and ends the order.

use serde::{Deserialize, Serialize};

use crate::network::release;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
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
    let order = lookup::order(call, request.id.as_str())?;
    release::abort(&call.network(), &order, request.aborted_at.0.as_millisecond())?;
    Ok(AbortResponseWire { id: request.id })
}

//! `orders/close`: writes off what an order has frozen, accrues, and gives what the order has promised.

use serde::{Deserialize, Serialize};

use crate::network::close;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CloseRequestWire {
    id: OrderIdWire,
    closed_at: DateTimeWire,
}

#[derive(Serialize)]
pub(crate) struct CloseResponseWire {
    id: OrderIdWire,
}

/// Repeated, it answers the same and changes nothing.
pub(crate) fn answer(call: &Call<'_>, request: CloseRequestWire) -> Result<CloseResponseWire, Refusal> {
    let order = lookup::order(call, request.id.as_str())?;
    close::close(&call.network(), &order, request.closed_at.0.as_millisecond())?;
    Ok(CloseResponseWire { id: request.id })
}

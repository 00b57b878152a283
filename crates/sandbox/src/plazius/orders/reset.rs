//! `orders/reset`: returns what an order has frozen, so that it may change and be confirmed again.

use serde::{Deserialize, Serialize};

use crate::network::release;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::OrderIdWire;
use crate::plazius::wire::moment::DateTimeWire;

/// The makers answer with the request.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ResetWire {
    id: OrderIdWire,
    reset_at: DateTimeWire,
}

pub(crate) fn answer(call: &Call<'_>, request: ResetWire) -> Result<ResetWire, Refusal> {
    let order = lookup::order(call, request.id.as_str())?;
    release::reset(&call.network(), &order)?;
    Ok(request)
}

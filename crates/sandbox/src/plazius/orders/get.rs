//! `orders/get`: an order as it stands.

use serde::{Deserialize, Serialize};

use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::booked_order::{self, BookedOrderWire};
use crate::plazius::wire::identity::OrderIdWire;
use crate::store::orders;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetOrderRequestWire {
    id: OrderIdWire,
}

#[derive(Serialize)]
pub(crate) struct GetOrderResponseWire {
    order: BookedOrderWire,
}

pub(crate) fn answer(call: &Call<'_>, request: GetOrderRequestWire) -> Result<GetOrderResponseWire, Refusal> {
    let order = lookup::order(call, request.id.as_str())?;
    let lines = orders::lines(call.tx, &order.id)?;
    Ok(GetOrderResponseWire { order: booked_order::write(order, lines)? })
}

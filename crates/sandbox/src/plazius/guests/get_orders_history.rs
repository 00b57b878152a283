//! `guests/getOrdersHistory`: a guest's orders in the restaurants of the network that the key may see.

use serde::{Deserialize, Serialize};

use super::page;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::booked_order::{self, BookedOrderWire};
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::plazius::wire::moment::DateTimeWire;
use crate::store::history::{self, OrdersAsked};
use crate::store::orders;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OrdersHistoryRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
    #[serde(default, deserialize_with = "present")]
    filter: Option<FilterWire>,
    #[serde(default)]
    fill_order_details: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FilterWire {
    #[serde(default)]
    from_date: Option<DateTimeWire>,
    #[serde(default)]
    to_date: Option<DateTimeWire>,
    #[serde(default)]
    skip: Option<i32>,
    #[serde(default)]
    take: Option<i32>,
    #[serde(default, deserialize_with = "present")]
    order_status: Option<StatusWire>,
    /// Chooses among the restaurants the key may see; one it may not see chooses nothing.
    #[serde(default)]
    organizations_in_network: Option<Vec<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StatusWire {
    Open,
    Closed,
    Aborted,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrdersHistoryResponseWire {
    orders: Vec<BookedOrderWire>,
    total_count: u32,
}

/// The named restaurant only says which network is meant.
pub(crate) fn answer(
    call: &Call<'_>,
    request: OrdersHistoryRequestWire,
) -> Result<OrdersHistoryResponseWire, Refusal> {
    let filter = request.filter.unwrap_or_default();
    let span = page::span(filter.from_date, filter.to_date, filter.skip, filter.take, u32::MAX)?;
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let wanted = filter.organizations_in_network.as_ref().map(serde_json::to_string).transpose();
    let wanted = wanted.map_err(|error| Refusal::Internal(error.to_string()))?;
    let asked = OrdersAsked {
        api_key: call.api_key,
        guest_id: guest.id,
        span,
        status: filter.order_status.map(|status| match status {
            StatusWire::Open => "open",
            StatusWire::Closed => "closed",
            StatusWire::Aborted => "aborted",
        }),
        rk_object_ids: wanted.as_deref(),
    };
    let (total_count, rows) = history::orders(call.tx, &asked)?;
    let mut page = Vec::with_capacity(rows.len());
    for order in rows {
        let lines = if request.fill_order_details { orders::lines(call.tx, &order.id)? } else { Vec::new() };
        page.push(booked_order::write(order, lines)?);
    }
    Ok(OrdersHistoryResponseWire { orders: page, total_count })
}

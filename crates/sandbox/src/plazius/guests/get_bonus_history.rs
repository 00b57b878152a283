//! `guests/getBonusHistory`: what was given to a guest's balance and taken from it.

use contract::Money;
use contract::decimal::Decimal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::page;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::booked_order::time;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::plazius::wire::loyalty::decimal;
use crate::plazius::wire::moment::DateTimeWire;
use crate::store::StoreError;
use crate::store::bonus_entries::EntryKind;
use crate::store::history::{self, EntryRow};

/// The largest page, as documented.
const MAX_TAKE: u32 = 100_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BonusHistoryRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
    #[serde(default, deserialize_with = "present")]
    filter: Option<FilterWire>,
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
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BonusHistoryResponseWire {
    total_count: u32,
    operations: Vec<OperationWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OperationWire {
    /// Below zero where bonuses were taken: nothing else in an operation tells the two apart.
    amount: Decimal<2>,
    date: Timestamp,
    operation_type: OperationTypeWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<RestaurantWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderShortWire>,
    comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum OperationTypeWire {
    Order,
    BizUser,
    Campaign,
    Api,
}

#[derive(Serialize)]
struct RestaurantWire {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct OrderShortWire {
    id: String,
    /// No till has told it.
    number: Option<String>,
}

/// The named restaurant only says which network is meant. As in the history of orders, what was done at a restaurant is
/// shown to the keys that may see it.
pub(crate) fn answer(
    call: &Call<'_>,
    request: BonusHistoryRequestWire,
) -> Result<BonusHistoryResponseWire, Refusal> {
    let filter = request.filter.unwrap_or_default();
    let span = page::span(filter.from_date, filter.to_date, filter.skip, filter.take, MAX_TAKE)?;
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let (total_count, rows) = history::entries(call.tx, call.api_key, guest.id, span)?;
    let operations = rows.into_iter().map(write).collect::<Result<_, _>>()?;
    Ok(BonusHistoryResponseWire { total_count, operations })
}

fn write(entry: EntryRow) -> Result<OperationWire, StoreError> {
    let amount = if entry.kind.is_given() { entry.amount } else { Money::from_minor(-entry.amount.minor()) };
    Ok(OperationWire {
        amount: decimal(amount),
        date: time(entry.at_ms)?,
        operation_type: operation_type(&entry),
        organization: entry.restaurant.map(|(id, name)| RestaurantWire { id, name }),
        order: entry.order_id.map(|id| OrderShortWire { id, number: None }),
        comment: entry.comment,
    })
}

/// Bonuses given by hand are a restaurateur's doing. What is taken back without an order had come from a campaign.
const fn operation_type(entry: &EntryRow) -> OperationTypeWire {
    match entry.kind {
        EntryKind::Grant => OperationTypeWire::BizUser,
        EntryKind::Campaign => OperationTypeWire::Campaign,
        EntryKind::AccrualCancelled if entry.order_id.is_none() => OperationTypeWire::Campaign,
        EntryKind::ApiAdd | EntryKind::ApiWriteOff => OperationTypeWire::Api,
        EntryKind::Accrual | EntryKind::WriteOff | EntryKind::Refund | EntryKind::AccrualCancelled => {
            OperationTypeWire::Order
        }
    }
}

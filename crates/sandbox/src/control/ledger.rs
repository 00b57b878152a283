//! `GET /sandbox/ledger`: the accepted operations that changed something, a page at a time.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::store::StoreError;
use crate::store::ledger::{self, Listed, Wanted};

/// How many entries a page has at most.
const MAX_LIMIT: u32 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerQuery {
    #[serde(default)]
    after: i64,
    #[serde(default = "default_limit")]
    limit: u32,
    order: Option<String>,
    /// A phone, in every network.
    guest: Option<String>,
}

const fn default_limit() -> u32 {
    100
}

#[derive(Serialize)]
pub(super) struct LedgerResponse {
    /// Oldest first.
    entries: Vec<EntryBody>,
    /// What the next page's `after` is; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_after: Option<i64>,
}

#[derive(Serialize)]
struct EntryBody {
    seq: i64,
    at: Timestamp,
    kind: &'static str,
    order: Option<String>,
    guest: Option<String>,
    payment_minor: i64,
    accrual_minor: i64,
    discount_minor: i64,
    shortfall_minor: i64,
}

pub(super) async fn show(
    State(control): State<Control>,
    query: Result<Query<LedgerQuery>, QueryRejection>,
) -> Result<Json<LedgerResponse>, ControlError> {
    let Query(query) = query.map_err(|rejection| ControlError::invalid("", rejection.body_text()))?;
    if !(1..=MAX_LIMIT).contains(&query.limit) {
        return Err(ControlError::invalid("limit", format!("1 to {MAX_LIMIT}")));
    }
    off_the_async_threads(move || page(&control, &query)).await
}

fn page(control: &Control, query: &LedgerQuery) -> Result<LedgerResponse, ControlError> {
    let wanted = Wanted {
        after: query.after,
        order_id: query.order.as_deref(),
        phone: query.guest.as_deref(),
        // One more than the page holds tells whether it is the last.
        limit: query.limit + 1,
    };
    let mut listed: Vec<Listed> = control.store.read(|tx| ledger::page(tx, &wanted))?;
    let is_last = listed.len() < usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    if !is_last {
        listed.pop();
    }
    let next_after = if is_last { None } else { listed.last().map(|one| one.seq) };
    let entries = listed.into_iter().map(entry_body).collect::<Result<_, _>>()?;
    Ok(LedgerResponse { entries, next_after })
}

fn entry_body(listed: Listed) -> Result<EntryBody, StoreError> {
    let Listed { seq, phone, entry } = listed;
    Ok(EntryBody {
        seq,
        at: Timestamp::from_millisecond(entry.at_ms)
            .map_err(|error| StoreError::Corrupt(format!("the time of entry {seq}: {error}")))?,
        kind: entry.kind.as_str(),
        order: entry.order_id,
        guest: phone,
        payment_minor: entry.payment.minor(),
        accrual_minor: entry.accrual.minor(),
        discount_minor: entry.discount.minor(),
        shortfall_minor: entry.shortfall.minor(),
    })
}

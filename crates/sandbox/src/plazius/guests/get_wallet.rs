//! `guests/getWallet`: what a guest may spend, and the guest's rank.

use contract::decimal::Decimal;
use serde::Serialize;

use super::GuestRequestWire;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::loyalty::RankWire;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WalletResponseWire {
    balance: Decimal<2>,
    current_rank: RankWire,
}

pub(crate) fn answer(call: &Call<'_>, request: GuestRequestWire) -> Result<WalletResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let progress = lookup::progress(call, &guest)?;
    Ok(WalletResponseWire { balance: progress.balance, current_rank: progress.rank })
}

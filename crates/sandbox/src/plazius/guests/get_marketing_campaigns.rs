//! `guests/getMarketingCampaigns`: the campaigns there are for a guest, and how far the guest has come in each.

use serde::Serialize;

use super::GuestRequestWire;
use crate::plazius::call::Call;
use crate::plazius::campaigns;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::campaign::MarketingCampaignWire;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarketingCampaignsResponseWire {
    marketing_campaigns: Vec<MarketingCampaignWire>,
}

pub(crate) fn answer(
    call: &Call<'_>,
    request: GuestRequestWire,
) -> Result<MarketingCampaignsResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    Ok(MarketingCampaignsResponseWire { marketing_campaigns: campaigns::of_guest(call, guest.id)? })
}

//! `orders/calculate`: what the programme makes of an order. Changes nothing.

use serde::Deserialize;

use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::quote::{Subject, quote};
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::plazius::wire::loyalty::{CalculateResponseWire, write};
use crate::plazius::wire::order::{DeliveryWire, OrderWire};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalculateRequestWire {
    order: OrderWire,
    organization: OrganizationIdentityWire,
    #[serde(default, deserialize_with = "present")]
    guest: Option<GuestIdentityWire>,
    #[serde(default, deserialize_with = "present")]
    delivery: Option<DeliveryWire>,
    #[serde(default)]
    promocodes: Option<Vec<PromocodeWire>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromocodeWire {
    value: String,
}

pub(crate) fn answer(
    call: &Call<'_>,
    request: CalculateRequestWire,
) -> Result<CalculateResponseWire, Refusal> {
    let promo_codes: Vec<String> =
        request.promocodes.unwrap_or_default().into_iter().map(|one| one.value).collect();
    let subject = Subject {
        order: &request.order,
        organization: &request.organization,
        guest: request.guest.as_ref(),
        delivery: request.delivery.as_ref(),
    };
    let (_, quote) = quote(call, &subject, &promo_codes)?;
    let fingerprint = subject.fingerprint(&quote)?.encode()?;
    let progress = quote.guest.as_ref().map(|guest| lookup::progress(call, guest)).transpose()?;
    Ok(CalculateResponseWire { loyalty: write(&quote.order, &quote.calculation, progress, fingerprint) })
}

//! `guests/generateCode`: a one-time code by which the till finds the guest.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::plazius::wire::time_span::TimeSpanWire;
use crate::store::{ledger, payment_codes};

/// How long a code lives unless the request says otherwise.
const DEFAULT_TTL: SignedDuration = SignedDuration::from_mins(5);

/// The longest life a request may ask for.
const MAX_TTL: SignedDuration = SignedDuration::from_hours(24);

/// Draws before giving up. With a million guests each holding a code, all of them taken has a chance of 10^-100.
const MAX_DRAWS: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct GenerateCodeRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
    #[serde(default, deserialize_with = "present")]
    activation_period: Option<TimeSpanWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GenerateCodeResponseWire {
    /// Seven digits as a number: leading zeros are lost.
    code: u32,
    ttl_seconds: i64,
}

/// Each code replaces the guest's former one.
pub(crate) fn answer(
    call: &Call<'_>,
    request: GenerateCodeRequestWire,
) -> Result<GenerateCodeResponseWire, Refusal> {
    lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    let ttl = request.activation_period.map_or(DEFAULT_TTL, |period| period.0);
    if ttl < SignedDuration::from_secs(1) || ttl > MAX_TTL {
        return Err(Refusal::invalid("activationPeriod: must be between one second and one day"));
    }
    let expires_at_ms = call.now_ms() + i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX);
    payment_codes::make_room(call.tx, guest.id, call.now_ms())?;
    let code = draw(call, guest.id, expires_at_ms)?;
    ledger::add(call.tx, &Entry::without_sums(Kind::CodeIssued, call.now_ms()), Some(guest.id))?;
    Ok(GenerateCodeResponseWire { code, ttl_seconds: ttl.as_secs() })
}

fn draw(call: &Call<'_>, guest_id: i64, expires_at_ms: i64) -> Result<u32, Refusal> {
    for _ in 0..MAX_DRAWS {
        let code = call.payment_codes.draw().map_err(|error| Refusal::Internal(error.to_string()))?;
        if payment_codes::add(call.tx, code, guest_id, expires_at_ms)? {
            return Ok(code);
        }
    }
    Err(Refusal::Internal("no free payment code was found".to_owned()))
}

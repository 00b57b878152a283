//! `bonuses/release`: gives back all that is held for a client at one point of sale. Where nothing is, that is success too.

use serde::Serialize;

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::{holds, lookup};

pub(super) struct ReleaseRequestWire {
    client: String,
    point: String,
}

impl FromFields for ReleaseRequestWire {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { client: fields.text("client"), point: fields.text("point") }
    }
}

#[derive(Serialize)]
pub(super) struct ReleaseResponseWire {
    success: bool,
}

pub(super) fn answer(call: &Call<'_>, request: ReleaseRequestWire) -> Result<ReleaseResponseWire, Refusal> {
    let point_id = lookup::point(call, &request.point)?;
    let guest = lookup::client(call, &request.client)?;
    holds::release(call, guest.id, &point_id)?;
    Ok(ReleaseResponseWire { success: true })
}

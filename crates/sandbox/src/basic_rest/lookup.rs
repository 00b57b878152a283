//! Finding what a request names, or refusing it with the documented error.

use contract::Phone;

use super::call::Call;
use super::error::Refusal;
use super::holds;
use crate::store::guests::{self, GuestRow};
use crate::store::{access, app_codes, cards, clients};

/// The named point of sale, unless the key may not see it. Its id is also what the books know it by.
pub(super) fn point(call: &Call<'_>, id: &str) -> Result<String, Refusal> {
    access::restaurant_id(call.tx, call.api_key, id)?.ok_or_else(|| Refusal::of("point", "Point not found."))
}

/// The client with this id, as of now.
pub(super) fn client(call: &Call<'_>, id: &str) -> Result<GuestRow, Refusal> {
    let guest_id = clients::guest_id(call.tx, call.network_id, id)?.ok_or_else(not_found)?;
    as_of_now(call, guest_id)
}

/// The client whom a till has searched for: by phone, with or without its plus, by card, or by the code of the app. What
/// could be several of these is the first of them.
pub(super) fn search(call: &Call<'_>, text: &str) -> Result<GuestRow, Refusal> {
    let by_phone = match Phone::parse(&format!("+{}", text.strip_prefix('+').unwrap_or(text))) {
        Some(phone) => guests::find(call.tx, call.network_id, phone.as_str())?.map(|guest| guest.id),
        None => None,
    };
    let by_phone_or_card = match by_phone {
        Some(guest_id) => Some(guest_id),
        None => cards::with_track_or_number(call.tx, call.network_id, text, text)?.map(|card| card.guest_id),
    };
    let found = match by_phone_or_card {
        Some(guest_id) => Some(guest_id),
        None => app_codes::guest_id(call.tx, call.network_id, text, call.now_ms())?,
    };
    as_of_now(call, found.ok_or_else(not_found)?)
}

fn not_found() -> Refusal {
    Refusal::of("client", "Client not found.")
}

/// The guest, where time alone has ended holds or moved the level since the books were last written.
fn as_of_now(call: &Call<'_>, guest_id: i64) -> Result<GuestRow, Refusal> {
    holds::settle(call, guest_id)?;
    Ok(call.network().guest_by_id(guest_id)?)
}

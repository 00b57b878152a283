//! The code that a guest shows in the app, by which a till of the basic REST API finds the guest.

use jiff::{SignedDuration, Timestamp};

use super::{GuestApp, GuestAppError};
use crate::ledger::Kind;
use crate::store::{app_codes, clients};

/// How long a code is good for: as long as bonuses are held at most.
const TTL: SignedDuration = SignedDuration::from_mins(10);

/// What a code is made of: letters and digits that are not taken for one another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Draws before giving up. With a million codes alive, all of them taken has a chance of 10^-18.
const MAX_DRAWS: usize = 3;

/// A code and when it is good no more.
pub(crate) struct IssuedCode {
    pub(crate) code: String,
    pub(crate) expires_at: Timestamp,
}

impl GuestApp<'_> {
    /// Shows a guest another code. The one before is good no more, but for one that never runs out.
    ///
    /// # Errors
    /// Unless there is such a guest, in a network of the basic REST API.
    pub(crate) fn issue_code(&self, phone: &str) -> Result<IssuedCode, GuestAppError> {
        let guest = self.guest(phone)?;
        if clients::of_guest(self.tx, guest.id)?.is_none() {
            return Err(GuestAppError::NoCodes);
        }
        let expires_at =
            self.now.checked_add(TTL).map_err(|error| GuestAppError::NotIssued(error.to_string()))?;
        app_codes::make_room(self.tx, guest.id, self.now_ms())?;
        for _ in 0..MAX_DRAWS {
            let code = draw()?;
            let expires_at_ms = Some(expires_at.as_millisecond());
            if app_codes::add(self.tx, self.network_id, &code, guest.id, expires_at_ms)? {
                self.enter(Kind::CodeIssued, guest.id)?;
                return Ok(IssuedCode { code, expires_at });
            }
        }
        Err(GuestAppError::NotIssued("no free code was found".to_owned()))
    }
}

/// A code as `AP-7K2P-XR4M`.
fn draw() -> Result<String, GuestAppError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|error| GuestAppError::NotIssued(error.to_string()))?;
    let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let [first, second] = [&letters[..4], &letters[4..]].map(|half| half.iter().collect::<String>());
    Ok(format!("AP-{first}-{second}"))
}

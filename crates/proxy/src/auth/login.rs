//! Login codes: sent to a phone, good for a while and for a few tries, exchanged once.
//!
//! Only a keyed hash of a code is kept, bound to its challenge, and compared in constant time.

use std::sync::Arc;

use clock::Clock;
use contract::Phone;
use contract::login::StartLoginResponse;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};
use thiserror::Error;
use upstream::program::GuestKey;

use super::phone::accept_phone;
use crate::config::{Limits, RestaurantConfig, Secret};
use crate::entropy::{Entropy, EntropyError};
use crate::orders::order::Owner;
use crate::sms::{LoginMessage, SmsError, SmsSender};
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::{Scope, Store, StoreError};

/// After so long without a code, the waits between codes start anew.
pub(crate) const FORGET_SENDINGS_MS: i64 = 3_600_000;

/// Why a login does not go on.
#[derive(Debug, Error)]
pub(crate) enum LoginError {
    /// No number of any country's plan.
    #[error("not a phone number")]
    InvalidPhone,
    /// A country the restaurant does not accept.
    #[error("the restaurant does not accept phones of this country")]
    CountryNotAllowed,
    /// A code was sent a moment ago.
    #[error("a code was sent a moment ago")]
    ResendTooEarly {
        /// Seconds until another may be sent.
        retry_after_s: u32,
    },
    /// The code did not leave.
    #[error(transparent)]
    Sms(#[from] SmsError),
    /// Not the code that was sent.
    #[error("not the code that was sent")]
    WrongCode {
        /// How many more may be tried.
        tries_left: u32,
    },
    /// Expired, used, replaced, tried too often, or never sent.
    #[error("the code is no longer good")]
    CodeSpent,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No code can be made.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// The service that sends and checks login codes.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) sms: Arc<dyn SmsSender>,
    pub(crate) pepper: Secret,
    pub(crate) limits: Limits,
}

impl Login {
    /// Sends a code to a phone; it replaces the one sent before.
    ///
    /// # Errors
    /// [`LoginError`] but `WrongCode` and `CodeSpent`.
    pub(crate) async fn start(
        &self,
        restaurant: &RestaurantConfig,
        phone: &str,
    ) -> Result<StartLoginResponse, LoginError> {
        let phone = accept_phone(phone, &restaurant.allowed_dialling_codes)?;
        let challenge_id = self.entropy.uuid()?.to_string();
        let code = self.entropy.six_digits()?;
        let now_ms = self.clock.now().as_millisecond();
        let row = ChallengeRow {
            challenge_id: challenge_id.clone(),
            restaurant: restaurant.id.clone(),
            phone: phone.as_str().to_owned(),
            code_mac: keyed(&self.pepper, &challenge_id, &code).finalize().into_bytes().to_vec(),
            expires_at_ms: now_ms + i64::from(self.limits.code_ttl_s) * 1000,
            tries_left: self.limits.code_tries,
        };
        let before = self.take_turn(row.clone(), now_ms).await?;
        if let Err(error) = self.sms.send(LoginMessage::new(&restaurant.name, &phone, &code)).await {
            self.give_turn_back(row, before).await?;
            return Err(error.into());
        }
        Ok(StartLoginResponse {
            challenge_id,
            resend_after_s: wait_s(&self.limits.resend_waits_s, before.count + 1),
            expires_in_s: self.limits.code_ttl_s,
        })
    }

    /// Keeps the challenge if a code may be sent now, and says how many were sent before it.
    async fn take_turn(&self, row: ChallengeRow, now_ms: i64) -> Result<Sendings, LoginError> {
        let waits_s = self.limits.resend_waits_s.clone();
        let turn = self.store.write(Scope::phone(&row.restaurant, &row.phone), move |tx| {
            let mut before = challenges::sendings(tx, &row.restaurant, &row.phone)?;
            if now_ms - before.last_at_ms >= FORGET_SENDINGS_MS {
                before.count = 0;
            }
            let left_ms = before.last_at_ms + i64::from(wait_s(&waits_s, before.count)) * 1000 - now_ms;
            if before.count > 0 && left_ms > 0 {
                return Ok(Err(left_ms));
            }
            challenges::replace(tx, &row)?;
            let after = Sendings { count: before.count + 1, last_at_ms: now_ms };
            challenges::set_sendings(tx, &row.restaurant, &row.phone, after)?;
            Ok(Ok(before))
        });
        turn.await?.map_err(|left_ms| LoginError::ResendTooEarly {
            retry_after_s: u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX),
        })
    }

    /// Undoes what [`Self::take_turn`] kept, for a code that never left.
    async fn give_turn_back(&self, row: ChallengeRow, before: Sendings) -> Result<(), StoreError> {
        let undo = self.store.write(Scope::phone(&row.restaurant, &row.phone), move |tx| {
            challenges::remove(tx, &row.challenge_id)?;
            challenges::set_sendings(tx, &row.restaurant, &row.phone, before)
        });
        undo.await
    }

    /// Whose phone a code was sent to. The code is used up in the same step, so it is good once.
    ///
    /// # Errors
    /// `WrongCode`, `CodeSpent`, or a failure of the proxy.
    pub(crate) async fn verify(&self, challenge_id: &str, code: &str) -> Result<Owner, LoginError> {
        let now_ms = self.clock.now().as_millisecond();
        let (pepper, challenge_id, code) = (self.pepper.clone(), challenge_id.to_owned(), code.to_owned());
        // A storm of tries for a code that is spent does not queue up where others write.
        let asked = challenge_id.clone();
        let glance = self.store.read(move |tx| challenges::find(tx, &asked, now_ms)).await?;
        if glance.is_none_or(|challenge| challenge.tries_left == 0) {
            return Err(LoginError::CodeSpent);
        }
        let verdict = self.store.write(Scope::challenge(&challenge_id), move |tx| {
            let Some(challenge) = challenges::find(tx, &challenge_id, now_ms)? else {
                return Ok(Err(LoginError::CodeSpent));
            };
            let Some(tries_left) = challenge.tries_left.checked_sub(1) else {
                return Ok(Err(LoginError::CodeSpent));
            };
            if keyed(&pepper, &challenge_id, &code).verify_slice(&challenge.code_mac).is_err() {
                let is_taken = challenges::take_try(tx, &challenge_id)?;
                return Ok(Err(if is_taken {
                    LoginError::WrongCode { tries_left }
                } else {
                    LoginError::CodeSpent
                }));
            }
            if !challenges::remove(tx, &challenge_id)? {
                return Ok(Err(LoginError::CodeSpent));
            }
            challenges::forget_sendings(tx, &challenge.restaurant, &challenge.phone)?;
            let phone = Phone::parse(&challenge.phone).ok_or(StoreError::Unreadable("phone"))?;
            Ok(Ok(Owner { restaurant: challenge.restaurant, guest: GuestKey::Phone(phone) }))
        });
        verdict.await?
    }
}

/// Seconds to wait after the `count`-th code; the last wait holds for all further codes.
fn wait_s(waits_s: &[u32], count: u32) -> u32 {
    let index = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
    waits_s.get(index).or(waits_s.last()).copied().unwrap_or(0)
}

/// The keyed hash of a code for its challenge.
fn keyed(pepper: &Secret, challenge_id: &str, code: &str) -> Hmac<Sha256> {
    // As long as HMAC-SHA-256 wants its key, so that none is refused.
    let key = Sha512::digest(pepper.reveal().as_bytes());
    let mut keyed = <Hmac<Sha256> as KeyInit>::new(&key);
    for part in [challenge_id, code] {
        keyed.update(part.as_bytes());
        keyed.update(&[0]);
    }
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_wait_holds_for_all_further_codes() {
        let waits: Vec<u32> = (1..=6).map(|count| wait_s(&[60, 180, 300, 600], count)).collect();
        assert_eq!(waits, [60, 180, 300, 600, 600, 600]);
        assert_eq!(wait_s(&[], 1), 0);
    }

    #[test]
    fn a_code_fits_only_its_own_challenge_and_pepper() {
        let pepper = Secret::new("pepper");
        let mac = keyed(&pepper, "a", "123456").finalize().into_bytes();
        let fits = |pepper: &Secret, challenge: &str, code: &str| {
            keyed(pepper, challenge, code).verify_slice(&mac).is_ok()
        };
        assert!(fits(&pepper, "a", "123456"));
        assert!(!fits(&pepper, "a", "123457"));
        assert!(!fits(&pepper, "b", "123456"));
        assert!(!fits(&Secret::new("salt"), "a", "123456"));
    }
}

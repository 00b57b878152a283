//! Login codes: sent to a phone, good for a while and for a few tries, exchanged once.
//!
//! Only a keyed hash of a code is kept, bound to its challenge, and compared in constant time.

use std::net::IpAddr;
use std::sync::Arc;

use clock::Clock;
use contract::Phone;
use contract::login::StartLoginResponse;
use thiserror::Error;
use upstream::program::GuestKey;

use super::peppers::Peppers;
use super::phone::accept_phone;
use super::rates::{Limit, Rate};
use crate::config::{Limits, RestaurantConfig};
use crate::entropy::{Entropy, EntropyError};
use crate::metrics::logins::{LoginStep, Logins};
use crate::orders::order::Owner;
use crate::sms::LoginMessage;
use crate::sms::delivery::{Delivery, NotSent};
use crate::sms::text::{Bound, login_text};
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::{Store, StoreError, rates};

/// After so long without a code, the waits between codes start anew.
const FORGET_SENDINGS_MS: i64 = 3_600_000;

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
    /// Too many codes were asked for or tried.
    #[error("too many codes were asked for or tried")]
    TooManyRequests {
        /// Seconds until the next may be.
        retry_after_s: u32,
    },
    /// The code did not leave.
    #[error(transparent)]
    NotSent(#[from] NotSent),
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

/// Who asks for a code, and for whom.
pub(crate) struct CodeAsked<'a> {
    /// At which restaurant.
    pub(crate) restaurant: &'a RestaurantConfig,
    /// How its codes leave.
    pub(crate) delivery: &'a Delivery,
    /// The phone, as it was sent.
    pub(crate) phone: &'a str,
    /// The page the code is bound to.
    pub(crate) bound: Option<Bound>,
    /// From where it is asked.
    pub(crate) address: IpAddr,
}

/// The service that sends and checks login codes.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) peppers: Peppers,
    pub(crate) limits: Limits,
    pub(crate) figures: Arc<Logins>,
}

/// What was counted when a code was sent.
struct TakenTurn {
    /// How often the phone was sent one before.
    before: Sendings,
    /// Seconds until it may be sent another.
    resend_after_s: u32,
}

impl Login {
    /// Sends a code to a phone; it replaces the one sent before. Nobody is asked whether the phone is known, so that the
    /// answer and its time tell nothing of it.
    ///
    /// # Errors
    /// [`LoginError`] but `WrongCode` and `CodeSpent`.
    pub(crate) async fn start(&self, asked: CodeAsked<'_>) -> Result<StartLoginResponse, LoginError> {
        self.figures.reached(LoginStep::Started);
        let restaurant = asked.restaurant;
        let phone = accept_phone(asked.phone, &restaurant.allowed_dialling_codes)?;
        let challenge_id = self.entropy.uuid()?.to_string();
        let code = self.entropy.six_digits()?;
        let now_ms = self.clock.now().as_millisecond();
        let row = ChallengeRow {
            challenge_id: challenge_id.clone(),
            restaurant: restaurant.id.clone(),
            phone: phone.as_str().to_owned(),
            code_mac: self.peppers.mac(&challenge_id, &code),
            expires_at_ms: now_ms + i64::from(self.limits.code_ttl_s) * 1000,
            tries_left: self.limits.code_tries,
        };
        let turn = self.take_turn(row.clone(), asked.address, now_ms).await?;
        let text = login_text(&restaurant.name, &code, asked.bound.as_ref());
        let message = LoginMessage { phone, text, code, ttl_s: self.limits.code_ttl_s };
        if let Err(error) = asked.delivery.send(&message).await {
            self.figures.reached(LoginStep::NotSent);
            // A message that may have left counts, or a slow gateway could be made to send without end.
            if !error.in_doubt {
                self.give_turn_back(row, turn.before, now_ms).await?;
            }
            return Err(error.into());
        }
        self.figures.reached(LoginStep::Sent);
        Ok(StartLoginResponse {
            challenge_id,
            resend_after_s: turn.resend_after_s,
            expires_in_s: self.limits.code_ttl_s,
        })
    }

    /// Keeps the challenge and counts it, if a code may be sent now.
    async fn take_turn(
        &self,
        row: ChallengeRow,
        address: IpAddr,
        now_ms: i64,
    ) -> Result<TakenTurn, LoginError> {
        let waits_s = self.limits.resend_waits_s.clone();
        let pepper = &self.peppers.current;
        let of_phone = Rate::of_phone(&row.phone, pepper, &self.limits);
        let of_prefix = Rate::of_prefix(&row.phone, pepper, &self.limits);
        let of_address = Rate::of_address(address, pepper, &self.limits);
        let turn = self.store.run(move |tx| {
            let mut before = challenges::sendings(tx, &row.restaurant, &row.phone)?;
            if now_ms - before.last_at_ms >= FORGET_SENDINGS_MS {
                before.count = 0;
            }
            let left_ms = before.last_at_ms + i64::from(wait_s(&waits_s, before.count)) * 1000 - now_ms;
            if before.count > 0 && left_ms > 0 {
                return Ok(Err((Limit::ResendWait, left_ms)));
            }
            rates::remove_old(tx, now_ms)?;
            for rate in [&of_phone, &of_prefix, &of_address] {
                if let Some(left_ms) = rate.left_ms(tx, now_ms)? {
                    return Ok(Err((rate.limit(), left_ms)));
                }
            }
            for rate in [&of_phone, &of_prefix, &of_address] {
                rate.add(tx, now_ms)?;
            }
            challenges::remove_expired(tx, now_ms)?;
            challenges::replace(tx, &row)?;
            let after = Sendings { count: before.count + 1, last_at_ms: now_ms };
            challenges::set_sendings(tx, &row.restaurant, &row.phone, after)?;
            let of_day_s = of_phone.left_ms(tx, now_ms)?.map_or(0, seconds);
            Ok(Ok(TakenTurn { before, resend_after_s: wait_s(&waits_s, after.count).max(of_day_s) }))
        });
        turn.await?.map_err(|(limit, left_ms)| self.refused(limit, left_ms))
    }

    fn refused(&self, limit: Limit, left_ms: i64) -> LoginError {
        self.figures.refused(limit);
        let retry_after_s = seconds(left_ms);
        match limit {
            Limit::ResendWait => LoginError::ResendTooEarly { retry_after_s },
            _ => LoginError::TooManyRequests { retry_after_s },
        }
    }

    /// Undoes what [`Self::take_turn`] counted for the phone, for a code that never left. The range of numbers and the
    /// address keep their count: they asked, and a gateway was.
    async fn give_turn_back(
        &self,
        row: ChallengeRow,
        before: Sendings,
        at_ms: i64,
    ) -> Result<(), StoreError> {
        let of_phone = Rate::of_phone(&row.phone, &self.peppers.current, &self.limits);
        let undo = self.store.run(move |tx| {
            of_phone.take_back(tx, at_ms)?;
            challenges::remove(tx, &row.challenge_id)?;
            challenges::set_sendings(tx, &row.restaurant, &row.phone, before)
        });
        undo.await
    }

    /// Whose phone a code was sent to. The code is used up in the same step, so it is good once.
    ///
    /// # Errors
    /// `WrongCode`, `CodeSpent`, `TooManyRequests`, or a failure of the proxy.
    pub(crate) async fn verify(
        &self,
        challenge_id: &str,
        code: &str,
        address: IpAddr,
    ) -> Result<Owner, LoginError> {
        let now_ms = self.clock.now().as_millisecond();
        let of_checks = Rate::of_checks(address, &self.peppers.current, &self.limits);
        let (peppers, challenge_id, code) = (self.peppers.clone(), challenge_id.to_owned(), code.to_owned());
        let verdict = self.store.run(move |tx| {
            rates::remove_old(tx, now_ms)?;
            if let Some(left_ms) = of_checks.left_ms(tx, now_ms)? {
                return Ok(Err(LoginError::TooManyRequests { retry_after_s: seconds(left_ms) }));
            }
            of_checks.add(tx, now_ms)?;
            challenges::remove_expired(tx, now_ms)?;
            let Some(challenge) = challenges::find(tx, &challenge_id)? else {
                return Ok(Err(LoginError::CodeSpent));
            };
            let Some(tries_left) = challenge.tries_left.checked_sub(1) else {
                return Ok(Err(LoginError::CodeSpent));
            };
            if !peppers.fits(&challenge_id, &code, &challenge.code_mac) {
                challenges::set_tries(tx, &challenge_id, tries_left)?;
                return Ok(Err(LoginError::WrongCode { tries_left }));
            }
            challenges::remove(tx, &challenge_id)?;
            challenges::forget_sendings(tx, &challenge.restaurant, &challenge.phone)?;
            let phone = Phone::parse(&challenge.phone).ok_or(StoreError::Unreadable("phone"))?;
            Ok(Ok(Owner { restaurant: challenge.restaurant, guest: GuestKey::Phone(phone) }))
        });
        let verdict = verdict.await?;
        match &verdict {
            Ok(_) => self.figures.reached(LoginStep::Verified),
            Err(LoginError::TooManyRequests { .. }) => self.figures.refused(Limit::AddressChecks),
            Err(LoginError::WrongCode { .. }) => self.figures.reached(LoginStep::Wrong),
            Err(LoginError::CodeSpent) => self.figures.reached(LoginStep::Spent),
            Err(_) => {}
        }
        verdict
    }
}

/// Whole seconds, none too early.
fn seconds(left_ms: i64) -> u32 {
    u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// Seconds to wait after the `count`-th code; the last wait holds for all further codes.
fn wait_s(waits_s: &[u32], count: u32) -> u32 {
    let index = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
    waits_s.get(index).or(waits_s.last()).copied().unwrap_or(0)
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
}

//! A login: a code is sent, a code comes back.

use contract::Phone;

use super::code::{code_mac, fits, is_code, make_code};
use super::{Auth, AuthError};
use crate::config::RestaurantConfig;
use crate::sms::CodeMessage;
use crate::store::StoreError;
use crate::store::challenges::{self, ChallengeRow, Sendings};
use crate::store::sessions;

/// After so long without a code, the waits start anew.
const FORGET_SENDINGS_MS: i64 = 3_600_000;

/// A code is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StartedLogin {
    pub(crate) challenge_id: String,
    pub(crate) resend_after_s: u32,
    pub(crate) expires_in_s: u32,
}

/// The guest has shown that the phone is theirs.
pub(crate) struct VerifiedLogin {
    pub(crate) token: String,
    pub(crate) expires_in_s: u32,
}

/// What the store made of a code.
enum Verdict {
    Right,
    Wrong { tries_left: u32 },
    Spent,
}

impl Auth {
    /// Sends a code to a phone; it replaces the one sent before.
    ///
    /// # Errors
    /// `ResendTooEarly`, `SmsNotSent`, or a failure of the proxy.
    pub(crate) async fn start_login(
        &self,
        restaurant: &RestaurantConfig,
        phone: &Phone,
    ) -> Result<StartedLogin, AuthError> {
        let challenge_id = uuid::Builder::from_random_bytes(self.random.bytes()?).into_uuid().to_string();
        let code = make_code(&self.random)?;
        let now_ms = self.now_ms();
        let row = ChallengeRow {
            challenge_id: challenge_id.clone(),
            restaurant: restaurant.id.clone(),
            phone: phone.as_str().to_owned(),
            code_mac: code_mac(&self.pepper, &challenge_id, &code),
            expires_at_ms: now_ms + i64::from(self.limits.code_ttl_s) * 1000,
            tries_left: self.limits.code_tries,
        };
        let before = self.take_turn(row, now_ms).await?;
        if let Err(error) = self.sms.send(CodeMessage::new(phone, &restaurant.name, &code)).await {
            self.give_turn_back(&challenge_id, restaurant, phone, before).await?;
            return Err(error.into());
        }
        Ok(StartedLogin {
            challenge_id,
            resend_after_s: self.wait_s(before.count + 1),
            expires_in_s: self.limits.code_ttl_s,
        })
    }

    /// Keeps the challenge if another code may be sent now, and says how many were sent before it.
    async fn take_turn(&self, row: ChallengeRow, now_ms: i64) -> Result<Sendings, AuthError> {
        let waits = self.clone();
        let turn = self.store.run(move |tx| {
            let mut before = challenges::sendings(tx, &row.restaurant, &row.phone)?;
            if now_ms - before.last_at_ms >= FORGET_SENDINGS_MS {
                before.count = 0;
            }
            let left_ms = before.last_at_ms + i64::from(waits.wait_s(before.count)) * 1000 - now_ms;
            if left_ms > 0 {
                return Ok(Err(left_ms));
            }
            challenges::remove_expired(tx, now_ms)?;
            challenges::replace(tx, &row)?;
            let after = Sendings { count: before.count + 1, last_at_ms: now_ms };
            challenges::set_sendings(tx, &row.restaurant, &row.phone, after)?;
            Ok::<_, StoreError>(Ok(before))
        });
        turn.await?.map_err(|left_ms| AuthError::ResendTooEarly {
            retry_after_s: u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX),
        })
    }

    /// Undoes what [`Self::take_turn`] kept, for a code that never left.
    async fn give_turn_back(
        &self,
        challenge_id: &str,
        restaurant: &RestaurantConfig,
        phone: &Phone,
        before: Sendings,
    ) -> Result<(), StoreError> {
        let challenge_id = challenge_id.to_owned();
        let (restaurant, phone) = (restaurant.id.clone(), phone.as_str().to_owned());
        let undo = self.store.run(move |tx| {
            challenges::remove(tx, &challenge_id)?;
            challenges::set_sendings(tx, &restaurant, &phone, before)
        });
        undo.await
    }

    /// Seconds to wait after the `count`-th code.
    fn wait_s(&self, count: u32) -> u32 {
        let waits = &self.limits.resend_waits_s;
        let Some(index) = usize::try_from(count).ok().and_then(|count| count.checked_sub(1)) else { return 0 };
        waits.get(index).or(waits.last()).copied().unwrap_or(0)
    }

    /// Exchanges a code for a session. The code is used up in the same step, so it opens one session at most.
    ///
    /// # Errors
    /// `WrongCode`, `CodeSpent`, or a failure of the proxy.
    pub(crate) async fn verify_login(&self, challenge_id: &str, code: &str) -> Result<VerifiedLogin, AuthError> {
        let (token, token_hash) = self.make_token()?;
        let now_ms = self.now_ms();
        let (pepper, challenge_id, code) = (self.pepper.clone(), challenge_id.to_owned(), code.to_owned());
        let limits = (self.limits.session_ttl_s, self.limits.session_idle_s);
        let verdict = self.store.run(move |tx| {
            challenges::remove_expired(tx, now_ms)?;
            let Some(challenge) = challenges::find(tx, &challenge_id)? else { return Ok(Verdict::Spent) };
            let Some(tries_left) = challenge.tries_left.checked_sub(1) else { return Ok(Verdict::Spent) };
            if !is_code(&code) || !fits(&pepper, &challenge_id, &code, &challenge.code_mac) {
                challenges::set_tries(tx, &challenge_id, tries_left)?;
                return Ok(Verdict::Wrong { tries_left });
            }
            challenges::remove(tx, &challenge_id)?;
            challenges::forget_sendings(tx, &challenge.restaurant, &challenge.phone)?;
            let (ttl_ms, idle_ms) = (i64::from(limits.0) * 1000, i64::from(limits.1) * 1000);
            sessions::remove_old(tx, now_ms - ttl_ms, now_ms - idle_ms)?;
            let session = sessions::SessionRow {
                token_hash,
                restaurant: challenge.restaurant,
                phone: challenge.phone,
                is_member: false,
                opened_at_ms: now_ms,
                used_at_ms: now_ms,
            };
            sessions::insert(tx, &session)?;
            Ok(Verdict::Right)
        });
        match verdict.await? {
            Verdict::Right => Ok(VerifiedLogin { token, expires_in_s: self.limits.session_ttl_s }),
            Verdict::Wrong { tries_left } => Err(AuthError::WrongCode { tries_left }),
            Verdict::Spent => Err(AuthError::CodeSpent),
        }
    }
}

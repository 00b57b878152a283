//! Login codes: sent to a phone, good for a while and for a few tries, exchanged once.
//!
//! Only a keyed hash of a code is kept, bound to its challenge, and compared in constant time.

use std::net::IpAddr;
use std::sync::Arc;

use clock::Clock;
use contract::Phone;
use contract::login::{CODE_LENGTH, StartLoginResponse};
use thiserror::Error;
use upstream::program::{GuestKey, SentCode};
use upstream::{LoyaltyProgram, UpstreamError};

use super::peppers::Peppers;
use super::phone::accept_phone;
use super::rates::{Limit, Rate};
use super::system_codes::ForeignCheck;
use super::turn::{TakenTurn, Turn, seconds};
use crate::config::{Limits, RestaurantConfig};
use crate::entropy::{Entropy, EntropyError};
use crate::metrics::logins::{LoginStep, Logins};
use crate::orders::order::Owner;
use crate::sms::LoginMessage;
use crate::sms::delivery::{Delivery, NotSent};
use crate::sms::text::{Bound, login_text};
use crate::store::challenges::{self, ChallengeRow};
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
    /// The loyalty system, which was to check its own code, failed.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
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
    /// Its loyalty system, where that sends them.
    pub(crate) program: &'a dyn LoyaltyProgram,
    /// The phone, as it was sent.
    pub(crate) phone: &'a str,
    /// The page the code is bound to.
    pub(crate) bound: Option<Bound>,
    /// From where it is asked.
    pub(crate) address: IpAddr,
}

/// What has become of a code that was told.
enum Judged {
    /// It is the one that was sent to this guest.
    Proved(Owner),
    /// Only the loyalty system can tell.
    Elsewhere(ForeignCheck),
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
            code_mac: match restaurant.codes {
                None => self.peppers.mac(&challenge_id, &code),
                Some(_) => Vec::new(),
            },
            expires_at_ms: now_ms + i64::from(self.limits.code_ttl_s) * 1000,
            tries_left: self.limits.code_tries,
        };
        let turn = Turn::new(row, asked.address, &self.peppers.current, &self.limits, now_ms);
        let taken = self.take_turn(&turn).await?;
        let sent = match restaurant.codes {
            Some(_) => self.have_code_sent(restaurant.upstream.system(), asked.program, &phone).await,
            None => {
                let text = login_text(&restaurant.name, &code, asked.bound.as_ref());
                let message = LoginMessage { phone, text, code, ttl_s: self.limits.code_ttl_s };
                asked.delivery.send(&message).await.map(|()| SentCode::default())
            }
        };
        let sent = match sent {
            Ok(sent) => sent,
            Err(error) => {
                self.figures.reached(LoginStep::NotSent);
                // A message that may have left counts, or a slow gateway could be made to send without end.
                if !error.in_doubt {
                    self.store.write(turn.scopes(), move |tx| turn.give_back(&taken, tx)).await?;
                }
                return Err(error.into());
            }
        };
        self.figures.reached(LoginStep::Sent);
        Ok(StartLoginResponse {
            challenge_id,
            resend_after_s: taken.resend_after_s.max(sent.resend_after_s.unwrap_or(0)),
            expires_in_s: self.limits.code_ttl_s,
            code_length: restaurant.codes.as_ref().map_or(CODE_LENGTH, |codes| codes.digits),
        })
    }

    /// Keeps the challenge and counts it, if a code may be sent now.
    async fn take_turn(&self, turn: &Turn) -> Result<TakenTurn, LoginError> {
        // Whoever is refused does not queue up where others write.
        let looking = turn.clone();
        if let Err((limit, left_ms)) = self.store.read(move |tx| looking.judge(tx)).await? {
            return Err(self.refused(limit, left_ms));
        }
        let taking = turn.clone();
        let taken = self.store.write(turn.scopes(), move |tx| taking.take(tx)).await?;
        taken.map_err(|(limit, left_ms)| self.refused(limit, left_ms))
    }

    fn refused(&self, limit: Limit, left_ms: i64) -> LoginError {
        self.figures.refused(limit);
        let retry_after_s = seconds(left_ms);
        match limit {
            Limit::ResendWait => LoginError::ResendTooEarly { retry_after_s },
            _ => LoginError::TooManyRequests { retry_after_s },
        }
    }

    /// Whose phone a code was sent to. The code is used up in the same step, so it is good once. One that the loyalty system
    /// has sent is checked by it; `program_of` names a restaurant's.
    ///
    /// # Errors
    /// `WrongCode`, `CodeSpent`, `TooManyRequests`, or a failure of the proxy or of the loyalty system.
    pub(crate) async fn verify(
        &self,
        challenge_id: &str,
        code: &str,
        address: IpAddr,
        program_of: impl Fn(&str) -> Option<Arc<dyn LoyaltyProgram>>,
    ) -> Result<Owner, LoginError> {
        let verdict = match self.judge(challenge_id, code, address).await? {
            Ok(Judged::Proved(owner)) => Ok(owner),
            Ok(Judged::Elsewhere(check)) => self.have_code_checked(check, code, program_of).await,
            Err(refused) => Err(refused),
        };
        match &verdict {
            Ok(_) => self.figures.reached(LoginStep::Verified),
            Err(LoginError::TooManyRequests { .. }) => self.figures.refused(Limit::AddressChecks),
            Err(LoginError::WrongCode { .. }) => self.figures.reached(LoginStep::Wrong),
            Err(LoginError::CodeSpent) => self.figures.reached(LoginStep::Spent),
            Err(_) => {}
        }
        verdict
    }

    /// Judges a code that is known here, and uses up a try of one that is not.
    async fn judge(
        &self,
        challenge_id: &str,
        code: &str,
        address: IpAddr,
    ) -> Result<Result<Judged, LoginError>, StoreError> {
        let now_ms = self.clock.now().as_millisecond();
        let of_checks = Rate::of_checks(address, &self.peppers.current, &self.limits);
        // A storm of tries does not queue up where others write once it is over the limit.
        let looking = of_checks.clone();
        if let Some(left_ms) = self.store.read(move |tx| looking.left_ms(tx, now_ms)).await? {
            return Ok(Err(LoginError::TooManyRequests { retry_after_s: seconds(left_ms) }));
        }
        let (peppers, challenge_id, code) = (self.peppers.clone(), challenge_id.to_owned(), code.to_owned());
        let scopes = [Scope::challenge(&challenge_id), of_checks.scope()];
        let verdict = self.store.write(scopes, move |tx| {
            if let Some(left_ms) = of_checks.left_ms(tx, now_ms)? {
                return Ok(Err(LoginError::TooManyRequests { retry_after_s: seconds(left_ms) }));
            }
            of_checks.add(tx, now_ms)?;
            let Some(challenge) = challenges::find(tx, &challenge_id, now_ms)? else {
                return Ok(Err(LoginError::CodeSpent));
            };
            let Some(tries_left) = challenge.tries_left.checked_sub(1) else {
                return Ok(Err(LoginError::CodeSpent));
            };
            let phone = Phone::parse(&challenge.phone).ok_or(StoreError::Unreadable("phone"))?;
            if challenge.code_mac.is_empty() {
                let is_taken = challenges::take_try(tx, &challenge_id)?;
                let owner = Owner { restaurant: challenge.restaurant, guest: GuestKey::Phone(phone.clone()) };
                return Ok(if is_taken {
                    Ok(Judged::Elsewhere(ForeignCheck {
                        challenge_id: challenge_id.clone(),
                        owner,
                        phone,
                        tries_left,
                    }))
                } else {
                    Err(LoginError::CodeSpent)
                });
            }
            if !peppers.fits(&challenge_id, &code, &challenge.code_mac) {
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
            let owner = Owner { restaurant: challenge.restaurant, guest: GuestKey::Phone(phone) };
            Ok(Ok(Judged::Proved(owner)))
        });
        verdict.await
    }
}

//! Login codes that a loyalty system sends and checks itself. Nobody here knows them; how often they are sent and tried is
//! limited here all the same.

use std::sync::Arc;
use std::time::Duration;

use contract::Phone;
use tokio::time::Instant;
use upstream::program::SentCode;
use upstream::{LoyaltyProgram, UpstreamError};

use super::login::{Login, LoginError};
use crate::orders::order::Owner;
use crate::sms::SendError;
use crate::sms::delivery::NotSent;
use crate::store::{Scope, challenges};

/// No answer comes earlier, so that its time does not tell for which phones the loyalty system had more to do.
const ANSWERED_AFTER: Duration = Duration::from_millis(600);

/// A code that was told and that only the loyalty system can judge. Its try is used up already.
pub(super) struct ForeignCheck {
    pub(super) challenge_id: String,
    pub(super) owner: Owner,
    pub(super) phone: Phone,
    pub(super) tries_left: u32,
}

impl Login {
    /// Has the loyalty system send a code.
    pub(super) async fn have_code_sent(
        &self,
        system: &str,
        program: &dyn LoyaltyProgram,
        phone: &Phone,
    ) -> Result<SentCode, NotSent> {
        let answered_at = Instant::now() + ANSWERED_AFTER;
        let sent = program.send_code(phone).await;
        self.figures.sent(system, sent.as_ref().map(|_| ()).map_err(outcome));
        match &sent {
            Ok(_) => tracing::info!(sender = system, "a login code was sent"),
            Err(error) => tracing::warn!(sender = system, %error, "the loyalty system sent no login code"),
        }
        tokio::time::sleep_until(answered_at).await;
        sent.map_err(|error| NotSent { in_doubt: error.in_doubt() })
    }

    /// Has the loyalty system judge a code. One that it may have judged has cost its try; a right one is used up here too, so
    /// of several who tell it at once one is let in.
    pub(super) async fn have_code_checked(
        &self,
        check: ForeignCheck,
        code: &str,
        program_of: impl Fn(&str) -> Option<Arc<dyn LoyaltyProgram>>,
    ) -> Result<Owner, LoginError> {
        let ForeignCheck { challenge_id, owner, phone, tries_left } = check;
        // What is no code of anybody's is not worth asking about.
        if code.is_empty() || code.len() > 16 || code.bytes().any(|byte| !byte.is_ascii_digit()) {
            return Err(LoginError::WrongCode { tries_left });
        }
        let program = program_of(&owner.restaurant).ok_or(LoginError::CodeSpent)?;
        let scope = Scope::challenge(&challenge_id);
        match program.check_code(&phone, code).await {
            Ok(true) => {
                let (restaurant, phone) = (owner.restaurant.clone(), phone.as_str().to_owned());
                let used_up = self.store.write(scope, move |tx| {
                    let is_first = challenges::remove(tx, &challenge_id)?;
                    if is_first {
                        challenges::forget_sendings(tx, &restaurant, &phone)?;
                    }
                    Ok(is_first)
                });
                if used_up.await? { Ok(owner) } else { Err(LoginError::CodeSpent) }
            }
            Ok(false) => Err(LoginError::WrongCode { tries_left }),
            Err(error) => {
                if !error.in_doubt() {
                    self.store.write(scope, move |tx| challenges::give_try_back(tx, &challenge_id)).await?;
                }
                Err(error.into())
            }
        }
    }
}

/// The failure in the words of those who send.
fn outcome(error: &UpstreamError) -> SendError {
    match error {
        UpstreamError::Unavailable { in_doubt: false, .. } | UpstreamError::Unsupported { .. } => {
            SendError::NotReached
        }
        UpstreamError::Unavailable { .. } => SendError::BrokenOff,
        UpstreamError::Timeout { .. } => SendError::TimedOut,
        UpstreamError::Refused { .. } => SendError::Refused(None),
        UpstreamError::Malformed { .. } => SendError::Malformed,
    }
}

//! Who the guest is: login codes sent to a phone, and the sessions they are exchanged for.
//!
//! Owns every rule about codes, tries, waits and lifetimes. A code, a token and a pepper never leave it except to the
//! phone and to the guest's browser; only keyed hashes reach the disk.

mod code;
mod error;
mod login;
mod phone;
mod session;

use std::sync::Arc;

use clock::Clock;

pub(crate) use error::AuthError;
pub(crate) use login::{StartedLogin, VerifiedLogin};
pub(crate) use phone::judge_phone;
pub(crate) use session::Session;

use crate::config::{Limits, Secret};
use crate::random::Random;
use crate::sms::SmsSender;
use crate::store::Store;

/// Logins and sessions. Clones share the same store.
#[derive(Clone)]
pub(crate) struct Auth {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) sms: Arc<dyn SmsSender>,
    pub(crate) pepper: Secret,
    pub(crate) limits: Arc<Limits>,
}

impl Auth {
    /// The time now, in milliseconds since 1970.
    fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }
}

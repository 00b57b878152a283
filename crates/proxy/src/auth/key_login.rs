//! Login by what a guest holds up instead of a phone: a loyalty card or the code of the restaurant's application.
//!
//! Such a key is all it takes, so whoever tries many is stopped: a restaurant's failures are counted, successes are not.

use clock::Clock;
use thiserror::Error;
use upstream::program::GuestKey;
use upstream::{LoyaltyProgram, UpstreamError};

use crate::store::{Scope, Store, StoreError, key_tries};

/// For how long failures are counted together.
pub(crate) const WINDOW_MS: i64 = 600_000;

/// Why nobody is let in.
#[derive(Debug, Error)]
pub(crate) enum KeyLoginError {
    /// Nobody has this key, or its owner cannot be named by it for long.
    #[error("nobody has this key")]
    Unknown,
    /// Too many keys were tried that nobody has.
    #[error("too many keys were tried that nobody has")]
    TooManyTries {
        /// Seconds until the next may be tried.
        retry_after_s: u32,
    },
    /// The loyalty system failed or refused.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The service that lets guests in by their keys.
#[derive(Clone)]
pub(crate) struct KeyLogin {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    /// How many failures a restaurant has in [`WINDOW_MS`].
    pub(crate) tries: u32,
}

impl KeyLogin {
    /// Who has this key, by what later calls name them: their phone, where the loyalty system tells one, else the card.
    ///
    /// # Errors
    /// [`KeyLoginError`] where nobody is let in.
    pub(crate) async fn find(
        &self,
        restaurant: &str,
        program: &dyn LoyaltyProgram,
        key: GuestKey,
    ) -> Result<GuestKey, KeyLoginError> {
        let window_ms = self.take_try(restaurant).await?;
        let found = program.guest(&key).await;
        let owner = match found {
            Ok(Some(guest)) => match (guest.phone, key) {
                (Some(phone), _) => Some(GuestKey::Phone(phone)),
                (None, key @ GuestKey::Card(_)) => Some(key),
                (None, _) => None,
            },
            Ok(None) => return Err(KeyLoginError::Unknown),
            Err(error) => {
                self.give_back(restaurant, window_ms).await?;
                return Err(error.into());
            }
        };
        self.give_back(restaurant, window_ms).await?;
        // A code of the application does not live long enough to name a guest by it.
        owner.ok_or(KeyLoginError::Unknown)
    }

    /// Counts a try before it is made, so that tries at the same time do not slip through together.
    async fn take_try(&self, restaurant: &str) -> Result<i64, KeyLoginError> {
        let now_ms = self.clock.now().as_millisecond();
        let window_ms = now_ms - now_ms.rem_euclid(WINDOW_MS);
        let (name, tries) = (restaurant.to_owned(), self.tries);
        if self
            .store
            .write(Scope::key_tries(restaurant), move |tx| key_tries::take(tx, &name, window_ms, tries))
            .await?
        {
            return Ok(window_ms);
        }
        let left_ms = window_ms + WINDOW_MS - now_ms;
        Err(KeyLoginError::TooManyTries { retry_after_s: u32::try_from((left_ms + 999) / 1000).unwrap_or(1) })
    }

    async fn give_back(&self, restaurant: &str, window_ms: i64) -> Result<(), StoreError> {
        let name = restaurant.to_owned();
        self.store
            .write(Scope::key_tries(restaurant), move |tx| key_tries::give_back(tx, &name, window_ms))
            .await
    }
}

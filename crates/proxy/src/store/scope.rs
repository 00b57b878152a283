//! What a write is about. Two writes about the same thing, or about several of which they share one, happen one after the other, whichever proxy they come from.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::guest_key;
use super::idempotency::RequestKey;
use crate::orders::order::Owner;

/// The thing a write is about, as a number to lock. Different things that share a number only wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope(i64);

impl Scope {
    /// The codes sent to a phone for a restaurant.
    pub(crate) fn phone(restaurant: &str, phone: &str) -> Self {
        Self::of("phone", &[restaurant.as_bytes(), phone.as_bytes()])
    }

    /// A code that was sent.
    pub(crate) fn challenge(challenge_id: &str) -> Self {
        Self::of("challenge", &[challenge_id.as_bytes()])
    }

    /// A session.
    pub(crate) fn session(token_hash: &[u8]) -> Self {
        Self::of("session", &[token_hash])
    }

    /// A guest's orders and idempotency keys.
    pub(crate) fn guest(owner: &Owner) -> Self {
        Self::of("guest", &[owner.restaurant.as_bytes(), guest_key::text(&owner.guest).as_bytes()])
    }

    /// Who is at work on an order.
    pub(crate) fn lease(order_id: Uuid) -> Self {
        Self::of("lease", &[order_id.as_bytes()])
    }

    /// An order that a restaurant's server has registered, or is about to.
    pub(crate) fn registration(restaurant: &str, order_ref: &str) -> Self {
        Self::of("registration", &[restaurant.as_bytes(), order_ref.as_bytes()])
    }

    /// What a restaurant's server is told.
    pub(crate) fn webhook(webhook_id: &str) -> Self {
        Self::of("webhook", &[webhook_id.as_bytes()])
    }

    /// An idempotency key.
    pub(crate) fn key(key: &RequestKey) -> Self {
        let [restaurant, holder, key] = key.parts();
        Self::of("key", &[restaurant.as_bytes(), holder.as_bytes(), key.as_bytes()])
    }

    /// The keys tried at a restaurant.
    pub(crate) fn key_tries(restaurant: &str) -> Self {
        Self::of("key tries", &[restaurant.as_bytes()])
    }

    /// How often something was done by or for one whom `key` names.
    pub(crate) fn rate(rate: &str, key: &str) -> Self {
        Self::of("rate", &[rate.as_bytes(), key.as_bytes()])
    }

    /// The removal of what has expired.
    pub(crate) fn sweep() -> Self {
        Self::of("sweep", &[])
    }

    /// The tables themselves.
    pub(crate) fn migration() -> Self {
        Self::of("migration", &[])
    }

    /// The number to lock.
    pub(super) const fn number(self) -> i64 {
        self.0
    }

    fn of(kind: &str, parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(kind);
        for part in parts {
            // Lengths first, so that no two things run together into the same text.
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        let hash = hasher.finalize();
        Self(hash.iter().take(8).fold(0, |number, byte| (number << 8) | i64::from(*byte)))
    }
}

/// All things a write is about. Each write locks them in the same order, so that no two wait for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scopes(Vec<i64>);

impl Scopes {
    /// The numbers to lock, in their order.
    pub(super) fn numbers(&self) -> &[i64] {
        &self.0
    }
}

impl From<Scope> for Scopes {
    fn from(scope: Scope) -> Self {
        Self(vec![scope.0])
    }
}

impl<const COUNT: usize> From<[Scope; COUNT]> for Scopes {
    fn from(scopes: [Scope; COUNT]) -> Self {
        let mut numbers: Vec<i64> = scopes.iter().map(|scope| scope.0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }
}

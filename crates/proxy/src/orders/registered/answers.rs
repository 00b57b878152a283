//! The answers to repeated registrations. What is kept of one has no token, for of a token only its hash is on the disk.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Registered, Registering, token_hash};
use crate::orders::{OrderError, Orders};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::registrations::{self, Registration};
use crate::store::sql::Tx;
use crate::store::{Scope, StoreError};

/// The statuses of an order that is new, and of one that was there before.
const CREATED: u16 = 201;
const OK: u16 = 200;

/// What is kept of an answer; the rest of it follows from the request and the order.
#[derive(Serialize, Deserialize)]
struct KeptAnswer {
    revision: u32,
}

/// What a registration is remembered by once it is done.
#[derive(Clone, Debug)]
pub(super) struct Remembering {
    key: RequestKey,
    hash: Vec<u8>,
    now_ms: i64,
    oldest_ms: i64,
}

impl Remembering {
    /// What a write that keeps the answer is about.
    pub(super) fn scope(&self) -> Scope {
        Scope::key(&self.key)
    }

    /// Whether the key was used for something else meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub(super) fn is_taken(&self, tx: &mut dyn Tx) -> Result<bool, StoreError> {
        Ok(idempotency::find(tx, &self.key, &self.hash, self.oldest_ms)? == Known::Mismatch)
    }

    /// Keeps the order's token and what is answered, as a part of the transaction that does what was asked.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub(super) fn keep(
        &self,
        tx: &mut dyn Tx,
        registration: &Registration,
        token_hash: &[u8],
        is_new: bool,
    ) -> Result<(), StoreError> {
        let kept = KeptAnswer { revision: registration.revision };
        let body = serde_json::to_string(&kept).map_err(|_| StoreError::Unreadable("answer"))?;
        // The token is there already, unless the secret has changed since; the former token stays good as well.
        registrations::add_token(tx, token_hash, registration.order_id)?;
        registrations::touch(tx, registration.order_id, self.now_ms)?;
        idempotency::claim(tx, &self.key, &self.hash, self.now_ms)?;
        let status = if is_new { CREATED } else { OK };
        idempotency::answer(tx, &self.key, &StoredAnswer { status, body })
    }
}

impl Orders {
    /// What a registration by this key is remembered by.
    pub(super) fn remembering(
        &self,
        key: &RequestKey,
        asked: &Registering,
    ) -> Result<Remembering, OrderError> {
        let now_ms = self.clock.now().as_millisecond();
        let oldest_ms = now_ms - self.idempotency_ttl_ms;
        Ok(Remembering { key: key.clone(), hash: hash(asked)?, now_ms, oldest_ms })
    }

    /// The first answer to a request that is repeated, if there was one.
    ///
    /// # Errors
    /// [`OrderError::IdempotencyMismatch`] where the key was used for another request.
    pub(super) async fn registered_before(
        &self,
        remembering: &Remembering,
        restaurant: &str,
        order_ref: &str,
    ) -> Result<Option<Registered>, OrderError> {
        let answer = match self.known(Some(&remembering.key), &remembering.hash).await? {
            Known::Answered(answer) => answer,
            _ => return Ok(None),
        };
        let kept: KeptAnswer =
            serde_json::from_str(&answer.body).map_err(|_| StoreError::Unreadable("answer"))?;
        let registration = self.registration(restaurant, order_ref).await?;
        let registration = Registration { revision: kept.revision, ..registration };
        let token = self.token_of(&registration);
        let (hash, order_id) = (token_hash(&token), registration.order_id);
        let scope = Scope::registration(restaurant, order_ref);
        self.store.write(scope, move |tx| registrations::add_token(tx, &hash, order_id)).await?;
        Ok(Some(Registered { registration, token, is_new: answer.status == CREATED }))
    }
}

/// Tells this registration from any other request that its key might have been used for.
fn hash(asked: &Registering) -> Result<Vec<u8>, StoreError> {
    let Registering { order_ref, cart, guest_phone, reset } = asked;
    let text = serde_json::to_vec(&("register", order_ref, cart, guest_phone, reset))
        .map_err(|_| StoreError::Unreadable("cart"))?;
    Ok(Sha256::digest(text).to_vec())
}

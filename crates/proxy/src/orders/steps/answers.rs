//! The answers to repeated requests: found, kept, and told as of now.

use contract::order::OrderResponse;
use upstream::LoyaltyProgram;

use crate::error::ApiError;
use crate::orders::order::Order;
use crate::orders::{OrderError, Orders};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::{Scope, StoreError};

impl Orders {
    /// What is known of a key.
    ///
    /// # Errors
    /// [`OrderError::IdempotencyMismatch`] where it was used for another request.
    pub(in crate::orders) async fn known(
        &self,
        key: Option<&RequestKey>,
        hash: &[u8],
    ) -> Result<Known, OrderError> {
        let Some(key) = key.cloned() else { return Ok(Known::New) };
        let hash = hash.to_vec();
        let oldest_ms = self.clock.now().as_millisecond() - self.idempotency_ttl_ms;
        match self.store.read(move |tx| idempotency::find(tx, &key, &hash, oldest_ms)).await? {
            Known::Mismatch => Err(OrderError::IdempotencyMismatch),
            known => Ok(known),
        }
    }

    /// Keeps what is answered, and answers it.
    pub(super) async fn keep_answer(
        &self,
        program: &dyn LoyaltyProgram,
        order: &Order,
        key: Option<&RequestKey>,
        outcome: Result<(), ApiError>,
    ) -> Result<StoredAnswer, OrderError> {
        let now_ms = self.clock.now().as_millisecond();
        let told = order.to_response(&program.capabilities(), now_ms);
        let unwritable = |_| StoreError::Unreadable("answer");
        let answer = match &outcome {
            Ok(()) => StoredAnswer { status: 200, body: serde_json::to_string(&told).map_err(unwritable)? },
            Err(error) => StoredAnswer {
                status: error.status.as_u16(),
                body: serde_json::to_string(&error.body).map_err(unwritable)?,
            },
        };
        if let Some(key) = key.cloned() {
            let kept = answer.clone();
            self.store.write(Scope::key(&key), move |tx| idempotency::answer(tx, &key, &kept)).await?;
        }
        Ok(answer)
    }

    /// An answer that is given again: the same, but for the time that what it froze has left.
    pub(super) fn as_of_now(&self, answer: StoredAnswer, order: &Order) -> StoredAnswer {
        match serde_json::from_str::<OrderResponse>(&answer.body) {
            Ok(told) if told.hold_left_s.is_some() => {
                let left_s = order.hold_left_s(self.clock.now().as_millisecond()).unwrap_or(0);
                let told = OrderResponse { hold_left_s: Some(left_s), ..told };
                // What was read as this type is written as it.
                serde_json::to_string(&told).map_or(answer.clone(), |body| StoredAnswer { body, ..answer })
            }
            _ => answer,
        }
    }
}

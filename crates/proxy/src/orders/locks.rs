//! One request at a time works on an order. Nobody waits here: who comes second is told so.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// The orders that are being worked on. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Locks(Arc<Mutex<HashSet<Uuid>>>);

/// The right to work on an order, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    locks: Locks,
    order_id: Uuid,
}

impl Locks {
    /// The right to work on an order, unless another request has it.
    pub(super) fn try_lock(&self, order_id: Uuid) -> Option<Lock> {
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(order_id);
        is_free.then(|| Lock { locks: self.clone(), order_id })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.locks.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.order_id);
    }
}

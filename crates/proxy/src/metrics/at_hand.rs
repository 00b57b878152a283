//! Metrics that were counted before, found without hashing their labels: there are few, and each request counts several.

use std::sync::{PoisonError, RwLock};

/// Metrics by what tells them apart.
pub(super) struct AtHand<K, M>(RwLock<Vec<(K, M)>>);

impl<K, M> Default for AtHand<K, M> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K, M> AtHand<K, M> {
    /// Does something with the metric of which `is_it` holds; `make` finds it the first time.
    pub(super) fn with(&self, is_it: impl Fn(&K) -> bool, make: impl FnOnce() -> (K, M), count: impl Fn(&M)) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, metric)) = known.iter().find(|(key, _)| is_it(key)) {
            return count(metric);
        }
        drop(known);
        let (key, metric) = make();
        count(&metric);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have found it meanwhile; both count the same.
        if !known.iter().any(|(key, _)| is_it(key)) {
            known.push((key, metric));
        }
    }
}

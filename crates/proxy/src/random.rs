//! Randomness as a value that is handed in. The only place of the proxy that asks the operating system for it.

use std::sync::Arc;

use thiserror::Error;

/// The operating system gives no randomness; nothing secret can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the operating system gives no randomness")]
pub(crate) struct NoRandomness;

type Fill = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// A source of unpredictable bytes.
#[derive(Clone)]
pub(crate) struct Random(Arc<Fill>);

impl Random {
    /// The operating system's.
    pub(crate) fn system() -> Self {
        Self(Arc::new(|bytes| getrandom::fill(bytes).map_err(|_| NoRandomness)))
    }

    /// A test's own.
    #[cfg(test)]
    pub(crate) fn from_fn(
        fill: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` unpredictable bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes)?;
        Ok(bytes)
    }
}

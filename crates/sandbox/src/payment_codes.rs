//! Where the numbers of payment codes come from.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One more than the largest payment code: seven digits.
const CODES: u32 = 10_000_000;

/// A source of payment codes, 0 to 9 999 999. Clones share one sequence.
#[derive(Clone, Debug)]
pub struct PaymentCodes(Source);

#[derive(Clone, Debug)]
enum Source {
    Random,
    Listed { codes: Arc<[u32]>, next: Arc<AtomicUsize> },
}

/// The source has no number to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DrawError {
    /// The machine's source of randomness failed.
    #[error("the machine gives no random numbers")]
    Random,
    /// The list is empty.
    #[error("the list of payment codes is empty")]
    EmptyList,
}

impl PaymentCodes {
    /// Numbers nobody can guess.
    #[must_use]
    pub const fn random() -> Self {
        Self(Source::Random)
    }

    /// The given codes in their order, again from the first after the last; each is reduced to seven digits.
    #[must_use]
    pub fn listed(codes: impl IntoIterator<Item = u32>) -> Self {
        let codes = codes.into_iter().map(|code| code % CODES).collect();
        Self(Source::Listed { codes, next: Arc::default() })
    }

    /// The next code; it may be one that is alive already.
    pub(crate) fn draw(&self) -> Result<u32, DrawError> {
        match &self.0 {
            Source::Random => random(),
            Source::Listed { codes, .. } if codes.is_empty() => Err(DrawError::EmptyList),
            Source::Listed { codes, next } => Ok(codes[next.fetch_add(1, Ordering::SeqCst) % codes.len()]),
        }
    }
}

/// A uniform code: draws that would favour small codes are thrown away.
fn random() -> Result<u32, DrawError> {
    loop {
        let drawn = getrandom::u32().map_err(|_| DrawError::Random)?;
        if drawn < u32::MAX - u32::MAX % CODES {
            return Ok(drawn % CODES);
        }
    }
}

//! Randomness as something that is handed in. The only file that asks the machine for it.

use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;
use uuid::Uuid;

type Fill = dyn Fn(&mut [u8]) -> Result<(), EntropyError> + Send + Sync;

/// The machine has no randomness to give; nothing secret can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no randomness")]
pub(crate) struct EntropyError;

/// How many bytes the machine is asked for at once: asking costs more than they do.
const DRAWN: usize = 1024;

/// Bytes that nobody has been given yet: the last ones, as many as are left.
struct Drawn {
    bytes: [u8; DRAWN],
    left: usize,
}

impl Drawn {
    fn fill(&mut self, wanted: &mut [u8]) -> Result<(), EntropyError> {
        if wanted.len() > DRAWN {
            return getrandom::fill(wanted).map_err(|_| EntropyError);
        }
        if wanted.len() > self.left {
            self.left = 0;
            getrandom::fill(&mut self.bytes).map_err(|_| EntropyError)?;
            self.left = DRAWN;
        }
        let start = self.left - wanted.len();
        if let Some(given) = self.bytes.get_mut(start..self.left) {
            wanted.copy_from_slice(given);
            given.fill(0);
        }
        self.left = start;
        Ok(())
    }
}

/// Where random bytes come from. Clones share the source.
#[derive(Clone)]
pub(crate) struct Entropy(Arc<Fill>);

impl Entropy {
    /// The machine's own, fit for secrets. It is asked for many bytes at once, of which each is given out once.
    pub(crate) fn system() -> Self {
        let store = Mutex::new(Drawn { bytes: [0; DRAWN], left: 0 });
        Self(Arc::new(move |bytes| {
            // Who has panicked has taken no byte that is still there.
            store.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes)
        }))
    }

    /// So many random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], EntropyError> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes)?;
        Ok(bytes)
    }

    /// A random identifier.
    pub(crate) fn uuid(&self) -> Result<Uuid, EntropyError> {
        Ok(uuid::Builder::from_random_bytes(self.bytes()?).into_uuid())
    }

    /// Six random digits, each number as likely as any other.
    pub(crate) fn six_digits(&self) -> Result<String, EntropyError> {
        const CODES: u32 = 1_000_000;
        // The part of the range that is a whole multiple of the number of codes; the rest would favour the low ones.
        const FAIR: u32 = u32::MAX - u32::MAX % CODES;
        loop {
            let number = u32::from_be_bytes(self.bytes()?);
            if number < FAIR {
                return Ok(format!("{:06}", number % CODES));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn counting_from(start: u32) -> Entropy {
        let next = AtomicU32::new(start);
        Entropy(Arc::new(move |bytes| {
            let number = next.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            bytes.copy_from_slice(&number[..bytes.len()]);
            Ok(())
        }))
    }

    #[test]
    fn no_byte_is_given_twice() {
        let entropy = Entropy::system();
        let mut all: Vec<[u8; 7]> = (0..1_000).map(|_| entropy.bytes().expect("randomness")).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 1_000);
        let many: [u8; DRAWN + 1] = entropy.bytes().expect("randomness");
        assert!(many.iter().any(|byte| *byte != 0) && !all.contains(&[0; 7]));
    }

    #[test]
    fn codes_have_six_digits_with_their_leading_zeros() {
        assert_eq!(counting_from(42).six_digits(), Ok("000042".to_owned()));
        assert_eq!(counting_from(1_999_999).six_digits(), Ok("999999".to_owned()));
    }

    #[test]
    fn numbers_that_would_favour_low_codes_are_drawn_again() {
        assert_eq!(counting_from(4_294_000_000).six_digits(), counting_from(0).six_digits());
    }
}

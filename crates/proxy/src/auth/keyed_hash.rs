//! Keyed hashes of what must not be read in the store: login codes, and whose limits are counted.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};

use crate::config::Secret;

/// How many bytes of a hash are enough to tell keys apart.
const SHORT: usize = 16;

/// The keyed hash of some parts, in their order.
pub(crate) fn of(pepper: &Secret, parts: &[&str]) -> Hmac<Sha256> {
    // As long as HMAC-SHA-256 wants its key, so that none is refused.
    let key = Sha512::digest(pepper.reveal().as_bytes());
    let mut keyed = <Hmac<Sha256> as KeyInit>::new(&key);
    for part in parts {
        keyed.update(part.as_bytes());
        keyed.update(&[0]);
    }
    keyed
}

/// A short one in hexadecimal.
pub(super) fn text(pepper: &Secret, parts: &[&str]) -> String {
    let hash = of(pepper, parts).finalize().into_bytes();
    hash.iter().take(SHORT).map(|byte| format!("{byte:02x}")).collect()
}

//! Makes login codes and the keyed hashes by which they are recognised.

use contract::login::CODE_LENGTH;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::config::Secret;
use crate::random::{NoRandomness, Random};

/// How many codes there are, 10 to the [`CODE_LENGTH`].
const CODES: u32 = 1_000_000;

/// The largest multiple of [`CODES`] that fits: numbers from here on are thrown away, so that no code is likelier.
const FAIR: u32 = u32::MAX - u32::MAX % CODES;

/// A code, each as likely as any other.
pub(super) fn make_code(random: &Random) -> Result<String, NoRandomness> {
    loop {
        let number = u32::from_le_bytes(random.bytes()?);
        if number < FAIR {
            return Ok(format!("{:0width$}", number % CODES, width = CODE_LENGTH));
        }
    }
}

/// Whether the text has the shape of a code.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == CODE_LENGTH && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The keyed hash of a code, bound to its challenge.
pub(super) fn code_mac(pepper: &Secret, challenge_id: &str, code: &str) -> Vec<u8> {
    keyed(pepper, challenge_id, code).finalize().into_bytes().to_vec()
}

/// Whether the code belongs to the keyed hash; takes the same time for every wrong code.
pub(super) fn fits(pepper: &Secret, challenge_id: &str, code: &str, mac: &[u8]) -> bool {
    keyed(pepper, challenge_id, code).verify_slice(mac).is_ok()
}

fn keyed(pepper: &Secret, challenge_id: &str, code: &str) -> Hmac<Sha256> {
    let mut keyed = <Hmac<Sha256> as Mac>::new_from_slice(pepper.reveal().as_bytes())
        .expect("HMAC takes keys of every length");
    for part in [challenge_id, code] {
        keyed.update(part.as_bytes());
        keyed.update(&[0]);
    }
    keyed
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_code_keeps_its_leading_zeros_and_unfair_numbers_are_thrown_away() {
        let numbers = [u32::MAX, FAIR, 42];
        let next = AtomicUsize::new(0);
        let random = Random::from_fn(move |bytes| {
            bytes.copy_from_slice(&numbers[next.fetch_add(1, Ordering::Relaxed)].to_le_bytes());
            Ok(())
        });
        assert_eq!(make_code(&random).expect("randomness"), "000042");
    }

    #[test]
    fn a_code_fits_only_its_own_challenge_and_pepper() {
        let pepper = Secret::new("pepper");
        let mac = code_mac(&pepper, "a", "123456");
        assert!(fits(&pepper, "a", "123456", &mac));
        assert!(!fits(&pepper, "a", "123457", &mac));
        assert!(!fits(&pepper, "b", "123456", &mac));
        assert!(!fits(&Secret::new("salt"), "a", "123456", &mac));
    }

    #[test]
    fn only_six_ascii_digits_are_a_code() {
        assert!(is_code("012345"));
        for wrong in ["", "12345", "1234567", "12345a", "١٢٣"] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }
}

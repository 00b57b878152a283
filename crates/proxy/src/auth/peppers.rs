//! The keys under which login codes are hashed, and the judgement whether a code is the one of a hash.

use hmac::Mac;

use super::keyed_hash;
use crate::config::Secret;

/// The keys under which codes are hashed: the one for new codes, and the one before it, under which codes may still be on
/// their way.
#[derive(Clone)]
pub(crate) struct Peppers {
    pub(crate) current: Secret,
    pub(crate) previous: Option<Secret>,
}

impl Peppers {
    /// The hash of a new code.
    pub(super) fn mac(&self, challenge_id: &str, code: &str) -> Vec<u8> {
        keyed_hash::of(&self.current, &[challenge_id, code]).finalize().into_bytes().to_vec()
    }

    /// Whether it is the code of this hash. Takes as long for any code.
    pub(super) fn fits(&self, challenge_id: &str, code: &str, mac: &[u8]) -> bool {
        let fits = |pepper: &Secret| keyed_hash::of(pepper, &[challenge_id, code]).verify_slice(mac).is_ok();
        fits(&self.current) | self.previous.as_ref().is_some_and(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_only_its_own_challenge_and_pepper() {
        let peppers = |current: &str| Peppers { current: Secret::new(current), previous: None };
        let mac = peppers("pepper").mac("a", "123456");
        assert!(peppers("pepper").fits("a", "123456", &mac));
        assert!(!peppers("pepper").fits("a", "123457", &mac));
        assert!(!peppers("pepper").fits("b", "123456", &mac));
        assert!(!peppers("salt").fits("a", "123456", &mac));
    }

    #[test]
    fn a_code_under_the_former_pepper_stays_good_and_new_ones_are_under_the_new() {
        let old = Peppers { current: Secret::new("old"), previous: None };
        let both = Peppers { current: Secret::new("new"), previous: Some(Secret::new("old")) };
        let new = Peppers { current: Secret::new("new"), previous: None };
        assert!(both.fits("a", "123456", &old.mac("a", "123456")));
        assert!(!both.fits("a", "123457", &old.mac("a", "123456")));
        assert!(new.fits("a", "123456", &both.mac("a", "123456")));
        assert!(!old.fits("a", "123456", &both.mac("a", "123456")));
    }
}

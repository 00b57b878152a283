//! The names of orders that guests begin: whose an order is and when it was opened is told by its name alone, so that
//! nothing need be kept of an order before it changes something. Pure.
//!
//! A name is a UUID of version 7: the time, 26 random bits, and 48 bits that only a proxy with the pepper can make for
//! this guest. Who guesses them has named an order of their own, and nothing else.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::order::Owner;
use crate::auth::keyed_hash;
use crate::auth::peppers::Peppers;

/// How many bytes of a name come before those that prove it.
const BODY: usize = 10;

/// Gives orders their names, and knows them again.
#[derive(Clone)]
pub(super) struct Names {
    current: Hmac<Sha256>,
    previous: Option<Hmac<Sha256>>,
}

impl Names {
    /// Names under these peppers.
    pub(super) fn new(peppers: &Peppers) -> Self {
        let keyed = |pepper| keyed_hash::of(pepper, &["order name"]);
        Self { current: keyed(&peppers.current), previous: peppers.previous.as_ref().map(keyed) }
    }

    /// The name of an order that its owner opens now.
    pub(super) fn give(&self, owner: &Owner, opened_ms: i64, random: [u8; 4]) -> Uuid {
        let opened_ms = u64::try_from(opened_ms).unwrap_or_default();
        let mut bytes = [0; 10];
        bytes.iter_mut().zip(random).for_each(|(byte, random)| *byte = random);
        let mut name = uuid::Builder::from_unix_timestamp_millis(opened_ms, &bytes).into_uuid().into_bytes();
        let proof = proof(&self.current, owner, &name);
        name.iter_mut().skip(BODY).zip(proof).for_each(|(byte, proof)| *byte = proof);
        Uuid::from_bytes(name)
    }

    /// When an order of this name was opened, where it is one that was given to this owner.
    pub(super) fn opened_ms(&self, owner: &Owner, order_id: Uuid) -> Option<i64> {
        let name = order_id.into_bytes();
        let is_proved = |key: &Hmac<Sha256>| proof(key, owner, &name).eq(name.into_iter().skip(BODY));
        let is_ours = order_id.get_version_num() == 7
            && (is_proved(&self.current) || self.previous.as_ref().is_some_and(is_proved));
        is_ours.then(|| name.iter().take(6).fold(0, |time, byte| (time << 8) | i64::from(*byte)))
    }
}

fn proof(key: &Hmac<Sha256>, owner: &Owner, name: &[u8; 16]) -> impl Iterator<Item = u8> + use<> {
    let keyed = key.clone().chain_update(owner.bytes_with(&name[..BODY]));
    keyed.finalize().into_bytes().into_iter().take(16 - BODY)
}

#[cfg(test)]
mod tests {
    use contract::Phone;
    use upstream::program::GuestKey;

    use super::*;
    use crate::config::Secret;

    const AT_MS: i64 = 1_764_000_000_123;

    fn names(current: &str, previous: Option<&str>) -> Names {
        Names::new(&Peppers { current: Secret::new(current), previous: previous.map(Secret::new) })
    }

    fn owner(restaurant: &str, phone: &str) -> Owner {
        let guest = GuestKey::Phone(Phone::parse(phone).expect("E.164"));
        Owner { restaurant: restaurant.to_owned(), guest }
    }

    #[test]
    fn a_name_tells_its_owner_when_the_order_was_opened_and_nobody_else() {
        let (names, ivan) = (names("pepper", None), owner("pirogi", "+79990001122"));
        let name = names.give(&ivan, AT_MS, [1, 2, 3, 4]);
        assert_eq!(names.opened_ms(&ivan, name), Some(AT_MS));
        assert_eq!(names.opened_ms(&owner("pirogi", "+79990002233"), name), None);
        assert_eq!(names.opened_ms(&owner("lapsha", "+79990001122"), name), None);
        assert_ne!(names.give(&ivan, AT_MS, [1, 2, 3, 5]), name);
    }

    #[test]
    fn a_name_that_differs_in_any_bit_is_none() {
        let (names, ivan) = (names("pepper", None), owner("pirogi", "+79990001122"));
        let name = names.give(&ivan, AT_MS, [1, 2, 3, 4]).as_u128();
        for bit in 0..128 {
            assert_eq!(names.opened_ms(&ivan, Uuid::from_u128(name ^ (1 << bit))), None, "{bit}");
        }
        assert_eq!(names.opened_ms(&ivan, Uuid::new_v4()), None);
    }

    #[test]
    fn a_name_under_the_former_pepper_stays_good() {
        let ivan = owner("pirogi", "+79990001122");
        let name = names("old", None).give(&ivan, AT_MS, [0; 4]);
        assert_eq!(names("new", Some("old")).opened_ms(&ivan, name), Some(AT_MS));
        assert_eq!(names("new", None).opened_ms(&ivan, name), None);
    }
}

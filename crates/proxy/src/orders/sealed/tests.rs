//! What a browser keeps for us comes back as it was, or not at all.

use contract::cart::Expedition;
use contract::{Money, Phone, Quantity};
use jiff::Timestamp;
use proptest::prelude::*;
use upstream::program::{GuestKey, OrderContents, OrderLine};

use super::*;

fn seal(current: &str, previous: Option<&str>) -> Seal {
    let peppers = Peppers { current: Secret::new(current), previous: previous.map(Secret::new) };
    Seal::new(&peppers, &Entropy::system()).expect("randomness")
}

fn owner(restaurant: &str, phone: &str) -> Owner {
    let guest = GuestKey::Phone(Phone::parse(phone).expect("E.164"));
    Owner { restaurant: restaurant.to_owned(), guest }
}

fn ivan() -> Owner {
    owner("pirogi", "+79990001122")
}

const ORDER: Uuid = Uuid::from_u128(7);

fn preview(lines: usize, echo: &str) -> StoredPreview {
    let line = OrderLine {
        code: "soup".to_owned(),
        name: "Суп «Борщ» 🥟".to_owned(),
        category: None,
        quantity: Quantity::ONE,
        unit_price: Money::from_minor(5_000),
        total: Money::from_minor(5_000),
        modifiers: Vec::new(),
    };
    StoredPreview {
        preview_id: Uuid::from_u128(8),
        at_ms: 1_764_000_000_123,
        contents: OrderContents {
            opened_at: Timestamp::UNIX_EPOCH,
            expected_at: None,
            expedition: Expedition::Pickup,
            lines: vec![line; lines],
        },
        echo: echo.to_owned(),
        items_total: Money::from_minor(5_000),
        discount_total: Money::ZERO,
        spend_min: Money::ZERO,
        spend_max: Money::from_minor(2_500),
        revision: None,
    }
}

#[test]
fn any_proxy_with_the_pepper_opens_what_another_has_sealed() {
    for echo in ["", "UGVy", "{\"without\":{\"loyalty\":null}}"] {
        let sealed = seal("pepper", None).close(&ivan(), ORDER, &preview(2, echo)).expect("short");
        assert_eq!(seal("pepper", None).open(&ivan(), ORDER, &sealed), Some(preview(2, echo)));
        assert_eq!(seal("new", Some("pepper")).open(&ivan(), ORDER, &sealed), Some(preview(2, echo)));
        assert_eq!(seal("new", None).open(&ivan(), ORDER, &sealed), None);
    }
}

#[test]
fn a_preview_is_good_for_one_order_of_one_guest_at_one_restaurant() {
    let seal = seal("pepper", None);
    let sealed = seal.close(&ivan(), ORDER, &preview(1, "UGVy")).expect("short");
    assert!(seal.open(&ivan(), ORDER, &sealed).is_some());
    assert_eq!(seal.open(&owner("pirogi", "+79990002233"), ORDER, &sealed), None);
    assert_eq!(seal.open(&owner("lapsha", "+79990001122"), ORDER, &sealed), None);
    assert_eq!(seal.open(&ivan(), Uuid::from_u128(9), &sealed), None);
}

#[test]
fn what_is_sealed_cannot_be_read_and_no_two_are_alike() {
    let seal = seal("pepper", None);
    let close = || seal.close(&ivan(), ORDER, &preview(1, "UGVy")).expect("short");
    let (one, other) = (close(), close());
    let bytes = URL_SAFE_NO_PAD.decode(&one).expect("base64");
    assert!(!bytes.windows(4).any(|window| window == b"soup" || window == b"UGVy"));
    let after_head = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64").split_off(HEAD);
    assert_ne!(after_head(&one), after_head(&other));
}

#[test]
fn what_is_too_long_for_a_browser_is_not_sealed() {
    let seal = seal("pepper", None);
    assert!(seal.close(&ivan(), ORDER, &preview(100, "UGVy")).is_some());
    assert_eq!(seal.close(&ivan(), ORDER, &preview(500, "UGVy")), None);
    assert_eq!(seal.open(&ivan(), ORDER, &"A".repeat(LONGEST + 1)), None);
}

proptest! {
    #[test]
    fn what_was_altered_anywhere_or_made_up_is_not_opened(
        place in any::<prop::sample::Index>(), with in 1_u8..=255, made_up in "[A-Za-z0-9_-]{0,200}",
    ) {
        let seal = seal("pepper", None);
        let sealed = seal.close(&ivan(), ORDER, &preview(1, "UGVy")).expect("short");
        let mut bytes = URL_SAFE_NO_PAD.decode(&sealed).expect("base64");
        let place = place.index(bytes.len());
        bytes[place] ^= with;
        prop_assert_eq!(seal.open(&ivan(), ORDER, &URL_SAFE_NO_PAD.encode(&bytes)), None);
        bytes[place] ^= with;
        bytes.truncate(place);
        prop_assert_eq!(seal.open(&ivan(), ORDER, &URL_SAFE_NO_PAD.encode(bytes)), None);
        prop_assert_eq!(seal.open(&ivan(), ORDER, &made_up), None);
    }
}

//! Choosing how much to spend.

use contract::Money;
use contract::preview::SpendLimits;

use super::previewed;
use crate::state::spend::{Correction, Scale, chosen, parse};
use crate::state::{Effect, HostEvent, Message, update};

#[test]
fn sums_are_read_as_guests_write_them() {
    for (typed, minor) in [
        ("70", Some(7000)),
        ("70,5", Some(7050)),
        ("70.05", Some(7005)),
        ("1 230,58", Some(123_058)),
        ("1\u{a0}230,58", Some(123_058)),
        (",5", Some(50)),
        ("5,", Some(500)),
        ("-5", Some(-500)),
        ("−5", Some(-500)),
        ("0", Some(0)),
        ("", None),
        (",", None),
        ("-", None),
        ("abc", None),
        ("1e3", None),
        ("70,555", None),
        ("1.2.3", None),
        ("٧٠", None),
        ("9999999999999999", None),
    ] {
        assert_eq!(parse(typed), minor, "{typed}");
    }
}

#[test]
fn what_cannot_be_spent_is_clamped_with_its_reason() {
    for (typed, spent, correction) in [
        ("70", 7000, None),
        ("100", 10_000, None),
        ("100,01", 10_000, Some(Correction::AboveMost)),
        ("999999", 10_000, Some(Correction::AboveMost)),
        ("-1", 0, Some(Correction::BelowLeast)),
    ] {
        let mut model = previewed(10_000);
        update(&mut model, Message::SpendTyped(typed.to_owned()));
        assert_eq!((chosen(&model).minor(), model.spend.correction), (spent, correction), "{typed}");
        assert_eq!(
            model.spend.typed.as_deref(),
            Some(typed),
            "the guest's text stays while the guest is in the field"
        );
        update(&mut model, Message::SpendLeft);
        assert_eq!(model.spend.typed, None);
    }
}

#[test]
fn what_is_no_number_leaves_the_last_choice() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("30".to_owned()));
    update(&mut model, Message::SpendTyped("30 руб".to_owned()));
    assert_eq!((chosen(&model).minor(), model.spend.correction), (3000, Some(Correction::NotANumber)));
}

#[test]
fn the_slider_has_whole_bonuses_between_its_ends() {
    let limits = SpendLimits {
        min_minor: Money::ZERO,
        max_minor: Money::from_minor(321),
        accrual_without_minor: Money::ZERO,
        accrual_with_minor: Money::ZERO,
    };
    let scale = Scale::new(&limits);
    assert_eq!(scale.last(), 4);
    let sums: Vec<i64> = (0..=4).map(|position| scale.sum(position).minor()).collect();
    assert_eq!(sums, [0, 100, 200, 300, 321]);
    for position in 0..=4 {
        assert_eq!(scale.position(scale.sum(position)), position);
    }
    assert_eq!(scale.position(Money::from_minor(250)), 2);
    assert_eq!(scale.sum(u32::MAX).minor(), 321);
}

#[test]
fn sliding_takes_the_place_of_typing_and_tells_the_host() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("abc".to_owned()));
    assert_eq!(update(&mut model, Message::SpendSlid(70)), [Effect::Tell(HostEvent::Preview)]);
    assert_eq!((chosen(&model).minor(), &model.spend.typed, model.spend.correction), (7000, &None, None));
    assert_eq!(update(&mut model, Message::SpendSlid(70)), [], "the same place again is no news");
}

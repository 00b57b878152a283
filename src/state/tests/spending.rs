//! Choosing how much to spend.

use contract::Money;
use contract::capabilities::SpendChoice;
use contract::preview::{PreviewResponse, SpendLimits};

use super::{cart, preview, previewed};
use crate::state::spend::{Correction, Scale, chosen, parse};
use crate::state::{Effect, HostEvent, Message, Model, update};

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
        ("1,230.58", Some(123_058)),
        ("1.230,58", Some(123_058)),
        ("1,230", None),
        ("\u{667}\u{660}\u{66b}\u{665}", Some(7050)),
        ("\u{661}\u{66c}\u{662}\u{663}\u{660}", Some(123_000)),
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

/// A preview of which all that may be spent is spent, or nothing.
fn all_or_nothing(max_minor: i64) -> PreviewResponse {
    let mut preview = preview("all or nothing", max_minor);
    preview.capabilities.spend = SpendChoice::AllOrNothing;
    preview
}

/// Shows a preview of a changed cart of which all that may be spent is spent, or nothing.
fn recalculate(model: &mut Model, portions: i64, max_minor: i64) {
    update(model, Message::CartChanged(cart(portions)));
    let revision = model.revision;
    update(model, Message::Previewed(revision, Ok(all_or_nothing(max_minor))));
}

#[test]
fn where_it_is_all_or_nothing_the_switch_takes_all_and_gives_it_back() {
    let mut model = previewed(10_000);
    recalculate(&mut model, 3, 12_345);
    assert_eq!(chosen(&model).minor(), 0);
    assert_eq!(update(&mut model, Message::SpendSwitched), [Effect::Tell(HostEvent::Preview)]);
    assert_eq!(chosen(&model).minor(), 12_345);
    update(&mut model, Message::SpendSwitched);
    assert_eq!(chosen(&model).minor(), 0);
}

#[test]
fn where_it_is_all_or_nothing_no_other_sum_is_ever_chosen() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("70".to_owned()));
    recalculate(&mut model, 3, 12_345);
    assert_eq!((chosen(&model).minor(), model.spend.correction), (12_345, Some(Correction::AllChanged)));
    update(&mut model, Message::SpendTyped("1".to_owned()));
    assert_eq!(chosen(&model).minor(), 12_345);
}

#[test]
fn all_follows_the_cart_and_says_so_and_nothing_stays_nothing() {
    let mut model = previewed(10_000);
    recalculate(&mut model, 3, 10_000);
    update(&mut model, Message::SpendSwitched);
    recalculate(&mut model, 1, 4000);
    assert_eq!((chosen(&model).minor(), model.spend.correction), (4000, Some(Correction::AllChanged)));
    recalculate(&mut model, 4, 4000);
    assert_eq!((chosen(&model).minor(), model.spend.correction), (4000, None));
    recalculate(&mut model, 5, 0);
    recalculate(&mut model, 6, 9000);
    assert_eq!(chosen(&model).minor(), 0, "what was given up once is not taken again by itself");
}

#[test]
fn the_least_is_what_the_switch_gives_back() {
    let mut model = previewed(10_000);
    update(&mut model, Message::CartChanged(cart(3)));
    let mut preview = all_or_nothing(9000);
    preview.spend.min_minor = Money::from_minor(1000);
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview)));
    assert_eq!(chosen(&model).minor(), 1000);
    update(&mut model, Message::SpendSwitched);
    assert_eq!(chosen(&model).minor(), 9000);
    update(&mut model, Message::SpendSwitched);
    assert_eq!(chosen(&model).minor(), 1000);
}

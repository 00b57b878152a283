//! Carts that change while the guest looks at their preview.

use contract::error::ErrorCode;

use super::{cart, preview, previewed, refused};
use crate::state::spend::{Correction, chosen};
use crate::state::{Effect, Failure, Message, update};

#[test]
fn an_answer_to_an_outdated_cart_is_never_shown() {
    let mut model = previewed(10_000);
    let old = model.revision;
    update(&mut model, Message::CartChanged(cart(3)));
    update(&mut model, Message::Previewed(old, Ok(preview("outdated", 1))));
    assert_eq!(model.preview.as_ref().map(|preview| preview.preview_id.as_str()), Some("first"));
    assert!(model.calculating, "the answer to the new cart is still awaited");
    update(&mut model, Message::Previewed(old, Err(Failure::Offline)));
    assert_eq!(model.problem, None, "nor is a failure of an outdated request");
}

#[test]
fn the_same_cart_again_asks_for_nothing() {
    let mut model = previewed(10_000);
    assert_eq!(update(&mut model, Message::CartChanged(cart(2))), []);
}

#[test]
fn a_changed_cart_keeps_the_spend_and_the_typed_text() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("70,5".to_owned()));
    update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("second", 15_000))));
    assert_eq!(chosen(&model).minor(), 7050);
    assert_eq!(model.spend.typed.as_deref(), Some("70,5"));
    assert_eq!(model.spend.correction, None);
}

#[test]
fn a_lower_limit_clamps_the_spend_and_says_so_and_a_higher_one_does_not_raise_it_again() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("70".to_owned()));
    update(&mut model, Message::CartChanged(cart(1)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("second", 5000))));
    assert_eq!((chosen(&model).minor(), model.spend.correction), (5000, Some(Correction::LimitFell)));
    update(&mut model, Message::CartChanged(cart(4)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("third", 20_000))));
    assert_eq!(chosen(&model).minor(), 5000);
}

#[test]
fn an_emptied_cart_asks_for_nothing_and_keeps_the_choice() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("70".to_owned()));
    assert_eq!(update(&mut model, Message::CartChanged(cart(0))), []);
    assert_eq!((&model.preview, model.calculating), (&None, false));
    update(&mut model, Message::CartChanged(cart(2)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("second", 10_000))));
    assert_eq!(chosen(&model).minor(), 7000);
}

#[test]
fn a_failed_preview_shows_no_sums_of_another_cart_and_can_be_repeated() {
    let mut model = previewed(10_000);
    let sent = update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Err(Failure::Timeout)));
    assert_eq!(model.preview, None);
    assert_eq!(update(&mut model, Message::RetryPressed), sent);
    assert!(model.calculating);
}

#[test]
fn promo_codes_are_calculated_once_each_and_can_be_removed() {
    let mut model = previewed(10_000);
    update(&mut model, Message::PromoTyped(" PROMOCODE1 ".to_owned()));
    let effects = update(&mut model, Message::PromoSubmitted);
    assert!(matches!(&effects[..], [Effect::Preview(_, request)] if request.promo_codes == ["PROMOCODE1"]));
    update(&mut model, Message::PromoTyped("promocode1".to_owned()));
    assert_eq!(update(&mut model, Message::PromoSubmitted), []);
    let effects = update(&mut model, Message::PromoRemoved("PROMOCODE1".to_owned()));
    assert!(matches!(&effects[..], [Effect::Preview(_, request)] if request.promo_codes.is_empty()));
}

#[test]
fn an_order_that_is_not_this_guests_any_more_becomes_a_new_one() {
    let mut model = previewed(10_000);
    update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    let effects = update(&mut model, Message::Previewed(revision, Err(refused(ErrorCode::UnknownOrder))));
    assert!(matches!(&effects[..], [Effect::Preview(_, request)] if request.order_id.is_none()));
}

//! From the confirm to the end of the order.

use contract::error::ErrorCode;
use contract::order::OrderState;

use super::{cart, confirmed, order, preview, previewed, refused};
use crate::state::{Effect, Failure, HostEvent, Message, Notice, Step, update};

#[test]
fn what_is_confirmed_is_what_was_seen() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("50".to_owned()));
    let effects = update(&mut model, Message::ConfirmPressed);
    let [Effect::Confirm(_, request)] = &effects[..] else { panic!("one confirm, not {effects:?}") };
    assert_eq!((request.preview_id.as_str(), request.spend_minor.minor()), ("first", 5000));
    assert_eq!(update(&mut model, Message::ConfirmPressed), [], "pressed twice");
    let told = update(&mut model, Message::Confirmed(Ok(order(OrderState::Confirmed))));
    assert_eq!((model.step, &told[..]), (Step::Confirmed, &[Effect::Tell(HostEvent::Confirm)][..]));
}

#[test]
fn nothing_can_be_confirmed_while_it_is_calculated() {
    let mut model = previewed(10_000);
    update(&mut model, Message::CartChanged(cart(3)));
    assert_eq!(update(&mut model, Message::ConfirmPressed), []);
}

#[test]
fn a_confirm_whose_answer_is_lost_is_repeated_under_the_same_key() {
    let mut model = previewed(10_000);
    let sent = update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Err(Failure::Offline)));
    assert_eq!(update(&mut model, Message::RetryPressed), sent);
}

#[test]
fn a_confirm_the_loyalty_system_refused_is_another_request_when_it_is_tried_again() {
    let mut model = previewed(10_000);
    let sent = update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Err(refused(ErrorCode::UpstreamRefused))));
    let again = update(&mut model, Message::RetryPressed);
    let ([Effect::Confirm(first, asked)], [Effect::Confirm(second, asked_again)]) = (&sent[..], &again[..])
    else {
        panic!("one confirm each, not {sent:?} and {again:?}")
    };
    assert_ne!(first, second);
    assert_eq!(asked, asked_again);
}

#[test]
fn two_confirms_of_their_own_have_keys_of_their_own() {
    let mut model = previewed(10_000);
    let first = update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Err(refused(ErrorCode::Internal))));
    let second = update(&mut model, Message::ConfirmPressed);
    assert_ne!(first, second);
}

#[test]
fn an_outdated_preview_is_calculated_again_and_asks_to_confirm_again() {
    for code in [ErrorCode::PreviewOutdated, ErrorCode::SpendOutOfRange] {
        let mut model = previewed(10_000);
        update(&mut model, Message::ConfirmPressed);
        let effects = update(&mut model, Message::Confirmed(Err(refused(code))));
        assert!(matches!(&effects[..], [Effect::Preview(..)]), "{effects:?}");
        assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::PreviewChanged)));
    }
}

#[test]
fn a_cart_changed_after_the_confirm_is_reset_recalculated_and_confirmed_again() {
    let mut model = confirmed();
    let effects = update(&mut model, Message::CartChanged(cart(3)));
    assert!(matches!(&effects[..], [Effect::Reset(_, order_id)] if order_id == "order"), "{effects:?}");
    let effects = update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    let [Effect::Tell(HostEvent::Reset), Effect::Preview(revision, request)] = &effects[..] else {
        panic!("told and calculated, not {effects:?}")
    };
    assert_eq!((&request.cart, request.order_id.as_deref()), (&Some(cart(3)), Some("order")));
    assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::ConfirmAgain)));
    update(&mut model, Message::Previewed(*revision, Ok(preview("second", 15_000))));
    assert!(matches!(&update(&mut model, Message::ConfirmPressed)[..], [Effect::Confirm(..)]));
    update(&mut model, Message::Confirmed(Ok(order(OrderState::Confirmed))));
    assert_eq!((model.step, model.notice), (Step::Confirmed, None));
}

#[test]
fn a_cart_changed_while_the_confirm_is_under_way_is_reset_when_it_arrives() {
    let mut model = previewed(10_000);
    update(&mut model, Message::ConfirmPressed);
    assert_eq!(update(&mut model, Message::CartChanged(cart(3))), []);
    let effects = update(&mut model, Message::Confirmed(Ok(order(OrderState::Confirmed))));
    assert!(matches!(&effects[..], [Effect::Reset(..)]), "{effects:?}");
    assert_eq!(model.step, Step::Preview, "what is about to be reset is not shown as confirmed");
}

#[test]
fn a_cart_changed_while_a_confirm_fails_is_calculated_before_anything_is_confirmed() {
    let mut model = previewed(10_000);
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::CartChanged(cart(3)));
    let effects = update(&mut model, Message::Confirmed(Err(Failure::Offline)));
    assert!(
        matches!(&effects[..], [Effect::Preview(_, request)] if request.cart == Some(cart(3))),
        "{effects:?}"
    );
    assert_eq!(update(&mut model, Message::ConfirmPressed), [], "not with the sums of the former cart");
}

#[test]
fn a_cart_changed_during_the_reset_is_the_one_calculated() {
    let mut model = confirmed();
    update(&mut model, Message::CartChanged(cart(3)));
    assert_eq!(update(&mut model, Message::CartChanged(cart(4))), []);
    let effects = update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    assert!(matches!(&effects[..], [_, Effect::Preview(_, request)] if request.cart == Some(cart(4))));
}

#[test]
fn a_reset_that_failed_can_be_repeated_and_the_order_stays_confirmed() {
    let mut model = confirmed();
    let sent = update(&mut model, Message::CartChanged(cart(3)));
    update(&mut model, Message::WasReset(Err(Failure::Offline)));
    assert_eq!(model.step, Step::Confirmed);
    assert_eq!(update(&mut model, Message::RetryPressed), sent);
}

#[test]
fn the_guest_may_change_and_keeps_the_choice() {
    let mut model = confirmed();
    update(&mut model, Message::ChangePressed);
    update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    assert_eq!((model.step, model.notice), (Step::Preview, None));
    assert_eq!(model.spend.wanted_minor.minor(), 5000);
}

#[test]
fn a_cancelled_order_starts_a_new_one_with_nothing_spent() {
    let mut model = confirmed();
    assert!(matches!(&update(&mut model, Message::CancelPressed)[..], [Effect::Cancel(..)]));
    let effects = update(&mut model, Message::WasCancelled(Ok(order(OrderState::Aborted))));
    assert!(effects.contains(&Effect::Tell(HostEvent::Reset)));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Preview(_, request) if request.order_id.is_none()))
    );
    assert_eq!((model.notice, model.spend.wanted_minor.minor()), (Some(Notice::SpendCancelled), 0));
}

#[test]
fn an_order_paid_at_the_till_meanwhile_becomes_a_new_one() {
    let mut model = confirmed();
    update(&mut model, Message::CartChanged(cart(3)));
    let effects = update(&mut model, Message::WasReset(Err(refused(ErrorCode::OrderStateConflict))));
    assert_eq!(effects, [Effect::ReadOrder("order".to_owned())]);
    update(&mut model, Message::OrderRead(Ok(order(OrderState::Closed))));
    assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::OrderPaid)));
    assert_eq!(model.order_id, None);
}

#[test]
fn a_confirm_that_arrived_although_its_answer_was_lost_is_found_by_the_next_preview() {
    let mut model = previewed(10_000);
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Err(Failure::Timeout)));
    update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    let effects =
        update(&mut model, Message::Previewed(revision, Err(refused(ErrorCode::OrderStateConflict))));
    assert_eq!(effects, [Effect::ReadOrder("order".to_owned())]);
    let effects = update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirmed))));
    assert!(matches!(&effects[..], [Effect::Reset(..)]), "{effects:?}");
}

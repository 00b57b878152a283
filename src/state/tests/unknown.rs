//! Confirms that take their time, and confirms nobody knows the end of.

use contract::error::ErrorCode;
use contract::order::OrderState;

use super::{cart, order, previewed, refused};
use crate::state::{Action, Effect, Failure, HostEvent, Message, Model, Notice, Step, update};

/// A model whose confirm is still under way at the proxy, at second 100.
fn confirming() -> Model {
    let mut model = previewed(10_000);
    model.now_s = 100;
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Ok(order(OrderState::Confirming))));
    model
}

/// A model whose confirm was lost where nobody can look for it.
fn unknown() -> Model {
    let mut model = previewed(10_000);
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Ok(order(OrderState::Unknown))));
    model
}

#[test]
fn a_confirm_under_way_is_looked_after_with_growing_pauses_and_not_for_ever() {
    let mut model = confirming();
    let mut asked_at = Vec::new();
    for now_s in 100..200 {
        if !update(&mut model, Message::Tick(now_s)).is_empty() {
            asked_at.push(now_s);
            update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirming))));
        }
    }
    assert_eq!(asked_at, [101, 103, 106, 110, 115]);
    assert!(!model.counts_down());
    let problem = model.problem.as_ref().expect("the guest is asked to repeat");
    assert_eq!(problem.failure.refusal(), Some(ErrorCode::InProgress));
    assert_eq!(update(&mut model, Message::RetryPressed), [Effect::ReadOrder("order".to_owned())]);
}

#[test]
fn nothing_is_confirmed_while_a_confirm_is_looked_after() {
    let mut model = confirming();
    assert_eq!(model.action, Some(Action::ReadOrder), "the order is busy between the looks too");
    assert_eq!(update(&mut model, Message::ConfirmPressed), []);
    assert_eq!(update(&mut model, Message::CartChanged(cart(3))), []);
}

#[test]
fn a_confirm_that_is_done_at_last_is_shown() {
    let mut model = confirming();
    update(&mut model, Message::Tick(101));
    update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirmed))));
    assert_eq!((model.step, model.looks), (Step::Confirmed, 0));
}

#[test]
fn a_lost_session_ends_the_looks() {
    let mut model = confirming();
    update(&mut model, Message::Tick(101));
    update(&mut model, Message::OrderRead(Err(refused(ErrorCode::NotLoggedIn))));
    assert_eq!((model.step, model.counts_down()), (Step::Phone, false));
}

/// A model that has confirmed where that gives the order to the restaurant, and has lost the answer.
fn in_doubt(failure: Failure) -> (Model, Vec<Effect>, Vec<Effect>) {
    let mut model = previewed(10_000);
    model.capabilities.as_mut().expect("a preview was shown").cancel = false;
    let sent = update(&mut model, Message::ConfirmPressed);
    let asked = update(&mut model, Message::Confirmed(Err(failure)));
    (model, sent, asked)
}

#[test]
fn where_the_restaurant_may_have_the_order_it_is_asked_after_before_anything_is_repeated() {
    for failure in [refused(ErrorCode::UpstreamUnavailable), Failure::Timeout] {
        let (mut model, _, asked) = in_doubt(failure);
        assert_eq!(asked, [Effect::ReadOrder("order".to_owned())], "nobody is told before it is known");
        let told = update(&mut model, Message::OrderRead(Ok(order(OrderState::Unknown))));
        assert_eq!((model.step, &told[..]), (Step::Unknown, &[Effect::Tell(HostEvent::Error)][..]));
    }
}

#[test]
fn a_confirm_that_was_not_carried_out_is_told_as_it_failed_and_repeated_under_its_key() {
    for read in [Ok(order(OrderState::Open)), Err(Failure::Offline)] {
        let (mut model, sent, _) = in_doubt(refused(ErrorCode::UpstreamUnavailable));
        assert_eq!(update(&mut model, Message::OrderRead(read)), [Effect::Tell(HostEvent::Error)]);
        assert_eq!(model.step, Step::Preview);
        let problem = model.problem.as_ref().expect("what failed first");
        assert_eq!(problem.failure.refusal(), Some(ErrorCode::UpstreamUnavailable));
        assert_eq!(update(&mut model, Message::RetryPressed), sent);
    }
}

#[test]
fn a_cart_that_changed_meanwhile_is_calculated_and_the_old_confirm_is_not_repeated() {
    let (mut model, _, _) = in_doubt(refused(ErrorCode::UpstreamUnavailable));
    assert_eq!(update(&mut model, Message::CartChanged(cart(3))), []);
    let effects = update(&mut model, Message::OrderRead(Ok(order(OrderState::Open))));
    assert!(
        matches!(&effects[..], [Effect::Preview(_, request)] if request.cart == Some(cart(3))),
        "{effects:?}"
    );
    assert_eq!((&model.problem, model.notice), (&None, Some(Notice::PreviewChanged)));
}

#[test]
fn what_the_loyalty_system_refused_is_in_no_doubt() {
    let (model, _, told) = in_doubt(refused(ErrorCode::UpstreamRefused));
    assert_eq!(told, [Effect::Tell(HostEvent::Error)]);
    assert_eq!(model.step, Step::Preview);
}

#[test]
fn an_unknown_order_is_said_to_be_one_and_told_to_the_host_once() {
    let mut model = previewed(10_000);
    update(&mut model, Message::ConfirmPressed);
    let told = update(&mut model, Message::Confirmed(Ok(order(OrderState::Unknown))));
    assert_eq!(told, [Effect::Tell(HostEvent::Error)]);
    assert_eq!((model.step, &model.problem), (Step::Unknown, &None));
    update(&mut model, Message::LookPressed);
    assert_eq!(update(&mut model, Message::OrderRead(Ok(order(OrderState::Unknown)))), []);
}

#[test]
fn an_unknown_order_is_never_sent_again() {
    let mut model = unknown();
    assert_eq!(update(&mut model, Message::ConfirmPressed), []);
    assert_eq!(update(&mut model, Message::ChangePressed).len(), 0);
}

#[test]
fn a_changed_cart_begins_no_other_order_by_itself() {
    let mut model = unknown();
    assert_eq!(update(&mut model, Message::CartChanged(cart(3))), []);
    assert_eq!(model.step, Step::Unknown);
    let effects = update(&mut model, Message::NewOrderPressed);
    assert!(
        matches!(&effects[..], [Effect::Preview(_, request)] if request.order_id.is_none() && request.cart == Some(cart(3))),
        "{effects:?}"
    );
    assert_eq!((model.step, &model.order), (Step::Preview, &None));
}

#[test]
fn an_unknown_order_can_be_looked_at_again() {
    for (state, step, notice) in [
        (OrderState::Confirmed, Step::Confirmed, None),
        (OrderState::Open, Step::Preview, Some(Notice::PreviewChanged)),
        (OrderState::Closed, Step::Preview, Some(Notice::OrderPaid)),
        (OrderState::Refunded, Step::Preview, Some(Notice::OrderPaid)),
    ] {
        let mut model = unknown();
        assert_eq!(update(&mut model, Message::LookPressed), [Effect::ReadOrder("order".to_owned())]);
        update(&mut model, Message::OrderRead(Ok(order(state))));
        assert_eq!((model.step, model.notice), (step, notice), "{state:?}");
    }
}

#[test]
fn a_look_that_failed_leaves_the_order_unknown() {
    let mut model = unknown();
    update(&mut model, Message::LookPressed);
    update(&mut model, Message::OrderRead(Err(Failure::Offline)));
    assert_eq!(model.step, Step::Unknown);
    assert_eq!(update(&mut model, Message::RetryPressed), [Effect::ReadOrder("order".to_owned())]);
}

#[test]
fn an_order_found_confirmed_after_the_cart_changed_is_reset() {
    let mut model = unknown();
    update(&mut model, Message::CartChanged(cart(3)));
    update(&mut model, Message::LookPressed);
    let effects = update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirmed))));
    assert!(matches!(&effects[..], [Effect::Reset(..)]), "{effects:?}");
}

#[test]
fn an_unknown_order_is_still_unknown_after_another_login() {
    let mut model = unknown();
    update(&mut model, Message::LookPressed);
    update(&mut model, Message::OrderRead(Err(refused(ErrorCode::NotLoggedIn))));
    assert_eq!(update(&mut model, Message::CartChanged(cart(3))), [], "nothing is sent without a session");
    model.step = Step::Code;
    model.action = Some(Action::VerifyLogin);
    let session = contract::login::VerifyLoginResponse { token: Some("new".to_owned()), expires_in_s: 60 };
    let effects = update(&mut model, Message::LoggedIn(Ok(session)));
    assert!(effects.contains(&Effect::ReadOrder("order".to_owned())), "{effects:?}");
    update(&mut model, Message::OrderRead(Ok(order(OrderState::Unknown))));
    assert_eq!(model.step, Step::Unknown);
}

#[test]
fn a_look_under_way_keeps_nobody_from_a_new_order_and_its_late_answer_is_of_no_interest() {
    let mut model = unknown();
    update(&mut model, Message::LookPressed);
    let effects = update(&mut model, Message::NewOrderPressed);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Preview(..))), "{effects:?}");
    assert_eq!((model.step, &model.order_id), (Step::Preview, &None));
    update(&mut model, Message::OrderRead(Ok(order(OrderState::Unknown))));
    assert_eq!(model.step, Step::Preview);
}

//! Bonuses that are frozen for a time only.

use contract::error::ErrorCode;
use contract::order::{OrderResponse, OrderState};

use super::{cart, order, previewed, refused};
use crate::state::{Effect, Failure, HostEvent, Message, Model, Notice, Step, hold, update};

/// An order as the proxy tells it, with so many seconds of the hold left.
fn held(left_s: u32) -> OrderResponse {
    OrderResponse { hold_left_s: Some(left_s), ..order(OrderState::Confirmed) }
}

/// A model whose order was confirmed at second 1000, to be held for ten minutes.
fn holding() -> Model {
    let mut model = previewed(10_000);
    model.now_s = 1000;
    update(&mut model, Message::SpendTyped("50".to_owned()));
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Ok(held(600))));
    model
}

#[test]
fn the_time_left_is_counted_from_the_answers_arrival() {
    let mut model = holding();
    assert!(model.counts_down());
    assert_eq!(model.hold_left_s(), Some(600));
    assert_eq!(update(&mut model, Message::Tick(1001)), []);
    assert_eq!(model.hold_left_s(), Some(599));
}

#[test]
fn the_guest_is_warned_from_a_minute_before_the_end() {
    let mut model = holding();
    update(&mut model, Message::Tick(1539));
    assert!(!hold::is_ending(&model));
    update(&mut model, Message::Tick(1540));
    assert!(hold::is_ending(&model));
}

#[test]
fn at_the_end_the_order_is_asked_after_once_and_confirmed_again() {
    let mut model = holding();
    assert_eq!(update(&mut model, Message::Tick(1599)), []);
    assert_eq!(update(&mut model, Message::Tick(1600)), [Effect::ReadOrder("order".to_owned())]);
    assert_eq!(update(&mut model, Message::Tick(1601)), [], "once");
    let effects = update(&mut model, Message::OrderRead(Ok(order(OrderState::Open))));
    assert!(matches!(&effects[..], [Effect::Tell(HostEvent::Reset), Effect::Preview(..)]), "{effects:?}");
    assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::HoldOver)));
    assert_eq!((model.hold_left_s(), model.counts_down()), (None, false));
    assert_eq!(model.spend.wanted_minor.minor(), 5000, "the choice is kept");
}

#[test]
fn a_page_that_slept_past_the_end_finds_it_over_when_it_wakes() {
    let mut model = holding();
    let effects = update(&mut model, Message::Tick(9000));
    assert_eq!(effects, [Effect::ReadOrder("order".to_owned())]);
    assert_eq!(model.hold_left_s(), Some(0));
}

#[test]
fn an_order_the_proxy_still_holds_goes_on_and_the_host_hears_nothing_new() {
    let mut model = holding();
    update(&mut model, Message::Tick(1600));
    assert_eq!(update(&mut model, Message::OrderRead(Ok(held(2)))), []);
    assert_eq!((model.step, model.hold_left_s()), (Step::Confirmed, Some(2)));
    assert_eq!(update(&mut model, Message::Tick(1602)), [Effect::ReadOrder("order".to_owned())]);
}

#[test]
fn a_look_that_failed_at_the_end_is_the_guests_to_repeat() {
    let mut model = holding();
    update(&mut model, Message::Tick(1600));
    assert_eq!(
        update(&mut model, Message::OrderRead(Err(Failure::Offline))),
        [Effect::Tell(HostEvent::Error)]
    );
    assert_eq!(update(&mut model, Message::Tick(1601)), [], "nothing is asked each second");
    assert_eq!(update(&mut model, Message::RetryPressed), [Effect::ReadOrder("order".to_owned())]);
}

#[test]
fn an_order_paid_before_the_end_is_found_paid() {
    let mut model = holding();
    update(&mut model, Message::Tick(1600));
    update(&mut model, Message::OrderRead(Ok(order(OrderState::Closed))));
    assert_eq!((model.notice, model.order_id), (Some(Notice::OrderPaid), None));
}

#[test]
fn a_hold_is_begun_anew_by_a_reset_and_another_confirm() {
    let mut model = holding();
    update(&mut model, Message::Tick(1550));
    assert!(matches!(&update(&mut model, Message::ChangePressed)[..], [Effect::Reset(..)]));
    assert_eq!(update(&mut model, Message::Tick(1601)), [], "the reset is under way");
    update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    // The time of the reset's own answer counts: the hold was still ending then.
    assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::HoldAgain)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(super::preview("second", 10_000))));
    assert!(matches!(&update(&mut model, Message::ConfirmPressed)[..], [Effect::Confirm(..)]));
    update(&mut model, Message::Confirmed(Ok(held(600))));
    assert_eq!((model.step, model.hold_left_s()), (Step::Confirmed, Some(600)));
}

#[test]
fn a_change_of_the_cart_ends_the_hold() {
    let mut model = holding();
    update(&mut model, Message::CartChanged(cart(3)));
    update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    assert_eq!((model.notice, model.hold_left_s()), (Some(Notice::ConfirmAgain), None));
}

#[test]
fn without_a_session_nothing_is_asked_at_the_end() {
    let mut model = holding();
    update(&mut model, Message::ChangePressed);
    update(&mut model, Message::WasReset(Err(refused(ErrorCode::NotLoggedIn))));
    assert_eq!(model.step, Step::Phone);
    assert_eq!(update(&mut model, Message::Tick(1700)), []);
}

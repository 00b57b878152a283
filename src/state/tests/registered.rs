//! Orders that the restaurant's server has registered: the page hands over a token in the place of a cart.

use contract::error::ErrorCode;
use contract::order::OrderState;
use contract::preview::PreviewRequest;

use super::{cart, confirmed, key, logged_in, order, preview, refused};
use crate::state::{Effect, HostEvent, Message, Model, Notice, Session, Step, update};

/// The preview that is asked for, if that is all that is to be done.
fn asked(effects: &[Effect]) -> Option<&PreviewRequest> {
    match effects {
        [Effect::Preview(_, request)] => Some(request),
        _ => None,
    }
}

/// A model that shows the preview of a registered order.
fn registered() -> Model {
    let (mut model, _) = logged_in();
    update(&mut model, Message::TokenGiven("token".to_owned()));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("first", 10_000))));
    model
}

#[test]
fn a_token_is_calculated_in_the_place_of_the_cart_as_soon_as_there_is_a_session() {
    let mut model = Model::new(key);
    assert_eq!(update(&mut model, Message::TokenGiven("token".to_owned())), []);
    model.session = Some(Session::Cookie);
    let effects = update(&mut model, Message::OrderRefreshed);
    let request = asked(&effects).expect("it is calculated");
    assert_eq!((request.order_token.as_deref(), &request.cart), (Some("token"), &None));
    assert_eq!(update(&mut model, Message::TokenGiven("token".to_owned())), [], "the same again");
}

#[test]
fn a_token_takes_the_place_of_a_cart_and_a_cart_that_of_a_token() {
    let mut model = registered();
    assert_eq!(model.cart, None);
    let effects = update(&mut model, Message::CartChanged(cart(3)));
    let request = asked(&effects).expect("it is calculated");
    assert_eq!((&request.order_token, &request.cart), (&None, &Some(cart(3))));
    let effects = update(&mut model, Message::TokenGiven("other".to_owned()));
    let request = asked(&effects).expect("it is calculated");
    assert_eq!((request.order_token.as_deref(), &request.order_id), (Some("other"), &None));
}

#[test]
fn without_a_token_there_is_nothing_to_calculate_any_more() {
    let mut model = registered();
    assert_eq!(update(&mut model, Message::TokenGiven(String::new())), []);
    assert_eq!((model.has_order(), &model.preview), (false, &None));
}

#[test]
fn contents_that_were_replaced_are_calculated_again_and_confirmed_anew() {
    let mut model = registered();
    update(&mut model, Message::ConfirmPressed);
    let effects = update(&mut model, Message::Confirmed(Err(refused(ErrorCode::PreviewOutdated))));
    let request = asked(&effects).expect("it is calculated");
    assert_eq!(request.order_token.as_deref(), Some("token"));
    assert_eq!((model.step, model.notice), (Step::Preview, Some(Notice::PreviewChanged)));
}

#[test]
fn a_confirmed_order_is_asked_after_and_stays_where_nothing_has_changed() {
    let mut model = confirmed();
    assert_eq!(update(&mut model, Message::OrderRefreshed), [Effect::ReadOrder("order".to_owned())]);
    assert_eq!(update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirmed)))), []);
    assert_eq!(model.step, Step::Confirmed);
    update(&mut model, Message::OrderRefreshed);
    let effects = update(&mut model, Message::OrderRead(Ok(order(OrderState::Open))));
    assert!(matches!(&effects[..], [Effect::Tell(HostEvent::Reset), Effect::Preview(..)]), "{effects:?}");
    assert_eq!(model.step, Step::Preview);
}

#[test]
fn a_refresh_takes_no_payment_code_away() {
    let mut model = confirmed();
    model.step = Step::PaymentCode;
    update(&mut model, Message::OrderRefreshed);
    assert_eq!(update(&mut model, Message::OrderRead(Ok(order(OrderState::Confirmed)))), []);
    assert_eq!(model.step, Step::PaymentCode);
}

#[test]
fn another_token_returns_what_is_frozen_for_the_former() {
    let mut model = confirmed();
    let effects = update(&mut model, Message::TokenGiven("other".to_owned()));
    assert!(matches!(&effects[..], [Effect::Reset(_, order_id)] if order_id == "order"), "{effects:?}");
    let effects = update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    assert!(matches!(
        &effects[..],
        [Effect::Tell(HostEvent::Reset), Effect::Preview(_, request)] if request.order_token.as_deref() == Some("other")
    ));
}

#[test]
fn an_unknown_token_is_told_and_not_tried_again() {
    let (mut model, _) = logged_in();
    update(&mut model, Message::TokenGiven("unknown".to_owned()));
    let revision = model.revision;
    let told = update(&mut model, Message::Previewed(revision, Err(refused(ErrorCode::UnknownOrder))));
    assert_eq!(told, [Effect::Tell(HostEvent::Error)]);
    assert!(model.problem.is_some_and(|problem| problem.retry.is_none()));
}

#[test]
fn a_registered_order_that_the_guest_cannot_cancel_is_with_the_restaurant_already() {
    let mut model = registered();
    if let Some(capabilities) = &mut model.capabilities {
        capabilities.cancel = false;
    }
    assert!(!model.sends());
    model.order_token = None;
    assert!(model.sends());
}

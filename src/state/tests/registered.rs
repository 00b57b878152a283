//! Orders that the restaurant's server has registered: the page hands over a token in the place of a cart.

use contract::error::{ErrorCode, ErrorResponse};
use contract::order::{OrderResponse, OrderState};
use contract::preview::PreviewRequest;

use super::{cart, confirmed, key, logged_in, order, preview, refused};
use crate::state::{Effect, Failure, HostEvent, Message, Model, Notice, Session, Step, update};

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

/// A page that was loaded anew, with a session that goes on, and the proxy's word that its order stands elsewhere.
fn loaded_anew() -> Model {
    let mut model = Model::new(key);
    update(&mut model, Message::TokenGiven("token".to_owned()));
    model.session = Some(Session::Cookie);
    model.step = Step::Preview;
    update(&mut model, Message::OrderRefreshed);
    let mut error = ErrorResponse::new(ErrorCode::OrderStateConflict, "for the test");
    error.order_id = Some("order".to_owned());
    let answer = Err(Failure::Refused(Box::new(error)));
    let revision = model.revision;
    let asked = update(&mut model, Message::Previewed(revision, answer));
    assert_eq!(asked, [Effect::ReadOrder("order".to_owned())]);
    model
}

/// The order as it is read, with what can be done with it.
fn read(state: OrderState) -> OrderResponse {
    OrderResponse { capabilities: Some(preview("first", 10_000).capabilities), ..order(state) }
}

#[test]
fn an_order_that_was_confirmed_before_the_page_was_loaded_is_gone_on_with() {
    let mut model = loaded_anew();
    let told = update(&mut model, Message::OrderRead(Ok(read(OrderState::Confirmed))));
    assert_eq!(told, [Effect::Tell(HostEvent::Confirm)]);
    assert_eq!((model.step, &model.problem, model.notice), (Step::Confirmed, &None, None));
    assert!(model.can(|c| c.payment_codes) && model.can(|c| c.cancel), "as the order says");
    let effects = update(&mut model, Message::ChangePressed);
    assert!(matches!(&effects[..], [Effect::Reset(_, order_id)] if order_id == "order"), "{effects:?}");
    let effects = update(&mut model, Message::WasReset(Ok(order(OrderState::Open))));
    assert!(matches!(
        &effects[..],
        [Effect::Tell(HostEvent::Reset), Effect::Preview(_, request)] if request.order_token.as_deref() == Some("token")
    ));
    assert_eq!(model.notice, None, "the guest wished it");
}

#[test]
fn an_order_whose_hold_has_ended_meanwhile_is_calculated() {
    let mut model = loaded_anew();
    let effects = update(&mut model, Message::OrderRead(Ok(read(OrderState::Open))));
    assert_eq!(asked(&effects).and_then(|request| request.order_token.as_deref()), Some("token"));
}

#[test]
fn an_order_nobody_knows_the_state_of_is_not_begun_anew_by_loading_the_page() {
    let mut model = loaded_anew();
    let told = update(&mut model, Message::OrderRead(Ok(read(OrderState::Unknown))));
    assert_eq!((told, model.step), (vec![Effect::Tell(HostEvent::Error)], Step::Unknown));
}

#[test]
fn a_registered_order_that_is_over_is_told_and_not_asked_for_again() {
    let (mut model, _) = logged_in();
    update(&mut model, Message::TokenGiven("token".to_owned()));
    let revision = model.revision;
    let over = refused(ErrorCode::OrderStateConflict);
    assert_eq!(
        update(&mut model, Message::Previewed(revision, Err(over.clone()))),
        [Effect::Tell(HostEvent::Error)]
    );
    assert_eq!(model.problem.map(|problem| problem.failure), Some(over));
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

#[test]
fn an_order_that_may_have_changed_while_it_is_read_is_read_again_and_stays_confirmed() {
    let mut model = loaded_anew();
    assert_eq!(update(&mut model, Message::OrderRefreshed), [], "it is being read");
    let again = update(&mut model, Message::OrderRead(Ok(read(OrderState::Confirmed))));
    assert_eq!(again, [Effect::ReadOrder("order".to_owned())], "what was read may be from before");
    let told = update(&mut model, Message::OrderRead(Ok(read(OrderState::Confirmed))));
    assert_eq!(
        (told, model.step),
        (vec![Effect::Tell(HostEvent::Confirm)], Step::Confirmed),
        "nothing is taken back"
    );
}

#[test]
fn a_registered_order_nobody_knows_the_state_of_is_its_servers_to_give_up() {
    let mut model = loaded_anew();
    update(&mut model, Message::OrderRead(Ok(read(OrderState::Unknown))));
    assert_eq!(update(&mut model, Message::NewOrderPressed), []);
    assert_eq!((model.step, model.order_id.as_deref()), (Step::Unknown, Some("order")));
}

//! From the phone to the session.

use contract::error::{ErrorCode, ErrorResponse};

use super::{at_code, cart, confirmed, key, logged_in, previewed, refused};
use crate::state::{Action, Effect, Failure, HostEvent, Message, Model, Notice, Session, Step, update};

#[test]
fn an_incomplete_phone_asks_for_the_rest_and_sends_nothing() {
    let mut model = Model::new(key);
    update(&mut model, Message::KeyTyped("999".to_owned()));
    assert_eq!(update(&mut model, Message::KeySubmitted), []);
    assert!(model.key_incomplete);
    update(&mut model, Message::KeyTyped("9990".to_owned()));
    assert!(!model.key_incomplete, "the sentence goes when the guest goes on");
}

#[test]
fn a_phone_is_sent_in_e164_and_once() {
    let mut model = Model::new(key);
    update(&mut model, Message::KeyTyped("8 999 000 11 22".to_owned()));
    assert_eq!(update(&mut model, Message::KeySubmitted), [Effect::StartLogin("+79990001122".to_owned())]);
    assert_eq!(update(&mut model, Message::KeySubmitted), [], "pressed twice");
}

#[test]
fn a_lost_network_keeps_the_phone_and_offers_the_same_request_again() {
    let mut model = Model::new(key);
    update(&mut model, Message::KeyTyped("9990001122".to_owned()));
    let sent = update(&mut model, Message::KeySubmitted);
    let told = update(&mut model, Message::LoginStarted(Err(Failure::Offline)));
    assert_eq!(told, [Effect::Tell(HostEvent::Error)]);
    assert_eq!((model.phone.as_str(), model.step), ("+7 999 000-11-22", Step::Phone));
    assert_eq!(update(&mut model, Message::RetryPressed), sent);
    assert_eq!(model.problem, None);
}

#[test]
fn six_digits_are_submitted_at_once_however_they_come() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("12345".to_owned()));
    assert_eq!(model.action, None);
    let effects = update(&mut model, Message::CodeTyped(" 123-456 ".to_owned()));
    assert_eq!(
        effects,
        [Effect::VerifyLogin { challenge_id: "challenge".to_owned(), code: "123456".to_owned() }]
    );
}

#[test]
fn a_wrong_code_stays_to_be_mended_and_is_not_sent_again_by_itself() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    let effects = update(&mut model, Message::LoggedIn(Err(refused(ErrorCode::WrongCode))));
    assert_eq!(effects, [Effect::Tell(HostEvent::Error)]);
    assert_eq!((model.code.as_str(), model.step), ("123456", Step::Code));
    assert!(model.problem.as_ref().is_some_and(|problem| problem.retry.is_none()));
}

#[test]
fn a_spent_code_makes_room_for_the_next() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    update(&mut model, Message::LoggedIn(Err(refused(ErrorCode::CodeSpent))));
    assert_eq!(model.code, "");
}

#[test]
fn another_code_can_be_asked_for_only_after_the_wait() {
    let mut model = at_code();
    update(&mut model, Message::Tick(59));
    assert_eq!(update(&mut model, Message::ResendPressed), []);
    update(&mut model, Message::Tick(60));
    assert_eq!(update(&mut model, Message::ResendPressed), [Effect::StartLogin("+79990001122".to_owned())]);
}

#[test]
fn a_refused_resend_shows_the_wait_the_proxy_names() {
    let mut model = at_code();
    update(&mut model, Message::Tick(60));
    update(&mut model, Message::ResendPressed);
    let mut error = ErrorResponse::new(ErrorCode::ResendTooEarly, "for the test");
    error.retry_after_s = Some(120);
    update(&mut model, Message::LoginStarted(Err(Failure::Refused(Box::new(error)))));
    assert_eq!(model.challenge.as_ref().map(|challenge| challenge.resend_at_s), Some(180));
}

#[test]
fn going_back_with_the_same_phone_uses_the_code_already_sent() {
    let mut model = at_code();
    update(&mut model, Message::ChangeNumberPressed);
    assert_eq!(model.step, Step::Phone);
    assert_eq!(update(&mut model, Message::KeySubmitted), []);
    assert_eq!(model.step, Step::Code);
}

#[test]
fn an_answer_that_comes_after_the_guest_went_back_changes_nothing() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    update(&mut model, Message::ChangeNumberPressed);
    update(&mut model, Message::LoggedIn(Err(refused(ErrorCode::WrongCode))));
    assert_eq!((model.step, &model.problem), (Step::Phone, &None));
}

#[test]
fn logging_in_calculates_the_cart_that_is_already_there() {
    let (model, effects) = logged_in();
    assert_eq!(model.step, Step::Preview);
    assert_eq!(effects[0], Effect::Tell(HostEvent::Login));
    assert!(
        matches!(&effects[1], Effect::Preview(revision, request) if *revision == model.revision && request.cart == Some(cart(2)))
    );
}

#[test]
fn a_lost_session_leads_back_to_the_phone_with_the_choice_kept() {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("30".to_owned()));
    update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Err(refused(ErrorCode::NotLoggedIn))));
    assert_eq!((model.step, model.notice, model.action), (Step::Phone, Some(Notice::SessionEnded), None));
    assert_eq!(model.phone, "+7 999 000-11-22");
    assert_eq!(model.spend.wanted_minor.minor(), 3000);
    assert_eq!(model.cart, Some(cart(3)));
}

#[test]
fn after_a_session_lost_while_confirmed_the_order_is_looked_up() {
    let mut model = confirmed();
    update(&mut model, Message::ChangePressed);
    update(&mut model, Message::WasReset(Err(refused(ErrorCode::NotLoggedIn))));
    model.step = Step::Code;
    model.action = Some(Action::VerifyLogin);
    let session = contract::login::VerifyLoginResponse { token: Some("new".to_owned()), expires_in_s: 60 };
    let effects = update(&mut model, Message::LoggedIn(Ok(session)));
    assert!(effects.contains(&Effect::ReadOrder("order".to_owned())));
}

#[test]
fn logging_out_forgets_the_guest() {
    let mut model = previewed(10_000);
    update(&mut model, Message::PromoTyped("PROMO".to_owned()));
    update(&mut model, Message::PromoSubmitted);
    let effects = update(&mut model, Message::LogoutPressed);
    assert_eq!(
        effects,
        [Effect::Logout(Session::Token("token".to_owned())), Effect::Tell(HostEvent::Logout)]
    );
    assert_eq!((model.phone.as_str(), model.session, model.preview), ("", None, None));
    assert!(model.promo_codes.is_empty() && model.spend.wanted_minor.minor() == 0);
    assert_eq!(model.cart, Some(cart(2)), "the cart is the host's");
}

/// What the proxy tells of a restaurant at which the guest is logged in, or is not.
fn restaurant(logged_in: bool) -> Message {
    Message::RestaurantRead(Ok(contract::restaurant::RestaurantResponse {
        restaurant: "pirogi".to_owned(),
        name: "Пироги".to_owned(),
        currency: "RUB".to_owned(),
        login_keys: Vec::new(),
        logged_in,
    }))
}

#[test]
fn a_guest_whose_browser_has_the_cookie_goes_on_where_they_were() {
    let mut model = Model::new(key);
    update(&mut model, Message::CartChanged(cart(2)));
    assert_eq!(update(&mut model, restaurant(false)), []);
    let effects = update(&mut model, restaurant(true));
    assert!(matches!(&effects[..], [Effect::Tell(HostEvent::Login), Effect::Preview(..)]), "{effects:?}");
    assert_eq!((model.step, &model.session), (Step::Preview, &Some(Session::Cookie)));
    let effects = update(&mut model, Message::LogoutPressed);
    assert_eq!(effects, [Effect::Logout(Session::Cookie), Effect::Tell(HostEvent::Logout)]);
}

#[test]
fn a_guest_who_has_begun_to_log_in_is_not_taken_elsewhere_by_a_cookie() {
    let mut asking = Model::new(key);
    update(&mut asking, Message::KeyTyped("9990001122".to_owned()));
    update(&mut asking, Message::KeySubmitted);
    for mut model in [asking, at_code(), logged_in().0] {
        let before = (model.step, model.session.clone());
        assert_eq!(update(&mut model, restaurant(true)), []);
        assert_eq!((model.step, model.session), before);
    }
}

#[test]
fn a_session_without_a_token_is_in_a_cookie() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    let session = contract::login::VerifyLoginResponse { token: None, expires_in_s: 3600 };
    update(&mut model, Message::LoggedIn(Ok(session)));
    assert_eq!((model.step, model.session), (Step::Preview, Some(Session::Cookie)));
}

#[test]
fn a_code_is_submitted_when_it_is_as_long_as_the_proxy_said() {
    let mut model = at_code();
    if let Some(challenge) = &mut model.challenge {
        challenge.code_length = 4;
    }
    update(&mut model, Message::CodeTyped("123".to_owned()));
    assert_eq!(model.action, None);
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    assert_eq!((model.code.as_str(), model.action), ("1234", Some(Action::VerifyLogin)));
}

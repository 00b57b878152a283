//! Logging in by a card or an application's code, where the restaurant allows it, and guests nobody knows.

use contract::error::ErrorCode;
use contract::login::{LoginKey, VerifyLoginResponse};
use contract::restaurant::RestaurantResponse;

use super::{at_code, cart, key, previewed, refused};
use crate::state::{Action, Effect, Failure, HostEvent, Message, Model, Step, update};

/// A model that knows that cards and codes open the session too, with the field of a card's number.
fn at_card() -> Model {
    let mut model = Model::new(key);
    update(&mut model, Message::CartChanged(cart(2)));
    let login_keys = vec![LoginKey::Phone, LoginKey::Card, LoginKey::AppCode];
    let restaurant = RestaurantResponse {
        restaurant: "chashka".to_owned(),
        name: "Чашка".to_owned(),
        currency: "RUB".to_owned(),
        login_keys,
        logged_in: false,
    };
    update(&mut model, Message::RestaurantRead(Ok(restaurant)));
    update(&mut model, Message::LoginBy(LoginKey::Card));
    model
}

#[test]
fn a_restaurant_nobody_can_tell_about_leaves_the_phone_and_shows_nothing_broken() {
    for failure in [Failure::Offline, Failure::Malformed, refused(ErrorCode::UnknownRestaurant)] {
        let mut model = Model::new(key);
        assert_eq!(update(&mut model, Message::RestaurantRead(Err(failure))), []);
        assert_eq!((&model.problem, model.login_by), (&None, LoginKey::Phone));
        update(&mut model, Message::KeyTyped("9990001122".to_owned()));
        assert_eq!(
            update(&mut model, Message::KeySubmitted),
            [Effect::StartLogin("+79990001122".to_owned())]
        );
    }
}

#[test]
fn the_restaurants_answer_leaves_what_is_typed_alone() {
    let mut model = Model::new(key);
    update(&mut model, Message::KeyTyped("999".to_owned()));
    update(&mut model, Message::RestaurantRead(Err(Failure::Timeout)));
    assert_eq!(model.phone, "+7 999");
}

#[test]
fn a_card_opens_the_session_by_itself() {
    let mut model = at_card();
    // A scanner types fast and ends with the enter key.
    for end in 1..=16 {
        update(&mut model, Message::KeyTyped("2200770012345678"[..end].to_owned()));
    }
    let sent = Effect::KeyLogin(LoginKey::Card, "2200770012345678".to_owned());
    assert_eq!(update(&mut model, Message::KeySubmitted), [sent]);
    assert_eq!(update(&mut model, Message::KeySubmitted), [], "pressed twice");
    let session = VerifyLoginResponse { token: Some("token".to_owned()), expires_in_s: 3600 };
    let effects = update(&mut model, Message::LoggedIn(Ok(session)));
    assert!(matches!(&effects[..], [Effect::Tell(HostEvent::Login), Effect::Preview(..)]), "{effects:?}");
    assert_eq!(model.step, Step::Preview);
}

#[test]
fn a_key_is_sent_as_it_stands_without_the_space_around_it() {
    let mut model = at_card();
    update(&mut model, Message::LoginBy(LoginKey::AppCode));
    update(&mut model, Message::KeyTyped(" AP-4711-OLGA ".to_owned()));
    let sent = Effect::KeyLogin(LoginKey::AppCode, "AP-4711-OLGA".to_owned());
    assert_eq!(update(&mut model, Message::KeySubmitted), [sent]);
}

#[test]
fn an_empty_key_sends_nothing_and_says_so() {
    let mut model = at_card();
    update(&mut model, Message::KeyTyped("  ".to_owned()));
    assert_eq!(update(&mut model, Message::KeySubmitted), []);
    assert!(model.key_incomplete);
    update(&mut model, Message::KeyTyped("2".to_owned()));
    assert!(!model.key_incomplete);
}

#[test]
fn the_way_to_log_in_is_not_changed_while_a_key_is_checked() {
    let mut model = at_card();
    update(&mut model, Message::KeyTyped("2200".to_owned()));
    update(&mut model, Message::KeySubmitted);
    update(&mut model, Message::LoginBy(LoginKey::Phone));
    assert_eq!(model.login_by, LoginKey::Card);
}

#[test]
fn another_way_begins_with_an_empty_field_and_the_phone_is_kept() {
    let mut model = at_card();
    update(&mut model, Message::KeyTyped("2200".to_owned()));
    update(&mut model, Message::LoginBy(LoginKey::Phone));
    update(&mut model, Message::KeyTyped("999".to_owned()));
    update(&mut model, Message::LoginBy(LoginKey::AppCode));
    assert_eq!((model.key.as_str(), model.phone.as_str()), ("", "+7 999"));
}

#[test]
fn a_refused_key_stays_to_be_mended() {
    for code in [ErrorCode::TooManyTries, ErrorCode::LoginKeyNotAllowed, ErrorCode::NotAMember] {
        let mut model = at_card();
        update(&mut model, Message::KeyTyped("2200".to_owned()));
        update(&mut model, Message::KeySubmitted);
        assert_eq!(
            update(&mut model, Message::LoggedIn(Err(refused(code)))),
            [Effect::Tell(HostEvent::Error)]
        );
        assert_eq!((model.step, model.key.as_str(), model.action), (Step::Phone, "2200", None));
        assert!(model.problem.as_ref().is_some_and(|problem| problem.retry.is_none()), "{code:?}");
    }
}

#[test]
fn a_key_lost_on_the_way_can_be_sent_again() {
    let mut model = at_card();
    update(&mut model, Message::KeyTyped("2200".to_owned()));
    let sent = update(&mut model, Message::KeySubmitted);
    update(&mut model, Message::LoggedIn(Err(Failure::Offline)));
    assert_eq!(update(&mut model, Message::RetryPressed), sent);
}

#[test]
fn who_is_no_member_is_led_back_to_the_phone_with_the_reason() {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    let told = update(&mut model, Message::LoggedIn(Err(refused(ErrorCode::NotAMember))));
    assert_eq!(told, [Effect::Tell(HostEvent::Error)]);
    assert_eq!((model.step, model.phone.as_str()), (Step::Phone, "+7 999 000-11-22"));
    assert_eq!((&model.challenge, model.code.as_str()), (&None, ""));
    let problem = model.problem.as_ref().expect("the reason");
    assert_eq!(problem.failure.refusal(), Some(ErrorCode::NotAMember));
    assert_eq!(model.cart, Some(cart(2)), "the host's checkout goes on");
}

#[test]
fn who_stops_being_a_member_is_logged_out_with_the_reason() {
    let mut model = previewed(10_000);
    update(&mut model, Message::CartChanged(cart(3)));
    let revision = model.revision;
    let told = update(&mut model, Message::Previewed(revision, Err(refused(ErrorCode::NotAMember))));
    assert_eq!(told, [Effect::Tell(HostEvent::Logout), Effect::Tell(HostEvent::Error)]);
    assert_eq!((model.step, model.session), (Step::Phone, None));
    assert!(model.problem.is_some());
}

#[test]
fn logging_out_forgets_the_card() {
    let mut model = at_card();
    update(&mut model, Message::KeyTyped("2200".to_owned()));
    model.action = Some(Action::VerifyLogin);
    let session = VerifyLoginResponse { token: Some("token".to_owned()), expires_in_s: 3600 };
    update(&mut model, Message::LoggedIn(Ok(session)));
    update(&mut model, Message::LogoutPressed);
    assert_eq!((model.key.as_str(), model.capabilities), ("", None));
}

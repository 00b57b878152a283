//! The payment code.

use contract::payment_code::PaymentCodeResponse;

use super::confirmed;
use crate::state::{Effect, Failure, HostEvent, Message, Model, Step, update};

fn code(digits: &str, ttl_s: u32) -> PaymentCodeResponse {
    PaymentCodeResponse { code: digits.to_owned(), ttl_s }
}

/// A model that shows a payment code good for five minutes.
fn showing_code() -> Model {
    let mut model = confirmed();
    update(&mut model, Message::CodePressed);
    update(&mut model, Message::CodeIssued(Ok(code("0000042", 300))));
    model
}

#[test]
fn a_code_is_shown_drawn_and_told() {
    let mut model = confirmed();
    assert_eq!(update(&mut model, Message::CodePressed), [Effect::IssueCode]);
    let effects = update(&mut model, Message::CodeIssued(Ok(code("0000042", 300))));
    assert_eq!(effects, [Effect::DrawQr("00000420".to_owned()), Effect::Tell(HostEvent::PaymentCode)]);
    assert_eq!(model.step, Step::PaymentCode);
}

#[test]
fn a_symbol_of_an_older_code_is_never_shown() {
    let mut model = showing_code();
    update(&mut model, Message::CodePressed);
    update(&mut model, Message::CodeIssued(Ok(code("0000007", 300))));
    update(&mut model, Message::QrDrawn(vec![1], "00000420".to_owned()));
    assert!(model.qr.is_empty());
    update(&mut model, Message::QrDrawn(vec![1], "00000079".to_owned()));
    assert_eq!(model.qr, [1]);
}

#[test]
fn an_expired_code_is_taken_away_and_renewed_by_itself() {
    let mut model = showing_code();
    assert_eq!(update(&mut model, Message::Tick(299)), []);
    assert_eq!(update(&mut model, Message::Tick(300)), [Effect::IssueCode]);
    assert_eq!(model.payment_code, None);
    assert_eq!(update(&mut model, Message::Tick(301)), [], "once");
}

#[test]
fn a_renewal_that_failed_waits_for_the_guest() {
    let mut model = showing_code();
    update(&mut model, Message::Tick(300));
    update(&mut model, Message::CodeIssued(Err(Failure::Offline)));
    assert_eq!(update(&mut model, Message::Tick(301)), []);
    assert_eq!(update(&mut model, Message::RetryPressed), [Effect::IssueCode]);
}

#[test]
fn the_way_back_leads_to_what_is_frozen() {
    let mut model = showing_code();
    update(&mut model, Message::BackPressed);
    assert_eq!((model.step, model.payment_code), (Step::Confirmed, None));
}

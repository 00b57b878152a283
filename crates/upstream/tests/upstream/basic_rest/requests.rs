//! Each request, compared with the JSON that the basic REST API documents.

use contract::Money;
use jiff::Timestamp;
use serde_json::{Value, json};
use upstream::LoyaltyProgram;
use upstream::program::{Confirmation, Confirmed, GuestKey};

use super::{confirmed, contents, documented_stub, ivan};
use crate::order::{order_id, question};
use crate::stub::Stub;

const CLIENT_ID: &str = "62aXXXXXXX6";
const POINT: &str = "62aXXXXXXf4";

/// These requests and no others were sent, with the key and to these addresses.
fn assert_sent(stub: &Stub, expected: &[(&str, Value)]) {
    let sent = stub.all();
    for request in &sent {
        assert_eq!(request.method, "POST");
        assert_eq!(request.api_key.as_deref(), Some("key"));
        assert_eq!(request.authorization, None);
    }
    let sent: Vec<_> = sent.iter().map(|request| (request.path.as_str(), request.json())).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(operation, body)| (format!("/basic/integration/general/{operation}"), body.clone()))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(path, body)| (path.as_str(), body.clone())).collect();
    assert_eq!(sent, expected);
}

fn search() -> (&'static str, Value) {
    ("client", json!({"search": "79200000000", "point": POINT}))
}

#[tokio::test]
async fn a_guest_is_searched_for_by_phone_card_or_code() {
    for (key, text) in [
        (ivan(), "79200000000"),
        (GuestKey::Card("23000001GF".to_owned()), "23000001GF"),
        (GuestKey::AppCode("0042".to_owned()), "0042"),
    ] {
        let stub = documented_stub().await;
        stub.basic_rest().guest(&key).await.expect("an answer").expect("a guest");
        assert_sent(&stub, &[("client", json!({"search": text, "point": POINT}))]);
    }
}

#[tokio::test]
async fn a_calculation_searches_for_the_client_first() {
    let stub = documented_stub().await;
    stub.basic_rest().calculate(question(&ivan(), &contents())).await.expect("a calculation");
    let recalc = ("recalc", json!({"client": CLIENT_ID, "point": POINT, "amount": 100}));
    assert_sent(&stub, &[search(), recalc]);
}

fn confirmation<'a>(
    guest: &'a GuestKey,
    order: &'a upstream::program::OrderContents,
    payment: i64,
) -> Confirmation<'a> {
    let payment = Money::from_minor(payment);
    Confirmation { order_id: order_id(), reference: None, guest, order, echo: CLIENT_ID, payment }
}

#[tokio::test]
async fn a_confirm_holds_the_chosen_bonuses_for_ten_minutes() {
    let stub = documented_stub().await;
    let done = stub.basic_rest().confirm(confirmation(&ivan(), &contents(), 10_000)).await;
    let until = Timestamp::from_second(1_704_045_600).expect("a time");
    let expected = Confirmed { reference: Some(CLIENT_ID.to_owned()), held_until: Some(until) };
    assert_eq!(done, Ok(expected));
    let body = json!({"client": CLIENT_ID, "point": POINT, "amount": 100, "duration": 10});
    assert_sent(&stub, &[("bonuses/hold", body)]);
}

#[tokio::test]
async fn a_confirm_without_bonuses_holds_nothing() {
    let stub = documented_stub().await;
    let done = stub.basic_rest().confirm(confirmation(&ivan(), &contents(), 0)).await;
    assert_eq!(done, Ok(Confirmed { reference: Some(CLIENT_ID.to_owned()), held_until: None }));
    assert_sent(&stub, &[]);
}

#[tokio::test]
async fn a_reset_and_a_cancel_release_and_search_only_where_the_confirms_answer_was_lost() {
    let release = ("bonuses/release", json!({"client": CLIENT_ID, "point": POINT}));
    let (guest, payment) = (ivan(), Money::from_minor(10_000));
    let told = confirmed(&guest, Some(CLIENT_ID), payment);
    let lost = confirmed(&guest, None, payment);
    for (order, expected) in [(told, vec![release.clone()]), (lost, vec![search(), release.clone()])] {
        let stub = documented_stub().await;
        stub.basic_rest().reset(order, Timestamp::UNIX_EPOCH).await.expect("released");
        assert_sent(&stub, &expected);

        let stub = documented_stub().await;
        stub.basic_rest().abort(order, Timestamp::UNIX_EPOCH).await.expect("released");
        assert_sent(&stub, &expected);
    }
}

#[tokio::test]
async fn a_close_books_the_sale_with_what_was_held_or_nothing() {
    for (payment, spend) in [(10_000, json!(100)), (0, json!(0))] {
        let stub = documented_stub().await;
        let guest = ivan();
        let order = confirmed(&guest, Some(CLIENT_ID), Money::from_minor(payment));
        stub.basic_rest().close(order, Timestamp::UNIX_EPOCH).await.expect("booked");
        let body = json!({"client": CLIENT_ID, "point": POINT, "amount": 100, "spend": spend});
        assert_sent(&stub, &[("retail", body)]);
    }
}

//! The server's side of the contract: every type reads and writes the fixture that the browser's side reads and writes
//! in the widget's browser tests, so the two cannot part.

use contract::cart::Cart;
use contract::error::{ErrorCode, ErrorResponse};
use contract::login::{
    KeyLoginRequest, StartLoginRequest, StartLoginResponse, VerifyLoginRequest, VerifyLoginResponse,
};
use contract::order::{ConfirmRequest, OrderRequest, OrderResponse};
use contract::payment_code::PaymentCodeResponse;
use contract::preview::{PreviewRequest, PreviewResponse};
use contract::restaurant::RestaurantResponse;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/contract.json")).expect("the fixture is JSON")
}

fn assert_same<T: Serialize + DeserializeOwned>(name: &str) {
    let json = fixture().get(name).cloned().unwrap_or_else(|| panic!("no fixture for {name}"));
    let read: T = serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(serde_json::to_value(read).expect("writes"), json, "{name}");
}

#[test]
fn every_type_writes_what_it_reads() {
    assert_same::<Cart>("Cart");
    assert_same::<StartLoginRequest>("StartLoginRequest");
    assert_same::<StartLoginResponse>("StartLoginResponse");
    assert_same::<VerifyLoginRequest>("VerifyLoginRequest");
    assert_same::<VerifyLoginResponse>("VerifyLoginResponse");
    assert_same::<KeyLoginRequest>("KeyLoginRequest");
    assert_same::<RestaurantResponse>("RestaurantResponse");
    assert_same::<PreviewRequest>("PreviewRequest");
    assert_same::<PreviewResponse>("PreviewResponse");
    assert_same::<ConfirmRequest>("ConfirmRequest");
    assert_same::<OrderRequest>("OrderRequest");
    assert_same::<OrderResponse>("OrderResponse");
    assert_same::<PaymentCodeResponse>("PaymentCodeResponse");
    assert_same::<ErrorResponse>("ErrorResponse");
    assert_eq!(fixture().as_object().map(serde_json::Map::len), Some(14), "a fixture without a test");
}

#[test]
fn a_missing_field_and_an_unknown_one_are_refused() {
    for wrong in [r#"{"order_id":"o"}"#, r#"{"order_id":"o","preview_id":"p","spend_minor":1,"amount":2}"#] {
        assert!(serde_json::from_str::<ConfirmRequest>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_amount_is_an_integer() {
    for wrong in ["1.5", "\"100\"", "null", "1e3", "99999999999999999999"] {
        let json = format!(r#"{{"order_id":"o","preview_id":"p","spend_minor":{wrong}}}"#);
        assert!(serde_json::from_str::<ConfirmRequest>(&json).is_err(), "{wrong}");
    }
}

#[test]
fn every_error_code_is_its_own_text() {
    for code in ErrorCode::ALL {
        assert_eq!(serde_json::to_value(code).expect("writes"), code.as_str());
    }
}

//! The browser's side of the contract, on the fixture that the server's side reads and writes.

use contract::browser::Json;
use contract::cart::Cart;
use contract::error::ErrorResponse;
use contract::login::{
    KeyLoginRequest, StartLoginRequest, StartLoginResponse, VerifyLoginRequest, VerifyLoginResponse,
};
use contract::order::{ConfirmRequest, OrderRequest, OrderResponse};
use contract::payment_code::PaymentCodeResponse;
use contract::preview::{PreviewRequest, PreviewResponse};
use contract::restaurant::RestaurantResponse;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const FIXTURE: &str = include_str!("../../crates/contract/fixtures/contract.json");

fn text(value: &JsValue) -> String {
    JSON::stringify(value).expect("JSON").into()
}

fn assert_same<T: Json>(name: &str) {
    let fixtures = JSON::parse(FIXTURE).expect("the fixture is JSON");
    let json = Reflect::get(&fixtures, &name.into()).expect("an object");
    assert!(!json.is_undefined(), "no fixture for {name}");
    let read = T::read(&json).unwrap_or_else(|| panic!("{name} is not read"));
    assert_eq!(text(&read.write()), text(&json), "{name}");
}

#[wasm_bindgen_test]
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
}

#[wasm_bindgen_test]
fn absent_optional_fields_read_as_none_and_unknown_fields_are_passed_over() {
    let json = JSON::parse(r#"{"code":"internal","message":"m","news":1}"#).expect("JSON");
    let error = ErrorResponse::read(&json).expect("an error");
    assert_eq!((error.field, error.limit_minor), (None, None));
}

#[wasm_bindgen_test]
fn another_shape_is_not_read() {
    for wrong in [
        "null",
        "[]",
        "1",
        r#"{"order_id":"o"}"#,
        r#"{"order_id":"o","preview_id":"p","spend_minor":1.5}"#,
        r#"{"order_id":"o","preview_id":"p","spend_minor":"1"}"#,
        r#"{"order_id":"o","preview_id":"p","spend_minor":1e300}"#,
    ] {
        assert!(ConfirmRequest::read(&JSON::parse(wrong).expect("JSON")).is_none(), "{wrong}");
    }
}

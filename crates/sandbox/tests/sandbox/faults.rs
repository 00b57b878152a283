//! Failures on demand.

use std::time::Duration;

use axum::http::StatusCode;
use sandbox::{Fault, Kind};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::orders::{Cart, plain};
use crate::stand::{IVAN, ORDER, Stand, guest_request, request};

#[tokio::test]
async fn a_fault_strikes_its_path_for_the_times_asked_and_then_no_more() {
    let stand = Stand::start().await;
    stand.sandbox.faults().inject("guests/getWallet", Fault::Status(503), 2);
    for _ in 0..2 {
        stand.call("guests/get", guest_request(IVAN)).await.ok();
        let answer = stand.call_unseen("guests/getWallet", guest_request(IVAN)).await;
        answer.status_is(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.text, "");
    }
    stand.call("guests/getWallet", guest_request(IVAN)).await.ok();

    stand.sandbox.faults().inject("", Fault::Status(500), u32::MAX);
    let answer = stand.call_unseen("guests/get", guest_request(IVAN)).await;
    answer.status_is(StatusCode::INTERNAL_SERVER_ERROR);
    stand.sandbox.faults().clear();
    stand.call("guests/get", guest_request(IVAN)).await.ok();
}

#[tokio::test]
async fn faults_of_one_path_follow_one_another() {
    let stand = Stand::start().await;
    stand.sandbox.faults().inject("guests/get", Fault::plazius_error("1013", "not closed"), 1);
    stand.sandbox.faults().inject("guests/get", Fault::Html, 1);
    let message = stand.call("guests/get", guest_request(IVAN)).await.refused("1013");
    assert_eq!(message, "not closed");
    let html = stand.call_unseen("guests/get", guest_request(IVAN)).await;
    html.status_is(StatusCode::OK);
    assert!(html.text.starts_with("<!doctype html>"));
    stand.call("guests/get", guest_request(IVAN)).await.ok();
}

#[tokio::test]
async fn spoiled_answers_are_of_operations_that_were_done() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    let body = cart.confirm_body(ORDER, &cart.fingerprint(&stand).await, 10_000);

    stand.sandbox.faults().inject("orders/confirm", Fault::TruncatedBody, 1);
    let half = stand.call_unseen("orders/confirm", body.clone()).await;
    half.status_is(StatusCode::OK);
    assert!(!half.text.is_empty());
    assert!(serde_json::from_str::<Value>(&half.text).is_err(), "{}", half.text);
    assert_eq!(stand.done(), [Kind::Confirmed]);

    stand.sandbox.faults().inject("orders/confirm", Fault::EmptyBody, 1);
    let empty = stand.call_unseen("orders/confirm", body.clone()).await;
    empty.status_is(StatusCode::OK);
    assert_eq!(empty.text, "");

    stand.sandbox.faults().inject("guests/getWallet", Fault::WrongTypes, 1);
    let wallet = stand.call_unseen("guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!(wallet["balance"], json!("0"));
    assert_eq!(stand.call("orders/confirm", body).await.ok(), json!({ "id": ORDER }));
    assert_eq!(stand.done(), [Kind::Confirmed]);
}

#[tokio::test]
async fn a_lost_answer_is_of_a_confirmation_that_a_retry_does_not_repeat() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    let body = cart.confirm_body(ORDER, &cart.fingerprint(&stand).await, 10_000);
    let confirm = || request(Some(stand.token()), "orders/confirm", body.to_string());

    stand.sandbox.faults().inject("orders/confirm", Fault::DropBefore, 1);
    assert!(stand.try_send(confirm()).await.is_none());
    assert_eq!(stand.done(), []);

    stand.sandbox.faults().inject("orders/confirm", Fault::DropAfterCommit, 1);
    assert!(stand.try_send(confirm()).await.is_none());
    assert_eq!(stand.done(), [Kind::Confirmed]);
    assert_eq!(stand.balance(IVAN).await, "0");

    stand.send(confirm()).await.ok();
    assert_eq!(stand.done(), [Kind::Confirmed]);
}

#[tokio::test(start_paused = true)]
async fn a_delayed_operation_is_done_after_the_delay() {
    let stand = Stand::start().await;
    stand.sandbox.faults().inject("guests/get", Fault::Delay(Duration::from_secs(20)), 1);
    let started = tokio::time::Instant::now();
    stand.call("guests/get", guest_request(IVAN)).await.ok();
    assert!(started.elapsed() >= Duration::from_secs(20));
}

/// Over a real connection: a client must see it close and never a whole answer.
#[tokio::test]
async fn a_dropped_connection_brings_no_answer() {
    let stand = Stand::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let router = stand.sandbox.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });

    for fault in [Fault::DropBefore, Fault::DropAfterCommit] {
        stand.sandbox.faults().inject("guests/get", fault.clone(), 1);
        let body = guest_request(IVAN).to_string();
        let head = format!(
            "POST /plazius/b2b/v1/loyalty/guests/get HTTP/1.1\r\nhost: {address}\r\nauthorization: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            stand.token(),
            body.len()
        );
        let mut connection = tokio::net::TcpStream::connect(address).await.expect("listening");
        connection.write_all(format!("{head}{body}").as_bytes()).await.expect("sent");
        let mut received = Vec::new();
        // Reset or closed, both end it.
        let _ = connection.read_to_end(&mut received).await;
        let text = String::from_utf8_lossy(&received);
        assert!(!text.contains("0\r\n\r\n") && !text.contains("phone"), "{fault:?}: {text}");
    }
    server.abort();
}

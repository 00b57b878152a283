//! Failures that only one system or one part of a call knows; what all calls share is in the matrix.

use std::time::Duration;

use clock::Clock;
use jiff::Timestamp;
use tokio::io::AsyncReadExt;
use upstream::{LoyaltyProgram, UpstreamError};

use crate::order::{guest, order_ref};
use crate::stub::{Stub, plazius};

fn refusal(code: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#)
}

#[tokio::test]
async fn an_unknown_guest_and_an_unknown_order_are_no_errors() {
    let stub = Stub::start(|_| (400, refusal("3007"), Duration::ZERO)).await;
    assert_eq!(stub.plazius().guest(&guest()).await, Ok(None));
    let stub = Stub::start(|_| (400, refusal("9004"), Duration::ZERO)).await;
    assert_eq!(stub.plazius().order(order_ref(&guest())).await, Ok(None));
}

#[tokio::test]
async fn silence_during_the_token_exchange_leaves_nothing_in_doubt() {
    let stub = Stub::start(|_| (200, "{}".to_owned(), Duration::from_secs(30))).await;
    let error = stub.plazius().reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("no token");
    assert_eq!(error, UpstreamError::Timeout { in_doubt: false });
}

#[tokio::test]
async fn an_https_address_is_spoken_to_in_tls_only() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let first_byte = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.read_u8().await.expect("a byte")
    });
    let program = plazius(&format!("https://{address}"), Clock::manual(Timestamp::UNIX_EPOCH), true);
    let error = program.reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("no TLS server");
    assert!(matches!(error, UpstreamError::Unavailable { in_doubt: false, .. }), "{error:?}");
    // 22 is the record type of a TLS handshake (RFC 8446, 5.1).
    assert_eq!(first_byte.await.expect("no panic"), 22);
}

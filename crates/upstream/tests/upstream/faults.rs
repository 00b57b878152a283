//! How the client fails: in the documented way, within its time, and without sending a write twice.

use std::time::{Duration, Instant};

use clock::Clock;
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use upstream::{LoyaltyProgram, UpstreamError};

use crate::order::{guest, order_ref};
use crate::stub::{Stub, plazius};

fn refusal(code: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#)
}

#[tokio::test]
async fn each_documented_code_reaches_the_caller() {
    for code in ["1001", "1002", "1013", "1014", "2004", "9004"] {
        let stub = Stub::start(move |_| (400, refusal(code), Duration::ZERO)).await;
        let error = stub.plazius().wallet(&guest()).await.expect_err("refused");
        assert_eq!(error, UpstreamError::Refused { code: code.to_owned(), message: "words".to_owned() });
        assert_eq!(stub.operations().len(), 1, "a refusal is not repeated");
    }
}

#[tokio::test]
async fn an_unknown_guest_and_an_unknown_order_are_no_errors() {
    let stub = Stub::start(|_| (400, refusal("3007"), Duration::ZERO)).await;
    assert_eq!(stub.plazius().guest(&guest()).await, Ok(None));
    let stub = Stub::start(|_| (400, refusal("9004"), Duration::ZERO)).await;
    assert_eq!(stub.plazius().order(order_ref(&guest())).await, Ok(None));
}

#[tokio::test]
async fn a_read_is_repeated_after_a_breakdown_and_a_write_is_not() {
    let stub = Stub::start(|_| (503, String::new(), Duration::ZERO)).await;
    let error = stub.plazius().wallet(&guest()).await.expect_err("down");
    assert!(matches!(error, UpstreamError::Unavailable { .. }), "{error:?}");
    assert_eq!(stub.operations().len(), 3);

    let stub = Stub::start(|_| (503, String::new(), Duration::ZERO)).await;
    let error = stub.plazius().reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("down");
    assert!(error.in_doubt(), "{error:?}");
    assert_eq!(stub.operations().len(), 1);
}

#[tokio::test]
async fn half_a_json_is_malformed_and_a_write_so_answered_is_in_doubt() {
    let stub = Stub::start(|_| (200, r#"{"id":"46b7c469-d99c"#.to_owned(), Duration::ZERO)).await;
    let error = stub.plazius().close(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("half");
    assert!(matches!(error, UpstreamError::Malformed { in_doubt: true, .. }), "{error:?}");
    assert_eq!(stub.operations().len(), 1);
}

#[tokio::test]
async fn silence_ends_at_the_limit() {
    let stub = Stub::start(|request| {
        let silent = !request.path.ends_with("/auth/gentoken");
        (200, "{}".to_owned(), Duration::from_secs(if silent { 30 } else { 0 }))
    })
    .await;
    let asked = Instant::now();
    assert_eq!(stub.plazius().wallet(&guest()).await, Err(UpstreamError::Timeout { in_doubt: true }));
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn silence_during_the_token_exchange_leaves_nothing_in_doubt() {
    let stub = Stub::start(|_| (200, "{}".to_owned(), Duration::from_secs(30))).await;
    let error = stub.plazius().reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("no token");
    assert_eq!(error, UpstreamError::Timeout { in_doubt: false });
}

#[tokio::test]
async fn a_refused_connection_leaves_nothing_in_doubt() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let program = plazius(&format!("http://{address}"), Clock::manual(Timestamp::UNIX_EPOCH), true);
    let error = program.reset(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("nobody there");
    assert!(matches!(error, UpstreamError::Unavailable { in_doubt: false, .. }), "{error:?}");
}

/// A server that gives a token and then treats every further connection as `answer` says, counting them.
async fn breaking_server(answer: &'static [u8]) -> (std::net::SocketAddr, tokio::sync::watch::Receiver<u32>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (count, counted) = tokio::sync::watch::channel(0);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 64 * 1024];
            let read = stream.read(&mut request).await.expect("a request");
            let is_exchange = request[..read].windows(8).any(|window| window == b"gentoken");
            let token = br#"{"token":"t","aliveSecondsTtl":900}"#;
            let head =
                format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", token.len());
            let whole = [head.as_bytes(), token].concat();
            if !is_exchange {
                count.send_modify(|count| *count += 1);
            }
            stream.write_all(if is_exchange { &whole } else { answer }).await.expect("written");
        }
    });
    (address, counted)
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_a_write_in_doubt_and_sent_once() {
    let cut: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":";
    for answer in [b"".as_slice(), cut] {
        let (address, operations) = breaking_server(answer).await;
        let program = plazius(&format!("http://{address}"), Clock::manual(Timestamp::UNIX_EPOCH), true);
        let error = program.abort(order_ref(&guest()), Timestamp::UNIX_EPOCH).await.expect_err("broken");
        assert!(matches!(error, UpstreamError::Unavailable { in_doubt: true, .. }), "{error:?}");
        assert_eq!(*operations.borrow(), 1);
    }
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_refused() {
    let stub = Stub::start(|_| (200, " ".repeat(5 * 1024 * 1024), Duration::ZERO)).await;
    let error = stub.plazius().wallet(&guest()).await.expect_err("too large");
    assert!(matches!(error, UpstreamError::Malformed { .. }), "{error:?}");
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

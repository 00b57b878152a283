//! More than the proxy can do, and a loyalty system that is down: said at once, and over as soon as it can be.

use std::time::Duration;

use proxy::config::Edge;
use sandbox::Fault;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::test_app::{IVAN, TestApp, dinner};

#[tokio::test]
async fn who_comes_when_all_hands_are_busy_is_asked_to_come_back_and_health_is_told_all_the_same() {
    let app = TestApp::spawn_with(Edge { max_requests: 1, ..Edge::default() }).await;
    let guest = app.guest(IVAN).await;
    app.running.sandbox().faults().inject("guests/getWallet", Fault::Delay(Duration::from_secs(2)), 1);
    let busy = guest.get("/api/v1/wallet");
    let others = async {
        let turned_away = loop {
            let answer = app.get("/api/v1/restaurant/pirogi").await;
            if answer.status != 200 {
                break answer;
            }
        };
        assert_eq!(turned_away.headers["retry-after"], "1");
        assert_eq!(turned_away.refused(503, "upstream_unavailable")["retry_after_s"], 1);
        for path in ["/healthz", "/readyz"] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
    };
    let (answer, ()) = tokio::join!(busy, others);
    answer.ok();
    app.get("/api/v1/restaurant/pirogi").await.ok();
    assert!(app.running.metrics_text().contains("loyalty_proxy_shed_requests_total 1"));
    app.finish().await;
}

/// Sends a request whose body comes byte by byte, until the proxy answers.
async fn trickle(app: &TestApp) -> String {
    let address = app.running.base_url().trim_start_matches("http://").trim_end_matches('/');
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut reader, mut writer) = stream.into_split();
    let head = "POST /api/v1/login/start HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    writer.write_all(head.as_bytes()).await.expect("sent");
    let trickling = tokio::spawn(async move {
        while writer.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = vec![0; 4096];
    let length = reader.read(&mut answer).await.expect("an answer");
    trickling.abort();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn a_body_that_trickles_is_not_waited_for() {
    let app = TestApp::spawn_with(Edge { body_timeout_ms: 200, ..Edge::default() }).await;
    let answer = trickle(&app).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    app.finish().await;
}

#[tokio::test]
async fn a_loyalty_system_that_is_down_is_left_alone_and_found_again() {
    let app = TestApp::spawn_with(Edge { breaker_failures: 2, ..Edge::default() }).await;
    let guest = app.guest(IVAN).await;
    for path in ["guests/get", "guests/getWallet"] {
        app.running.sandbox().faults().inject(path, Fault::Status(503), 100);
    }
    let state = |number: u8| {
        let line = format!(r#"loyalty_proxy_breaker_state{{restaurant="pirogi",system="plazius"}} {number}"#);
        app.running.metrics_text().lines().any(|told| told == line)
    };
    assert!(state(0));
    while !state(2) {
        guest.get("/api/v1/wallet").await.refused(503, "upstream_unavailable");
    }
    app.running.sandbox().faults().clear();
    guest.get("/api/v1/wallet").await.refused(503, "upstream_unavailable");
    assert!(app.running.metrics_text().contains(r#"outcome="breaker_open""#));
    app.pass(10);
    guest.get("/api/v1/wallet").await.ok();
    assert!(state(0));
    app.finish().await;
}

#[tokio::test]
async fn a_confirm_that_an_open_breaker_stops_leaves_the_order_open() {
    let app = TestApp::spawn_with(Edge { breaker_failures: 1, ..Edge::default() }).await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    app.running.sandbox().faults().inject("guests/getWallet", Fault::Status(503), 3);
    guest.get("/api/v1/wallet").await.refused(503, "upstream_unavailable");
    guest.confirm_once("once", &preview, 10_000).await.refused(503, "upstream_unavailable");
    // Nothing was sent, so nothing is in doubt: the order need not be looked up to be known to be open.
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    assert_eq!(app.accepted(sandbox::Kind::Confirmed), 0);
    app.pass(10);
    assert_eq!(guest.confirm_once("once", &preview, 10_000).await.ok()["state"], "confirmed");
    assert_eq!(app.accepted(sandbox::Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn what_happens_is_counted() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    app.start_login(IVAN).await.ok();
    app.start_login(IVAN).await.refused(429, "resend_too_early");
    app.verify(&json!({"challenge_id": "none"}), "000000").await.refused(410, "code_spent");
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    guest.confirm(&preview, 10_000).await.refused(409, "order_state_conflict");
    app.get("/api/v1/wallet/+79990001122").await.refused(404, "invalid_request");
    let text = app.running.metrics_text();
    for line in [
        r#"loyalty_proxy_login_steps_total{step="started"} 3"#,
        r#"loyalty_proxy_login_steps_total{step="sent"} 2"#,
        r#"loyalty_proxy_login_messages_total{sender="inbox",outcome="sent"} 2"#,
        r#"loyalty_proxy_login_refusals_total{limit="resend_wait"} 1"#,
        r#"loyalty_proxy_login_steps_total{step="verified"} 1"#,
        r#"loyalty_proxy_login_steps_total{step="spent"} 1"#,
        r#"loyalty_proxy_spends_total{result="confirmed"} 1"#,
        r#"loyalty_proxy_spends_total{result="rejected"} 1"#,
        r#"loyalty_proxy_requests_total{route="/api/v1/order/confirm",method="POST",status="200"} 1"#,
        r#"loyalty_proxy_requests_total{route="unknown",method="GET",status="404"} 1"#,
        r#"loyalty_proxy_upstream_calls_total{restaurant="pirogi",system="plazius",operation="confirm",outcome="answered"} 1"#,
    ] {
        assert!(text.lines().any(|told| told == line), "no `{line}` in\n{text}");
    }
    app.finish().await;
}

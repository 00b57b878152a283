//! How many codes are sent and tried: for a phone, for numbers like it, from an address; and what a page's message is
//! bound to.

use contract::login::Embedding;
use proxy::config::Limits;
use serde_json::json;

use crate::gateway::{Gateway, SendingProxy, nobody, sms_ru};
use crate::senders::code_in;
use crate::test_app::{IVAN, TestApp};

/// SMS.ru taking every message.
async fn taking_all() -> Gateway {
    Gateway::start(|request| {
        let form = request.form();
        let taken = json!({"status_code": 100, "sms": {&form[1].1: {"status_code": 100}}});
        Some((200, taken.to_string()))
    })
    .await
}

/// A proxy that trusts the machine it runs on, with these limits.
async fn limited(gateway: &Gateway, limits: &str) -> SendingProxy {
    let more = format!("trusted_proxies = [\"127.0.0.1\"]\n\n[limits]\n{limits}");
    SendingProxy::start(&["sms"], &sms_ru("sms", gateway.address), &more).await
}

fn phone(range: u32, number: u32) -> String {
    format!("+7999{range:03}{number:04}")
}

#[tokio::test]
async fn a_phone_is_sent_five_codes_in_any_day_whether_they_were_used_or_not() {
    let app = TestApp::spawn().await;
    app.guest(IVAN).await;
    app.pass(2 * 3600);
    for wait_s in [60, 180, 300] {
        app.start_login(IVAN).await.ok();
        app.pass(wait_s);
    }
    let fifth = app.start_login(IVAN).await.ok();
    let told_s = fifth["resend_after_s"].as_i64().expect("seconds");
    assert!((21 * 3600..23 * 3600).contains(&told_s), "the day's last code says so: {fifth}");
    // The day is longer than the wait between two codes: that its end is told earlier would be a promise not kept.
    let at_once = app.start_login(IVAN).await.refused(429, "too_many_requests");
    assert_eq!(at_once["retry_after_s"], told_s);
    app.pass(600);
    let answer = app.start_login(IVAN).await;
    let header = answer.headers["retry-after"].to_str().expect("text").to_owned();
    let error = answer.refused(429, "too_many_requests");
    assert_eq!(error["retry_after_s"], told_s - 600);
    assert_eq!(header, (told_s - 600).to_string());
    app.start_login("+79991234567").await.ok();
    app.pass(told_s - 601);
    app.start_login(IVAN).await.refused(429, "too_many_requests");
    app.pass(1);
    app.start_login(IVAN).await.ok();
    assert!(app.has_counted(r#"loyalty_proxy_login_refusals_total{limit="phone_day"} 3"#));
    assert!(app.has_counted(r#"loyalty_proxy_login_messages_total{sender="inbox",outcome="sent"} 7"#));
    app.finish().await;
}

#[tokio::test]
async fn numbers_that_differ_in_their_last_four_digits_share_a_limit() {
    let gateway = taking_all().await;
    let proxy = limited(&gateway, "codes_per_prefix_hour = 3").await;
    for (number, waits) in [(0, 60..61), (1, 60..61), (2, 3600..3661)] {
        let told = proxy.start_login(&phone(123, number)).await.ok();
        assert!(waits.contains(&told["resend_after_s"].as_i64().expect("seconds")), "{number}: {told}");
    }
    for number in [2, 9999] {
        let error = proxy.start_login(&phone(123, number)).await.refused(429, "too_many_requests");
        assert!((3600..=3660).contains(&error["retry_after_s"].as_i64().expect("seconds")), "{error}");
    }
    let error = proxy.start_login(&phone(123, 9999)).await.refused(429, "too_many_requests");
    proxy.start_login(&phone(124, 0)).await.ok();
    let left_s = error["retry_after_s"].as_i64().expect("seconds");
    assert!((3600..=3660).contains(&left_s), "{error}");
    proxy.pass(left_s - 1);
    proxy.start_login(&phone(123, 9999)).await.refused(429, "too_many_requests");
    proxy.pass(1);
    proxy.start_login(&phone(123, 9999)).await.ok();
    assert_eq!(gateway.received().len(), 5);
    proxy.stop().await;
}

#[tokio::test]
async fn a_restaurants_network_with_two_hundred_guests_is_served() {
    let gateway = taking_all().await;
    let proxy = limited(&gateway, "").await;
    for number in 0..200 {
        proxy.start_login(&phone(100 + number / 10, number)).await.ok();
    }
    proxy.stop().await;
}

#[tokio::test]
async fn an_address_has_a_limit_that_no_claim_evades() {
    let gateway = taking_all().await;
    let proxy = limited(&gateway, "codes_per_address_hour = 2").await;
    let ask = async |forwarded: &str, number: u32| {
        let headers = [("x-forwarded-for", forwarded)];
        proxy.start_login_with(&headers, &json!({"phone": phone(number, 0)})).await
    };
    ask("203.0.113.5", 101).await.ok();
    ask("198.51.100.1, 203.0.113.5", 102).await.ok();
    ask("198.51.100.2, 203.0.113.5", 103).await.refused(429, "too_many_requests");
    ask("203.0.113.6", 104).await.ok();
    ask("2001:db8:0:1::1", 105).await.ok();
    ask("2001:db8:0:1::2", 106).await.ok();
    ask("2001:db8:0:1:ffff::3", 107).await.refused(429, "too_many_requests");
    ask("2001:db8:0:2::1", 108).await.ok();
    proxy.pass(3660);
    ask("203.0.113.5", 103).await.ok();
    proxy.stop().await;
}

#[tokio::test]
async fn a_forwarded_address_is_believed_only_once_the_server_that_tells_it_is_trusted() {
    let gateway = taking_all().await;
    let more = "\n\n[limits]\ncodes_per_address_hour = 2";
    let senders = sms_ru("sms", gateway.address);
    let mut proxy = SendingProxy::start(&["sms"], &senders, more).await;
    for (number, status) in [(101, 200), (102, 200), (103, 429), (104, 200)] {
        if number == 104 {
            proxy.reload(&["sms"], &senders, &format!("trusted_proxies = [\"127.0.0.1\"]{more}"));
        }
        let claimed = format!("203.0.113.{number}");
        let headers = [("x-forwarded-for", claimed.as_str())];
        let answer = proxy.start_login_with(&headers, &json!({"phone": phone(number, 0)})).await;
        assert_eq!(answer.status, status, "{number}");
    }
    proxy.stop().await;
}

#[tokio::test]
async fn checks_from_an_address_have_a_limit_too() {
    let gateway = taking_all().await;
    let proxy = limited(&gateway, "checks_per_address_hour = 3").await;
    let challenge = proxy.start_login(IVAN).await.ok();
    let code = code_in(&gateway.only().form()[2].1);
    for _ in 0..3 {
        proxy.verify(&json!({"challenge_id": "nonsense"}), &code).await.refused(410, "code_spent");
    }
    let error = proxy.verify(&challenge, &code).await.refused(429, "too_many_requests");
    assert!(error["retry_after_s"].as_u64().expect("seconds") >= 3600);
    proxy.stop().await;
}

#[tokio::test]
async fn many_wrong_codes_raise_the_alarm_until_they_stop() {
    let limits = Limits { failed_checks_least: 4, ..Limits::default() };
    let app = TestApp::spawn_limited(limits).await;
    for _ in 0..4 {
        app.verify(&json!({"challenge_id": "nonsense"}), "000000").await.refused(410, "code_spent");
    }
    assert!(app.has_counted(r#"loyalty_proxy_login_steps_total{step="spent"} 4"#));
    assert!(app.has_counted("loyalty_proxy_login_alarm 1"));
    app.pass(5 * 60);
    assert!(app.has_counted("loyalty_proxy_login_alarm 0"));
    app.finish().await;
}

#[tokio::test]
async fn asking_for_a_code_asks_the_loyalty_system_nothing() {
    let upstream = Gateway::answering(500, "").await;
    let gateway = taking_all().await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    let senders = sms_ru("sms", gateway.address);
    let proxy = SendingProxy::start_in(dir, upstream.address, &["sms"], &senders, "").await;
    let challenge = proxy.start_login(IVAN).await.ok();
    proxy.start_login("+79991234567").await.ok();
    proxy.start_login("+79991234567").await.refused(429, "resend_too_early");
    assert!(upstream.received().is_empty(), "{:?}", upstream.received());
    let code = code_in(&gateway.received()[0].form()[2].1);
    proxy.verify(&challenge, &code).await.ok();
    assert!(!upstream.received().is_empty(), "it is asked at the login");
    proxy.stop().await;
}

#[tokio::test]
async fn a_message_is_bound_to_the_restaurants_page_and_to_no_other() {
    let gateway = taking_all().await;
    let senders = sms_ru("sms", gateway.address);
    let more = "public_origin = \"https://loyalty.example\"";
    let proxy = SendingProxy::start_in(
        tempfile::tempdir().expect("a scratch folder"),
        nobody(),
        &["sms"],
        &senders,
        more,
    )
    .await;
    let page = "https://pirogi.example";
    for (number, page_origin, embedding, end) in [
        (0, Some(page), None, "\n\n@pirogi.example #CODE"),
        (1, Some(page), Some(Embedding::Page), "\n\n@pirogi.example #CODE"),
        (2, Some(page), Some(Embedding::Iframe), "\n\n@pirogi.example #CODE @loyalty.example"),
        (3, Some("https://loyalty.example"), None, "\n\n@loyalty.example #CODE"),
        (4, Some("https://pirogi.example.evil.example"), None, "не называйте."),
        (5, Some("https://evil.example"), Some(Embedding::Iframe), "не называйте."),
        (6, None, None, "не называйте."),
    ] {
        let embedding = embedding.map(Embedding::as_str);
        let fields = json!({"phone": phone(123, number), "page_origin": page_origin, "embedding": embedding});
        proxy.start_login_with(&[], &fields).await.ok();
        let text = gateway.received().last().expect("a message").form()[2].1.clone();
        let end = end.replace("CODE", &code_in(&text));
        assert!(text.ends_with(&end), "{fields}: {text}");
    }
    proxy.stop().await;
}

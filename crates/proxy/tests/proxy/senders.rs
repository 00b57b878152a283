//! How login codes leave: the request each sender makes, what it takes for a failure, and who is tried next.

use serde_json::{Value, json};

use crate::gateway::{Gateway, KEY, SHORT, SendingProxy, nobody, sms_ru, sms_ru_taken, telegram};

const PHONE: &str = "+79990001122";

/// The code in a message.
pub(crate) fn code_in(text: &str) -> String {
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
    code.unwrap_or_else(|| panic!("no code in {text}")).to_owned()
}

/// A sender by template that is at `address`.
fn http(name: &str, address: impl std::fmt::Display, rest: &str) -> String {
    format!("[senders.{name}]\nkind = \"http\"\nurl = \"http://{address}/send\"\n{rest}\n")
}

#[tokio::test]
async fn sms_ru_is_asked_as_it_describes_and_the_code_it_sends_logs_in() {
    let gateway = Gateway::answering(200, sms_ru_taken()).await;
    let proxy =
        SendingProxy::start(&["sms"], &format!("{}from = \"Pirogi\"\n", sms_ru("sms", gateway.address)), "")
            .await;
    let challenge = proxy.start_login(PHONE).await.ok();
    let request = gateway.only();
    assert_eq!((request.method.as_str(), request.uri.as_str()), ("POST", "/sms/send"));
    let form = request.form();
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["api_id", "to", "msg", "json", "from"]);
    assert_eq!((form[0].1.as_str(), form[1].1.as_str(), form[3].1.as_str()), (KEY, "79990001122", "1"));
    assert!(form[2].1.contains("«Пироги да Фрукты»"), "{form:?}");
    // The loyalty system is away, which must not keep a guest from logging in.
    proxy.verify(&challenge, &code_in(&form[2].1)).await.ok();
    proxy.stop().await;
}

#[tokio::test]
async fn telegram_is_asked_as_it_describes() {
    let gateway =
        Gateway::answering(200, json!({"ok": true, "result": {"request_id": "1"}}).to_string()).await;
    let more = "\n\n[limits]\ncode_ttl_s = 20";
    let proxy = SendingProxy::start(&["tg"], &telegram("tg", gateway.address), more).await;
    let challenge = proxy.start_login(PHONE).await.ok();
    let request = gateway.only();
    assert_eq!((request.method.as_str(), request.uri.as_str()), ("POST", "/sendVerificationMessage"));
    assert_eq!(request.header("authorization"), format!("Bearer {KEY}"));
    let body = request.json();
    let code = body["code"].as_str().expect("a code");
    assert_eq!(body, json!({"phone_number": PHONE, "code": code, "ttl": 30}));
    proxy.verify(&challenge, code).await.ok();
    proxy.stop().await;
}

#[tokio::test]
async fn a_gateway_by_template_is_asked_in_json_with_its_secrets() {
    let gateway = Gateway::answering(200, r#"{"result": {"accepted": true}}"#).await;
    let sender = http(
        "any",
        gateway.address,
        r#"method = "PUT"
           headers = { Content-Type = "application/json", X-Key = "Key {password}" }
           body = '{"messages": [{"to": "{phone_digits}", "text": "{text}", "code": "{code}"}]}'
           secrets = { password = { env = "KEY" } }
           success_pointer = "/result/accepted"
           success_value = true"#,
    );
    let proxy = SendingProxy::start(&["any"], &sender, "").await;
    proxy.start_login(PHONE).await.ok();
    let request = gateway.only();
    assert_eq!((request.method.as_str(), request.uri.as_str()), ("PUT", "/send"));
    assert_eq!(request.header("x-key"), format!("Key {KEY}"));
    let message = &request.json()["messages"][0];
    assert_eq!(message["to"], "79990001122");
    assert_eq!(message["code"], code_in(message["text"].as_str().expect("a text")));
    proxy.stop().await;
}

#[tokio::test]
async fn a_gateway_by_template_is_asked_by_its_address_alone() {
    let gateway = Gateway::answering(204, "").await;
    let sender = format!(
        "[senders.any]\nkind = \"http\"\nmethod = \"GET\"\n\
         url = \"http://{}/{{key}}/send?to={{phone}}&msg={{text}}\"\nsecrets = {{ key = {{ env = \"KEY\" }} }}\n",
        gateway.address
    );
    let proxy = SendingProxy::start(&["any"], &sender, "").await;
    proxy.start_login(PHONE).await.ok();
    let request = gateway.only();
    assert!(request.uri.starts_with(&format!("/{KEY}/send?to=%2B79990001122&msg=")), "{}", request.uri);
    assert!(request.uri.contains("%20"), "{}", request.uri);
    assert_eq!(request.text, "");
    proxy.stop().await;
}

/// Whether a proxy whose only sender is this one says that the code was sent.
async fn sends(sender: &str) -> bool {
    let proxy = SendingProxy::start(&["x"], sender, "").await;
    let answer = proxy.start_login(PHONE).await;
    let sent = answer.status == 200;
    if !sent {
        answer.refused(503, "sms_not_sent");
    }
    proxy.stop().await;
    sent
}

#[tokio::test]
async fn what_sms_ru_does_not_take_is_not_sent() {
    let number = |code: u32| json!({"status": "OK", "status_code": 100, "sms": {"79990001122": {"status_code": code}}});
    let other = json!({"status_code": 100, "sms": {"79990002233": {"status_code": 100}}});
    for (status, body) in [
        (200, number(207).to_string()),
        (200, json!({"status": "ERROR", "status_code": 200}).to_string()),
        (200, other.to_string()),
        (200, json!({"status_code": "100"}).to_string()),
        (200, "100\n000000-10000000".to_owned()),
        (200, String::new()),
        (500, sms_ru_taken()),
        (302, sms_ru_taken()),
    ] {
        let gateway = Gateway::answering(status, body.clone()).await;
        assert!(!sends(&sms_ru("x", gateway.address)).await, "{status} {body}");
    }
}

#[tokio::test]
async fn what_telegram_does_not_take_is_not_sent() {
    for (status, body) in [
        (200, r#"{"ok": false, "error": "PHONE_NUMBER_INVALID"}"#),
        (200, r#"{"result": {}}"#),
        (200, "<html>"),
        (401, r#"{"ok": true}"#),
    ] {
        let gateway = Gateway::answering(status, body).await;
        assert!(!sends(&telegram("x", gateway.address)).await, "{status} {body}");
    }
}

#[tokio::test]
async fn a_gateway_by_template_must_answer_what_is_expected() {
    let success = "success_pointer = \"/code\"\nsuccess_value = 0";
    for (status, body, rest, sent) in [
        (200, "anything", "", true),
        (202, "", "", true),
        (300, "", "", false),
        (404, "", "", false),
        (200, r#"{"code": 0}"#, success, true),
        (200, r#"{"code": 1}"#, success, false),
        (200, r#"{"code": "0"}"#, success, false),
        (200, r#"{"status": 0}"#, success, false),
        (200, "ok", success, false),
        (500, r#"{"code": 0}"#, success, false),
    ] {
        let gateway = Gateway::answering(status, body).await;
        assert_eq!(sends(&http("x", gateway.address, rest)).await, sent, "{status} {body} {rest}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let gateway = Gateway::answering(200, " ".repeat(5 * 1024 * 1024)).await;
    assert!(!sends(&sms_ru("x", gateway.address)).await);
}

#[tokio::test]
async fn the_next_sender_is_tried_where_one_fails_and_none_after_a_success() {
    let silent = Gateway::start(|_| None).await;
    let refusing = Gateway::answering(200, r#"{"ok": false}"#).await;
    let taking = Gateway::answering(200, sms_ru_taken()).await;
    let unneeded = Gateway::answering(200, "").await;
    let senders = [
        sms_ru("nobody", nobody()),
        format!("{}timeout_ms = {}\n", telegram("silent", silent.address), SHORT.as_millis()),
        telegram("refusing", refusing.address),
        sms_ru("taking", taking.address),
        http("unneeded", unneeded.address, "timeout_ms = 500"),
    ];
    let order = ["nobody", "silent", "refusing", "taking", "unneeded"];
    let more = "\n\n[limits]\nrequest_timeout_ms = 20000";
    let proxy = SendingProxy::start(&order, &senders.concat(), more).await;
    let challenge = proxy.start_login(PHONE).await.ok();
    let codes: Vec<Value> =
        [&silent, &refusing].iter().map(|gateway| gateway.only().json()["code"].clone()).collect();
    let code = code_in(&taking.only().form()[2].1);
    for (sender, outcome) in
        [("nobody", "not_reached"), ("silent", "timed_out"), ("refusing", "refused"), ("taking", "sent")]
    {
        let line =
            format!(r#"loyalty_proxy_login_messages_total{{sender="{sender}",outcome="{outcome}"}} 1"#);
        assert!(proxy.has_counted(&line), "{line}");
    }
    assert_eq!(codes, [json!(code), json!(code)], "every sender has the same code");
    assert!(unneeded.received().is_empty());
    proxy.verify(&challenge, &code).await.ok();
    proxy.stop().await;
}

#[tokio::test]
async fn a_reload_changes_by_whom_codes_leave_and_where_the_proxy_is() {
    let former = Gateway::answering(200, sms_ru_taken()).await;
    let later = Gateway::answering(200, sms_ru_taken()).await;
    let mut proxy = SendingProxy::start(&["former"], &sms_ru("former", former.address), "").await;
    let challenge = proxy.start_login(PHONE).await.ok();
    proxy.pass(60);
    let senders = [sms_ru("former", former.address), sms_ru("later", later.address)].concat();
    let more = "public_origin = \"https://loyalty.example\"";
    let changes: [&str; 0] = [];
    assert_eq!(proxy.reload(&["later"], &senders, more), changes);
    let code = code_in(&former.only().form()[2].1);
    proxy.verify(&challenge, &code).await.ok();
    proxy.start_login_with(&[], &json!({"page_origin": "https://loyalty.example"})).await.ok();
    let text = later.only().form()[2].1.clone();
    assert!(text.ends_with(&format!("@loyalty.example #{}", code_in(&text))), "{text}");
    for sender in ["former", "later"] {
        let line = format!(r#"loyalty_proxy_login_messages_total{{sender="{sender}",outcome="sent"}} 1"#);
        assert!(proxy.has_counted(&line), "{line}");
    }
    proxy.stop().await;
}

#[tokio::test]
async fn where_no_sender_takes_it_the_guest_may_ask_again_at_once() {
    let refusing = Gateway::answering(200, r#"{"ok": false}"#).await;
    let senders = [sms_ru("nobody", nobody()), telegram("refusing", refusing.address)];
    let proxy = SendingProxy::start(&["nobody", "refusing"], &senders.concat(), "").await;
    for _ in 0..7 {
        proxy.start_login(PHONE).await.refused(503, "sms_not_sent");
    }
    proxy.stop().await;
}

#[tokio::test]
async fn a_message_that_may_have_left_counts_as_sent() {
    let silent = Gateway::start(|_| None).await;
    let sender = format!("{}timeout_ms = {}\n", telegram("silent", silent.address), SHORT.as_millis());
    let proxy = SendingProxy::start(&["silent"], &sender, "").await;
    proxy.start_login(PHONE).await.refused(503, "sms_not_sent");
    proxy.start_login(PHONE).await.refused(429, "resend_too_early");
    assert_eq!(silent.received().len(), 1);
    proxy.stop().await;
}

#[tokio::test]
async fn a_code_under_the_former_pepper_logs_in_after_the_change() {
    let gateway = Gateway::answering(200, sms_ru_taken()).await;
    let senders = sms_ru("sms", gateway.address);
    let dir = tempfile::tempdir().expect("a scratch folder");
    let pepper = dir.path().join("pepper");
    std::fs::write(&pepper, "another pepper").expect("written");
    let proxy = SendingProxy::start_in(dir, nobody(), &["sms"], &senders, "").await;
    let challenge = proxy.start_login(PHONE).await.ok();
    let code = code_in(&gateway.only().form()[2].1);
    let dir = proxy.stop().await;
    let changed = format!("pepper = {{ file = {pepper:?} }}\nprevious_pepper = {{ env = \"KEY\" }}");
    let proxy = SendingProxy::start_in(dir, nobody(), &["sms"], &senders, &changed).await;
    proxy.verify(&challenge, &code).await.ok();
    proxy.stop().await;
}

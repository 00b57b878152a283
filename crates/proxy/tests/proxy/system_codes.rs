//! Login codes that Plazius sends and checks, with the proxy's own limits before it.

use std::time::{Duration, Instant};

use proxy::config::{Secret, SystemCodes};
use sandbox::Fault;
use serde_json::{Value, json};

use crate::test_app::{IVAN, TestApp, http_client, request};

const UNKNOWN: &str = "+79991234567";

/// The demo whose first restaurant lets Plazius send its codes.
async fn spawn() -> TestApp {
    let mut app = TestApp::spawn().await;
    app.reload(|config| {
        config.restaurants[0].codes = Some(SystemCodes {
            api_key: Secret::new("demo-plazius-site"),
            origin: Some("https://pirogi.example".to_owned()),
            digits: 6,
        });
    });
    app
}

/// What Plazius has sent, newest first.
async fn sent(app: &TestApp) -> Value {
    let uri = format!("{}/sandbox/sms", app.running.sandbox_url());
    request(&http_client(), "GET", &uri, &[], &Value::Null).await.ok()
}

async fn newest_code(app: &TestApp) -> String {
    sent(app).await[0]["code"].as_str().expect("a code").to_owned()
}

fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

#[tokio::test]
async fn a_guest_logs_in_with_a_code_that_plazius_sent() {
    let app = spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    assert_eq!((&challenge["resend_after_s"], &challenge["code_length"]), (&json!(60), &json!(6)));
    assert_eq!(app.get("/demo/sms.json").await.ok(), json!([]), "no sender of ours had it");
    let code = newest_code(&app).await;
    let session = app.verify(&challenge, &code).await.ok();
    assert_eq!(app.session(&session).balance_minor().await, 10_000);
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    assert!(app.has_counted(r#"loyalty_proxy_login_messages_total{sender="plazius",outcome="sent"} 1"#));
    assert!(app.has_counted(r#"loyalty_proxy_login_steps_total{step="verified"} 1"#));
    app.finish().await;
}

#[tokio::test]
async fn known_and_unknown_phones_are_answered_alike_and_no_sooner() {
    let app = spawn().await;
    let mut answers = Vec::new();
    for (phone, fault) in
        [(IVAN, None), (UNKNOWN, None), ("+79991234568", Some(Fault::plazius_error("3007", "no such guest")))]
    {
        if let Some(fault) = fault {
            app.running.sandbox().faults().inject("auth/sendsms", fault, 1);
        }
        let asked = Instant::now();
        let mut answer = app.start_login(phone).await.ok();
        assert!(asked.elapsed() >= Duration::from_millis(600), "{phone}: {:?}", asked.elapsed());
        answer["challenge_id"].take();
        answers.push(answer);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    app.finish().await;
}

#[tokio::test]
async fn five_codes_are_tried_and_the_sixth_asks_nobody() {
    let app = spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = newest_code(&app).await;
    for (tries_left, told) in
        [(4, "x"), (3, ""), (2, "12345678901234567"), (1, &wrong(&code)), (0, &wrong(&code))]
    {
        let error = app.verify(&challenge, told).await.refused(422, "wrong_code");
        assert_eq!(error["tries_left"], tries_left);
    }
    // Plazius would take it still: it was asked twice.
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    app.finish().await;
}

#[tokio::test]
async fn of_many_who_tell_the_right_code_at_once_one_is_let_in() {
    let app = spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = newest_code(&app).await;
    let tries = futures_util::future::join_all((0..20).map(|_| app.verify(&challenge, &code))).await;
    assert_eq!(tries.iter().filter(|answer| answer.status == 200).count(), 1, "{tries:?}");
    app.finish().await;
}

#[tokio::test]
async fn our_waits_and_limits_stand_before_plazius() {
    let app = spawn().await;
    app.start_login(IVAN).await.ok();
    app.pass(59);
    app.start_login(IVAN).await.refused(429, "resend_too_early");
    app.pass(1);
    assert_eq!(app.start_login(IVAN).await.ok()["resend_after_s"], 180);
    app.pass(180);
    app.start_login(IVAN).await.ok();
    app.pass(300);
    app.start_login(IVAN).await.ok();
    app.pass(600);
    app.start_login(IVAN).await.ok();
    app.pass(3600);
    app.start_login(IVAN).await.refused(429, "too_many_requests");
    assert_eq!(sent(&app).await.as_array().map(Vec::len), Some(5));
    app.finish().await;
}

#[tokio::test]
async fn a_code_that_plazius_did_not_send_gives_the_turn_back_and_one_in_doubt_does_not() {
    let app = spawn().await;
    let faults = app.running.sandbox().faults();
    for fault in [Fault::plazius_error("9004", "no"), Fault::Status(401), Fault::Status(429)] {
        faults.inject("auth/sendsms", fault, 1);
        app.start_login(IVAN).await.refused(503, "sms_not_sent");
    }
    faults.inject("auth/sendsms", Fault::DropAfterCommit, 1);
    app.start_login(IVAN).await.refused(503, "sms_not_sent");
    app.start_login(IVAN).await.refused(429, "resend_too_early");
    app.finish().await;
}

#[tokio::test]
async fn a_try_that_plazius_may_have_judged_is_used_up_and_no_other() {
    let app = spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = newest_code(&app).await;
    let faults = app.running.sandbox().faults();
    faults.inject("auth/checksms", Fault::Status(429), 1);
    app.verify(&challenge, &wrong(&code)).await.refused(503, "upstream_unavailable");
    let error = app.verify(&challenge, &wrong(&code)).await.refused(422, "wrong_code");
    assert_eq!(error["tries_left"], 4, "nothing was judged before");
    faults.inject("auth/checksms", Fault::Html, 1);
    app.verify(&challenge, &wrong(&code)).await.refused(502, "upstream_malformed");
    let error = app.verify(&challenge, &wrong(&code)).await.refused(422, "wrong_code");
    assert_eq!(error["tries_left"], 2);
    app.verify(&challenge, &code).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_code_of_ours_stays_good_when_plazius_takes_over() {
    let mut app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    app.reload(|config| {
        let api_key = Secret::new("demo-plazius-site");
        config.restaurants[0].codes = Some(SystemCodes { api_key, origin: None, digits: 6 });
    });
    app.verify(&challenge, &code).await.ok();
    app.finish().await;
}

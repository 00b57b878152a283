//! Logging in by phone.

use contract::login::CODE_LENGTH;
use serde_json::json;

use crate::test_app::{Guest, IVAN, TestApp};

/// Six digits that are not the code.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

#[tokio::test]
async fn a_guest_logs_in_with_the_code_that_was_sent() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    assert_eq!((&challenge["resend_after_s"], &challenge["expires_in_s"]), (&json!(60), &json!(300)));
    let inbox = app.get("/demo/sms.json").await.ok();
    let message = &inbox[0];
    assert_eq!(message["phone"], IVAN);
    let code = message["code"].as_str().expect("a code");
    assert_eq!((code.len(), &challenge["code_length"]), (6, &json!(CODE_LENGTH)));
    assert!(message["text"].as_str().expect("a text").contains(code));
    assert_eq!(message["sent_at"], "2026-11-23T10:00:00Z");

    let session = app.verify(&challenge, code).await.ok();
    assert!(session["token"].as_str().expect("a token").len() >= 43, "256 bits");
    assert!(session["expires_in_s"].as_u64().expect("seconds") > 0);
    app.finish().await;
}

#[tokio::test]
async fn malformed_phones_and_unknown_countries_are_refused_and_nothing_is_sent() {
    let app = TestApp::spawn().await;
    for phone in
        ["", "79990001122", "+7 999 000-11-22", "+7999000", "+79990001122334455", "+71110001122", "<b>"]
    {
        let error = app.start_login(phone).await.refused(422, "invalid_phone");
        assert_eq!(error["field"], "phone", "{phone}");
    }
    for phone in ["+9991234567890", "+4915112345678"] {
        app.start_login(phone).await.refused(422, "country_not_allowed");
    }
    assert_eq!(app.get("/demo/sms.json").await.ok(), json!([]));
    app.finish().await;
}

#[tokio::test]
async fn an_unknown_restaurant_is_refused() {
    let app = TestApp::spawn().await;
    let body = json!({"restaurant": "nobody", "phone": IVAN});
    app.post("/api/v1/login/start", &body).await.refused(404, "unknown_restaurant");
    app.finish().await;
}

#[tokio::test]
async fn known_and_unknown_phones_are_answered_alike() {
    let app = TestApp::spawn().await;
    let mut answers = Vec::new();
    for phone in [IVAN, "+79991234567"] {
        let mut answer = app.start_login(phone).await.ok();
        answer["challenge_id"].take();
        answers.push(answer);
    }
    assert_eq!(answers[0], answers[1]);
    app.finish().await;
}

#[tokio::test]
async fn a_code_is_good_for_five_tries() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    for tries_left in (0..5).rev() {
        let error = app.verify(&challenge, &wrong(&code)).await.refused(422, "wrong_code");
        assert_eq!(error["tries_left"], tries_left);
    }
    app.verify(&challenge, &wrong(&code)).await.refused(410, "code_spent");
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    app.finish().await;
}

#[tokio::test]
async fn a_wrong_code_leaves_the_right_one_good() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    app.verify(&challenge, &wrong(&code)).await.refused(422, "wrong_code");
    app.verify(&challenge, &code).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_code_is_used_once_even_by_two_at_a_time() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    let (one, other) = tokio::join!(app.verify(&challenge, &code), app.verify(&challenge, &code));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    app.finish().await;
}

#[tokio::test]
async fn a_code_expires_after_five_minutes() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    app.pass(300);
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    app.finish().await;
}

#[tokio::test]
async fn a_code_belongs_to_its_own_challenge() {
    let app = TestApp::spawn().await;
    let ivans = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    let other = app.start_login("+79991234567").await.ok();
    if app.newest_code().await != code {
        app.verify(&other, &code).await.refused(422, "wrong_code");
    }
    app.verify(&json!({"challenge_id": "nonsense"}), &code).await.refused(410, "code_spent");
    app.verify(&ivans, &code).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn another_code_may_be_sent_after_growing_waits_and_replaces_the_first() {
    let app = TestApp::spawn().await;
    let first = app.start_login(IVAN).await.ok();
    let first_code = app.newest_code().await;
    // The fifth is the day's last, which its answer says.
    for (wait_s, next_s) in [(60, 180), (180, 300), (300, 600), (600, 24 * 3600 + 900 - 1140)] {
        app.pass(wait_s - 1);
        let answer = app.start_login(IVAN).await;
        assert_eq!(answer.headers["retry-after"], "1");
        assert_eq!(answer.refused(429, "resend_too_early")["retry_after_s"], 1);
        app.pass(1);
        assert_eq!(app.start_login(IVAN).await.ok()["resend_after_s"], next_s);
    }
    app.verify(&first, &first_code).await.refused(410, "code_spent");
    app.finish().await;
}

#[tokio::test]
async fn a_new_code_replaces_a_living_one() {
    let app = TestApp::spawn().await;
    let first = app.start_login(IVAN).await.ok();
    let first_code = app.newest_code().await;
    app.pass(60);
    let second = app.start_login(IVAN).await.ok();
    app.verify(&first, &first_code).await.refused(410, "code_spent");
    let code = app.newest_code().await;
    app.verify(&second, &code).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn an_unknown_guest_joins_the_programme_by_logging_in() {
    let app = TestApp::spawn().await;
    let guest = app.guest("+79991234567").await;
    let wallet = guest.get("/api/v1/wallet").await.ok();
    assert_eq!((&wallet["balance_minor"], &wallet["name"]), (&json!(0), &json!(null)));
    assert!(wallet["masked_key"].as_str().expect("a phone").ends_with("4567"));
    app.finish().await;
}

#[tokio::test]
async fn a_guest_logs_in_while_the_loyalty_system_is_away_and_joins_later() {
    let app = TestApp::spawn().await;
    app.running.sandbox().faults().inject("guests/get", sandbox::Fault::DropBefore, 3);
    let guest = app.guest("+79991234567").await;
    assert_eq!(guest.balance_minor().await, 0);
    app.finish().await;
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    guest.get("/api/v1/wallet").await.ok();
    let left = guest.post("/api/v1/logout", &json!({})).await;
    assert!((200..300).contains(&left.status), "{left:?}");
    guest.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn a_session_ends_by_disuse_and_by_age() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    app.pass(2 * 3600);
    guest.get("/api/v1/wallet").await.refused(401, "not_logged_in");

    let guest = app.guest(IVAN).await;
    for _ in 0..11 {
        app.pass(3600);
        guest.get("/api/v1/wallet").await.ok();
    }
    app.pass(3600);
    guest.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn a_session_in_a_kiosk_is_the_shortest() {
    let app = TestApp::spawn().await;
    for (embedding, idle_s, ttl_s) in
        [("kiosk", 180, 900), ("iframe", 3600, 6 * 3600), ("page", 2 * 3600, 12 * 3600)]
    {
        for (uses_s, steps) in [(idle_s, 1), (idle_s - 30, (ttl_s + idle_s - 31) / (idle_s - 30))] {
            app.pass(24 * 3600 + 900);
            let challenge = app.start_login(IVAN).await.ok();
            let code = app.newest_code().await;
            let body = json!({
                "challenge_id": challenge["challenge_id"], "code": code, "embedding": embedding
            });
            let session = app.post("/api/v1/login/verify", &body).await.ok();
            assert_eq!(session["expires_in_s"], idle_s, "{embedding}");
            let token = session["token"].as_str().expect("a token").to_owned();
            let guest = Guest { app: &app, token };
            for _ in 1..steps {
                app.pass(uses_s);
                guest.get("/api/v1/wallet").await.ok();
            }
            app.pass(uses_s);
            guest.get("/api/v1/wallet").await.refused(401, "not_logged_in");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let app = TestApp::spawn().await;
    let token = app.guest(IVAN).await.token;
    let app = app.restart().await;
    let bearer = format!("Bearer {token}");
    app.send("GET", "/api/v1/wallet", &[("authorization", &bearer)], "").await.ok();
    app.finish().await;
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_told() {
    let app = TestApp::spawn().await;
    for header in ["", "Bearer", "Bearer x", "Basic abc", "bearer  "] {
        app.send("GET", "/api/v1/wallet", &[("authorization", header)], "")
            .await
            .refused(401, "not_logged_in");
    }
    app.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}

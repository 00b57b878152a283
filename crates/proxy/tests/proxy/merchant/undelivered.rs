//! Webhooks that are not heard: sent again further and further apart, given up, and sent anew when the restaurant says so.

use serde_json::json;

use super::confirmed;
use super::receiver::Receiver;
use crate::test_app::{IVAN, MARIA, TestApp};

/// The shortest waits between attempts, in seconds; each webhook waits up to a tenth longer.
const WAITS_S: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// A confirmed order of which the restaurant's server does not hear.
async fn unheard(receiver: &Receiver) -> TestApp {
    let mut app = TestApp::spawn().await;
    receiver.listen_to(&mut app);
    let guest = app.guest(IVAN).await;
    confirmed(&app, &guest, "1", 0).await;
    app.merchant().step_anew("1", "close", &json!({})).await.ok();
    app.running.run_due_work().await;
    app
}

#[tokio::test]
async fn an_attempt_that_fails_is_made_again_by_its_schedule_with_the_same_identifier_and_a_new_time() {
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let app = unheard(&receiver).await;
    assert_eq!(receiver.heard().len(), 2, "two changes, one attempt each");
    for (made, wait_s) in WAITS_S.into_iter().enumerate() {
        app.pass(wait_s - 1);
        app.running.run_due_work().await;
        assert_eq!(receiver.heard().len(), 2 * (made + 1), "not before {wait_s} s");
        app.pass(2 + wait_s / 10);
        app.running.run_due_work().await;
        assert_eq!(receiver.heard().len(), 2 * (made + 2), "after {wait_s} s and a tenth of it");
    }
    let heard = receiver.heard();
    let of_first: Vec<_> = heard.iter().filter(|one| one.id == heard[0].id).collect();
    assert_eq!(of_first.len(), 10);
    assert!(of_first.iter().all(|one| one.is_signed() && one.json() == heard[0].json()));
    let times: Vec<i64> = of_first.iter().map(|one| one.timestamp.parse().expect("seconds")).collect();
    let apart: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(apart, WAITS_S.map(|wait_s| wait_s + wait_s / 10 + 1), "when somebody looked");

    app.pass(10 * 86_400);
    app.running.run_due_work().await;
    assert_eq!(receiver.heard().len(), 20, "the tenth was the last");
    app.finish().await;
}

#[tokio::test]
async fn what_was_given_up_is_listed_and_sent_anew_when_asked() {
    let receiver = Receiver::start().await;
    receiver.answer(503);
    let app = unheard(&receiver).await;
    let merchant = app.merchant();
    assert_eq!(merchant.get("/webhooks/dead").await.ok(), json!({"webhooks": []}), "not yet");
    for wait_s in WAITS_S {
        app.pass(wait_s + wait_s / 10 + 1);
        app.running.run_due_work().await;
    }
    let dead = merchant.get("/webhooks/dead").await.ok()["webhooks"].clone();
    assert_eq!(dead.as_array().map(Vec::len), Some(2));
    let kinds = [dead[0]["type"].as_str(), dead[1]["type"].as_str()];
    assert!(kinds.contains(&Some("order.closed")) && kinds.contains(&Some("order.confirmed")), "{dead}");
    assert_eq!((&dead[0]["attempts"], &dead[0]["failure"]), (&json!(10), &json!("answered with status 503")));
    let id = dead[0]["webhook_id"].as_str().expect("an identifier");
    let stranger = app.merchant_with("demo-merchant-key-of-the-restaurant-chashka");
    stranger.resend(id, "once").await.refused(404, "invalid_request");
    assert_eq!(stranger.get("/webhooks/dead").await.ok(), json!({"webhooks": []}));

    receiver.answer(200);
    for _ in 0..2 {
        assert_eq!(merchant.resend(id, "once").await.status, 202);
    }
    app.running.run_due_work().await;
    let last = receiver.heard().pop().expect("it was sent");
    assert_eq!((last.id.as_str(), last.json()), (id, dead[0]["body"].clone()));
    assert!(last.is_signed());
    assert_eq!(merchant.get("/webhooks/dead").await.ok()["webhooks"].as_array().map(Vec::len), Some(1));
    let all = receiver.heard().len();
    assert_eq!(merchant.resend(id, "once").await.status, 202, "as the first time, and nothing is sent");
    app.running.run_due_work().await;
    assert_eq!(receiver.heard().len(), all);
    merchant.resend(id, "again").await.refused(404, "invalid_request");
    let other = dead[1]["webhook_id"].as_str().expect("an identifier");
    merchant.resend(other, "once").await.refused(422, "idempotency_mismatch");
    let path = format!("/webhooks/dead/{other}/resend");
    let error = merchant.post(&path, &[], &json!({})).await.refused(400, "invalid_request");
    assert_eq!(error["field"], "Idempotency-Key");

    app.pass(31 * 86_400);
    app.running.run_due_work().await;
    assert_eq!(merchant.get("/webhooks/dead").await.ok(), json!({"webhooks": []}), "forgotten after a month");
    app.finish().await;
}

#[tokio::test]
async fn the_operator_sees_what_was_not_heard_and_since_when() {
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let app = unheard(&receiver).await;
    let told = |name: &str, more: &str, number: i64| {
        let line = format!("loyalty_proxy_{name}{{restaurant=\"pirogi\"{more}}} {number}");
        assert!(app.has_counted(&line), "no `{line}` in\n{}", app.running.metrics_text());
    };
    told("webhook_attempts_total", r#",event="order.closed",result="failed""#, 1);
    told("webhooks_waiting", "", 2);
    app.pass(4);
    told("webhook_oldest_seconds", "", 4);
    assert!(!app.running.metrics_text().contains("webhook_retries_total{"), "each was the first attempt");
    receiver.answer(204);
    app.pass(2);
    app.running.run_due_work().await;
    for event in ["order.confirmed", "order.closed"] {
        told("webhook_attempts_total", &format!(r#",event="{event}",result="heard""#), 1);
        told("webhook_retries_total", &format!(r#",event="{event}""#), 1);
    }
    assert!(!app.running.metrics_text().contains("webhook_oldest_seconds{"), "nobody waits");

    receiver.answer(410);
    let guest = app.guest(MARIA).await;
    confirmed(&app, &guest, "2", 0).await;
    app.running.run_due_work().await;
    told("webhook_attempts_total", r#",event="order.confirmed",result="given_up""#, 1);
    told("webhooks_dead", "", 1);
    told("webhooks_waiting", "", 0);
    told("webhook_oldest_seconds", "", 0);
    app.finish().await;
}

#[tokio::test]
async fn a_server_that_is_gone_is_not_asked_again() {
    let receiver = Receiver::start().await;
    receiver.answer(410);
    let app = unheard(&receiver).await;
    app.pass(86_400);
    app.running.run_due_work().await;
    assert_eq!(receiver.heard().len(), 2);
    assert_eq!(app.merchant().get("/webhooks/dead").await.ok()["webhooks"].as_array().map(Vec::len), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn a_redirection_is_no_success_and_is_not_followed() {
    let receiver = Receiver::start().await;
    receiver.answer(302);
    let app = unheard(&receiver).await;
    app.pass(6);
    receiver.answer(204);
    app.running.run_due_work().await;
    app.pass(86_400);
    app.running.run_due_work().await;
    assert_eq!(receiver.heard().len(), 4, "twice each: what was heard is not told again");
    app.finish().await;
}

#[tokio::test]
async fn what_was_not_heard_outlives_a_restart() {
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let app = unheard(&receiver).await;
    let now = app.clock.now();
    let mut app = app.restart().await;
    assert_eq!(app.clock.now(), now, "the clock of these tests begins again");
    receiver.listen_to(&mut app);
    receiver.answer(204);
    app.pass(6);
    app.running.run_due_work().await;
    let heard = receiver.heard();
    assert_eq!(heard.len(), 4);
    let mut ids: Vec<&str> = heard.iter().map(|one| one.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 2, "the same two as before");
    app.finish().await;
}

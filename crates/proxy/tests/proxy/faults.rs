//! A loyalty system that fails: one documented error for the guest, nothing lost, nothing frozen twice.

use std::time::{Duration, Instant};

use sandbox::{Fault, Kind};
use serde_json::json;

use crate::test_app::{IVAN, TestApp, dinner};

#[tokio::test]
async fn each_documented_code_reaches_the_widget_as_a_refusal() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    for code in ["1001", "1002", "1013", "1014", "2004", "3007", "9004"] {
        app.running.sandbox().faults().inject("orders/calculate", Fault::plazius_error(code, "words"), 1);
        let error = guest.preview(&dinner()).await.refused(422, "upstream_refused");
        assert_eq!(error["upstream_code"], code);
    }
    guest.preview(&dinner()).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_preview_survives_what_passes() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    for fault in [Fault::Status(500), Fault::Status(503), Fault::DropBefore, Fault::DropAfterCommit] {
        app.running.sandbox().faults().inject("orders/calculate", fault.clone(), 1);
        guest.preview(&dinner()).await.ok();
    }
    app.finish().await;
}

#[tokio::test]
async fn a_preview_that_cannot_be_made_says_why_and_the_next_one_works() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    for (fault, status, code) in [
        (Fault::Status(500), 503, "upstream_unavailable"),
        (Fault::DropBefore, 503, "upstream_unavailable"),
        (Fault::Html, 502, "upstream_malformed"),
        (Fault::TruncatedBody, 502, "upstream_malformed"),
        (Fault::EmptyBody, 502, "upstream_malformed"),
        (Fault::WrongTypes, 502, "upstream_malformed"),
    ] {
        for path in ["orders/calculate", "guests/getWallet"] {
            app.running.sandbox().faults().inject(path, fault.clone(), 3);
            guest.preview(&dinner()).await.refused(status, code);
            app.running.sandbox().faults().clear();
        }
    }
    guest.preview(&dinner()).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_silent_system_is_given_up_at_the_limit() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    app.running.sandbox().faults().inject("orders/calculate", Fault::Delay(Duration::from_secs(60)), 1);
    let asked = Instant::now();
    guest.preview(&dinner()).await.refused(504, "upstream_timeout");
    assert!(asked.elapsed() < Duration::from_secs(14), "before the widget gives up: {:?}", asked.elapsed());
    app.finish().await;
}

#[tokio::test]
async fn a_lost_answer_to_a_confirm_is_looked_up_and_frozen_once() {
    for fault in [Fault::DropAfterCommit, Fault::TruncatedBody, Fault::EmptyBody, Fault::WrongTypes] {
        let app = TestApp::spawn().await;
        let guest = app.guest(IVAN).await;
        let preview = guest.preview(&dinner()).await.ok();
        app.running.sandbox().faults().inject("orders/confirm", fault.clone(), 1);
        let confirmed = guest.confirm_once("once", &preview, 10_000).await.ok();
        assert_eq!((&confirmed["state"], &confirmed["spend_minor"]), (&json!("confirmed"), &json!(10_000)));
        assert_eq!(guest.confirm_once("once", &preview, 10_000).await.ok(), confirmed);
        assert_eq!(app.accepted(Kind::Confirmed), 1, "{fault:?}");
        assert_eq!(guest.balance_minor().await, 0);
        app.finish().await;
    }
}

#[tokio::test]
async fn a_confirm_that_was_lost_on_its_way_is_open_again() {
    for fault in [Fault::DropBefore, Fault::Status(500), Fault::Status(503)] {
        let app = TestApp::spawn().await;
        let guest = app.guest(IVAN).await;
        let preview = guest.preview(&dinner()).await.ok();
        app.running.sandbox().faults().inject("orders/confirm", fault.clone(), 1);
        guest.confirm_once("once", &preview, 10_000).await.refused(503, "upstream_unavailable");
        assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open", "{fault:?}");
        assert_eq!(app.accepted(Kind::Confirmed), 0);
        let confirmed = guest.confirm_once("once", &preview, 10_000).await.ok();
        assert_eq!(confirmed["state"], "confirmed");
        assert_eq!(app.accepted(Kind::Confirmed), 1);
        app.finish().await;
    }
}

#[tokio::test]
async fn a_confirm_nobody_knows_of_stays_so_until_the_system_can_be_asked() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = &preview["order_id"];
    app.running.sandbox().faults().inject("orders/confirm", Fault::DropAfterCommit, 1);
    app.running.sandbox().faults().inject("orders/get", Fault::Status(503), 6);
    guest.confirm_once("once", &preview, 10_000).await.refused(503, "upstream_unavailable");
    assert_eq!(guest.order(order_id).await.ok()["state"], "confirming");
    app.running.sandbox().faults().clear();
    assert_eq!(guest.confirm_once("once", &preview, 10_000).await.ok()["state"], "confirmed");
    assert_eq!(guest.order(order_id).await.ok()["spend_minor"], 10_000);
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_confirm_nobody_knows_of_is_looked_up_after_a_restart() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = preview["order_id"].clone();
    app.running.sandbox().faults().inject("orders/confirm", Fault::DropAfterCommit, 1);
    app.running.sandbox().faults().inject("orders/get", Fault::Status(503), 3);
    guest.confirm(&preview, 10_000).await.refused(503, "upstream_unavailable");
    let app = app.restart().await;
    app.pass(120);
    let guest = app.guest(IVAN).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "confirmed");
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_confirm_that_is_never_answered_can_be_repeated_and_freezes_once() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    app.running.sandbox().faults().inject("orders/confirm", Fault::Delay(Duration::from_secs(60)), 1);
    guest.confirm_once("once", &preview, 10_000).await.refused(504, "upstream_timeout");
    assert_eq!(guest.confirm_once("once", &preview, 10_000).await.ok()["state"], "confirmed");
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["spend_minor"], 10_000);
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

#[tokio::test]
async fn lost_answers_to_later_steps_are_settled_on_the_next_touch() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = &preview["order_id"];
    guest.confirm(&preview, 10_000).await.ok();

    app.running.sandbox().faults().inject("orders/reset", Fault::DropAfterCommit, 1);
    guest.reset(order_id).await;
    assert_eq!(guest.reset(order_id).await.ok()["state"], "open");
    assert_eq!(guest.balance_minor().await, 10_000);

    let preview = guest.preview_again(order_id, &dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    app.running.sandbox().faults().inject("orders/abort", Fault::DropAfterCommit, 1);
    guest.cancel(order_id).await;
    assert_eq!(guest.cancel(order_id).await.ok()["state"], "aborted");
    assert_eq!(guest.balance_minor().await, 10_000);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_answer_to_a_close_closes_once() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    app.running.sandbox().faults().inject("orders/close", Fault::DropAfterCommit, 1);
    let body = json!({"order_id": preview["order_id"]});
    app.post("/demo/till/close", &body).await;
    assert_eq!(app.post("/demo/till/close", &body).await.ok()["state"], "closed");
    assert_eq!(app.accepted(Kind::Closed), 1);
    assert_eq!(guest.balance_minor().await, 1_900);
    app.finish().await;
}

#[tokio::test]
async fn many_guests_at_once_cause_one_renewal_of_the_token() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    // Were there a second exchange within the token's life, it would meet this fault and one request would fail.
    app.running.sandbox().faults().inject("auth/gentoken", Fault::plazius_error("9004", "words"), 100);
    let answers = futures_util::future::join_all((0..30).map(|_| guest.get("/api/v1/wallet"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    app.running.sandbox().faults().clear();
    app.pass(14 * 60 + 30);
    app.running.sandbox().faults().inject("auth/gentoken", Fault::Delay(Duration::from_millis(50)), 1);
    app.running.sandbox().faults().inject("auth/gentoken", Fault::plazius_error("9004", "words"), 100);
    let answers = futures_util::future::join_all((0..30).map(|_| guest.get("/api/v1/wallet"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    app.finish().await;
}

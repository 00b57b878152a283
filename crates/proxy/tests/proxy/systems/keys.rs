//! Login by a card or an application's code.

use proxy::config::Edge;
use sandbox::Fault;
use serde_json::json;

use super::CHASHKA;
use crate::test_app::TestApp;

const CARD: &str = "2200770012345678";
const APP_CODE: &str = "AP-4711-OLGA";

#[tokio::test]
async fn each_restaurant_says_by_what_its_guests_log_in() {
    let app = TestApp::spawn().await;
    for (restaurant, name, keys) in [
        ("pirogi", "Пироги да Фрукты", json!(["phone"])),
        ("lapsha", "Лапша", json!(["phone"])),
        ("chashka", "Чашка", json!(["phone", "card", "app_code"])),
    ] {
        let told = app.get(&format!("/api/v1/restaurant/{restaurant}")).await.ok();
        let expected = json!({
            "restaurant": restaurant, "name": name, "currency": "RUB", "login_keys": keys, "logged_in": false
        });
        assert_eq!(told, expected);
    }
    app.get("/api/v1/restaurant/nowhere").await.refused(404, "unknown_restaurant");
    app.finish().await;
}

#[tokio::test]
async fn a_guest_is_the_same_by_phone_card_and_code() {
    let app = TestApp::spawn().await;
    let by_phone = CHASHKA.guest(&app).await;
    let preview = by_phone.preview(&CHASHKA.cart()).await.ok();
    for (kind, key) in [("card", CARD), ("app_code", APP_CODE), ("card", " 2200770012345678\n")] {
        let session = app.login_by("chashka", kind, key).await.ok();
        let guest = app.session(&session);
        let again = guest.preview_again(&preview["order_id"], &CHASHKA.cart()).await.ok();
        assert_eq!(again["guest"], preview["guest"], "{kind}");
    }
    assert!(preview["guest"]["masked_key"].as_str().expect("a key").ends_with("5566"));
    app.finish().await;
}

#[tokio::test]
async fn a_key_nobody_has_lets_nobody_in_and_many_are_stopped() {
    let app = TestApp::spawn().await;
    for number in 0..20 {
        app.login_by("chashka", "card", &format!("4000{number}")).await.refused(422, "not_a_member");
    }
    for key in ["40009", CARD] {
        let error = app.login_by("chashka", "card", key).await.refused(429, "too_many_tries");
        assert!((1..=600).contains(&error["retry_after_s"].as_i64().expect("a time")), "{error}");
    }
    // Who logs in by phone is not stopped.
    let guest = CHASHKA.guest(&app).await;
    guest.preview(&CHASHKA.cart()).await.ok();
    app.pass(600);
    app.login_by("chashka", "card", CARD).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn keys_that_exist_are_not_counted_as_failures() {
    // So many failures would open a breaker, which is not what is tried here.
    let app = TestApp::spawn_with(Edge { breaker_failures: 1_000, ..Edge::default() }).await;
    for _ in 0..30 {
        app.login_by("chashka", "card", CARD).await.ok();
    }
    app.running.sandbox().faults().inject("general/client", Fault::Status(503), 200);
    for _ in 0..25 {
        app.login_by("chashka", "card", CARD).await.refused(503, "upstream_unavailable");
        app.running.sandbox().faults().clear();
        app.running.sandbox().faults().inject("general/client", Fault::Html, 200);
        app.login_by("chashka", "card", CARD).await.refused(502, "upstream_malformed");
        app.running.sandbox().faults().clear();
        app.running.sandbox().faults().inject("general/client", Fault::Status(503), 200);
    }
    app.running.sandbox().faults().clear();
    app.login_by("chashka", "card", CARD).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn only_the_keys_a_restaurant_allows_let_anybody_in() {
    let app = TestApp::spawn().await;
    for (restaurant, kind, key) in [
        ("pirogi", "card", CARD),
        ("lapsha", "app_code", APP_CODE),
        ("chashka", "phone", "+79990005566"),
        ("pirogi", "phone", "+79990001122"),
    ] {
        let error = app.login_by(restaurant, kind, key).await.refused(403, "login_key_not_allowed");
        assert_eq!(error["field"], "kind");
    }
    app.login_by("nowhere", "card", CARD).await.refused(404, "unknown_restaurant");
    app.login_by("chashka", "face", CARD).await.refused(400, "invalid_request");
    for key in ["", "  ", "1\u{7}2", &"9".repeat(65)] {
        let error = app.login_by("chashka", "card", key).await.refused(400, "invalid_request");
        assert_eq!(error["field"], "key");
    }
    // A card is not taken for a code, nor a phone for a card.
    for (kind, key) in [("app_code", "nonsense"), ("card", "nonsense")] {
        app.login_by("chashka", kind, key).await.refused(422, "not_a_member");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_phone_that_is_no_members_is_told_so_once_it_is_proved() {
    let app = TestApp::spawn().await;
    let known = app.start_login_at("chashka", CHASHKA.phone).await.ok();
    let unknown = app.start_login_at("chashka", "+79990009900").await.ok();
    assert_eq!(
        known["resend_after_s"], unknown["resend_after_s"],
        "nothing is told before the phone is proved"
    );
    let code = app.newest_code().await;
    app.verify(&unknown, &code).await.refused(422, "not_a_member");
    app.verify(&unknown, &code).await.refused(410, "code_spent");
    app.finish().await;
}

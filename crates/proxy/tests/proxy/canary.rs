//! Values nobody can mistake go through the whole API once, and are looked for wherever an operator looks.

use sandbox::Fault;
use serde_json::{Value, json};

use crate::logs;
use crate::test_app::{Guest, TestApp, cart, line};

const PHONE: &str = "+79995550142";
const CARD: &str = "CANARY-CARD-4242424242424242";
const PROMO: &str = "CANARY-PROMO";
const KEY: &str = "CANARY-IDEMPOTENCY-KEY";
const MERCHANT_KEY: &str = "CANARY-MERCHANT-KEY-OF-NOBODY-AT-ALL";
const DISH: &str = "CANARY-DISH";

fn order() -> Value {
    cart(vec![line(DISH, DISH, DISH, 48_000)])
}

/// Every request there is, once as it should be and once as it should not.
async fn use_everything(app: &TestApp) -> Vec<String> {
    let challenge = app.start_login(PHONE).await.ok();
    let code = app.newest_code().await;
    app.verify(&challenge, "x").await;
    let session = app.verify(&challenge, &code).await.ok();
    app.verify(&challenge, &code).await.refused(410, "code_spent");
    let token = session["token"].as_str().expect("a token").to_owned();
    let guest = Guest { app, token: token.clone() };
    let body = json!({"restaurant": "pirogi", "kind": "card", "key": CARD});
    app.post("/api/v1/login/key", &body).await.refused(403, "login_key_not_allowed");
    app.get("/api/v1/restaurant/pirogi").await.ok();
    guest.get("/api/v1/wallet").await.ok();
    let preview = guest.preview_with_codes(&order(), &[PROMO]).await.ok();
    guest.confirm_once(KEY, &preview, 0).await.ok();
    guest.confirm_once(KEY, &preview, 1).await.refused(422, "idempotency_mismatch");
    guest.order(&preview["order_id"]).await.ok();
    guest.reset(&preview["order_id"]).await.ok();
    app.running.sandbox().faults().inject("orders/calculate", Fault::plazius_error("1001", PHONE), 1);
    guest.preview(&order()).await.refused(422, "upstream_refused");
    app.running.sandbox().faults().inject("guests/getWallet", Fault::Html, 3);
    guest.get("/api/v1/wallet").await.refused(502, "upstream_malformed");
    app.running.sandbox().faults().clear();
    let preview = guest.preview_again(&preview["order_id"], &order()).await.ok();
    guest.confirm(&preview, 0).await.ok();
    app.post("/demo/till/close", &json!({"order_id": preview["order_id"]})).await.ok();
    guest.cancel(&preview["order_id"]).await.refused(409, "order_state_conflict");
    let paying = guest.post("/api/v1/payment-code", &json!({})).await.ok();
    app.send("POST", "/api/v1/preview", &[("content-type", "application/json")], DISH).await;
    for query in [PHONE, token.as_str()] {
        app.get(&format!("/api/v1/wallet?x={query}")).await;
        app.get(&format!("/{query}")).await.refused(404, "invalid_request");
    }
    let order_token = use_registered_order(&guest).await;
    guest.post("/api/v1/logout", &json!({})).await;
    vec![code, token, order_token, paying["code"].as_str().expect("digits").to_owned()]
}

/// What a restaurant's own server asks for, once as it should be and once as it should not; answers the order's token.
async fn use_registered_order(guest: &Guest<'_>) -> String {
    let merchant = guest.app.merchant();
    let body = json!({"order_ref": "1", "cart": order(), "guest_phone": PHONE});
    let registered = merchant.register_once(KEY, &body).await.json();
    let token = registered["order_token"].as_str().expect("a token").to_owned();
    guest.app.merchant_with(MERCHANT_KEY).register_once(KEY, &body).await.refused(401, "not_logged_in");
    let preview = guest.preview_of(&token).await.ok();
    guest.confirm(&preview, 0).await.ok();
    merchant.step("1", "close", KEY, &json!({})).await.refused(422, "idempotency_mismatch");
    merchant.step_anew("1", "close", &json!({})).await.ok();
    let part = json!({"items": [{"code": DISH, "quantity_milli": 1000}]});
    merchant.step_anew("1", "refund", &part).await.ok();
    token
}

#[tokio::test]
async fn nothing_of_a_guest_and_no_key_is_in_the_log_or_the_metrics() {
    let app = TestApp::spawn().await;
    let told = use_everything(&app).await;
    let metrics = app.running.metrics_text();
    assert!(metrics.contains("/api/v1/order/confirm"), "what happened is counted: {metrics}");
    app.finish().await;
    let fixed = [&PHONE[1..], &PHONE[2..], CARD, PROMO, KEY, MERCHANT_KEY, DISH, "demo-plazius"];
    let log = logs::captured();
    assert!(log.contains("/api/v1/order/confirm"), "what happened is logged");
    for (place, text) in [("the log", &log), ("the metrics", &metrics)] {
        for secret in fixed {
            let line = text.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "`{secret}` is in {place}");
        }
        for secret in &told {
            // Digits may stand in a port or a time by chance; as a word of their own they may not.
            let is_word =
                |line: &&str| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == secret);
            assert_eq!(text.lines().find(is_word), None, "`{secret}` is in {place}");
        }
    }
}

#[tokio::test]
async fn no_address_of_the_api_has_a_place_for_anything_of_a_guest() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/openapi.json").await.ok();
    let mut places = std::collections::BTreeSet::new();
    for operations in document["paths"].as_object().expect("paths").values() {
        for operation in operations.as_object().expect("operations").values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                places.insert(format!("{} {}", parameter["in"], parameter["name"]).replace('"', ""));
            }
        }
    }
    let places: Vec<_> = places.into_iter().collect();
    assert_eq!(places, ["header Idempotency-Key", "path order_id", "path restaurant"]);
    app.finish().await;
}

//! Who is let in: the server that shows a key of its restaurant, and nobody else.

use proxy::config::Secret;
use serde_json::json;

use super::KEY;
use crate::test_app::{IVAN, TestApp, dinner};

const OTHER: &str = "demo-merchant-key-of-the-restaurant-chashka";

#[tokio::test]
async fn without_a_restaurants_key_nothing_is_said_or_done() {
    let app = TestApp::spawn().await;
    let token = app.guest(IVAN).await.token;
    let upper = KEY.to_ascii_uppercase();
    for key in ["", "x", "demo-merchant-key-of-the-restaurant-pirog", token.as_str(), upper.as_str()] {
        let stranger = app.merchant_with(key);
        stranger
            .register_with(&json!({"order_ref": "1", "cart": dinner()}))
            .await
            .refused(401, "not_logged_in");
        for path in ["/orders/1", "/webhooks/dead"] {
            stranger.get(path).await.refused(401, "not_logged_in");
        }
        for verb in ["close", "abort", "refund"] {
            stranger.step("1", verb, "key", &json!({})).await.refused(401, "not_logged_in");
        }
        stranger.resend("1", "key").await.refused(401, "not_logged_in");
    }
    app.get("/merchant/v1/orders/1").await.refused(401, "not_logged_in");
    let basic = format!("Basic {KEY}");
    let answer = app.send("GET", "/merchant/v1/orders/1", &[("authorization", &basic)], "").await;
    answer.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn a_restaurants_orders_are_its_own() {
    let app = TestApp::spawn().await;
    let (mine, yours) = (app.merchant(), app.merchant_with(OTHER));
    let token = mine.register("1", &dinner()).await;
    yours.get("/orders/1").await.refused(404, "unknown_order");
    yours.step_anew("1", "abort", &json!({})).await.refused(404, "unknown_order");
    // The same name is another order there.
    let other = yours.register("1", &dinner()).await;
    assert_ne!(token, other);
    let guest = app.guest_at("chashka", "+79990005566").await;
    guest.preview_of(&token).await.refused(404, "unknown_order");
    guest.preview_of(&other).await.ok();
    assert_eq!(mine.order("1").await["guest"], json!(null));
    app.finish().await;
}

#[tokio::test]
async fn keys_are_exchanged_while_both_are_good() {
    let mut app = TestApp::spawn().await;
    let next = "the-key-that-follows-the-first-one-0001";
    app.merchant().register("1", &dinner()).await;
    app.merchant_with(next).get("/orders/1").await.refused(401, "not_logged_in");
    app.reload(|config| config.restaurants[0].merchant_keys.push(Secret::new(next)));
    for key in [KEY, next] {
        assert_eq!(app.merchant_with(key).order("1").await["state"], "open");
    }
    app.reload(|config| drop(config.restaurants[0].merchant_keys.remove(0)));
    app.merchant().get("/orders/1").await.refused(401, "not_logged_in");
    assert_eq!(app.merchant_with(next).order("1").await["state"], "open");
    app.finish().await;
}

#[tokio::test]
async fn no_page_may_ask_even_one_of_the_restaurant_that_has_the_key() {
    let mut app = TestApp::spawn().await;
    let page = "https://pirogi.example";
    app.reload(|config| config.restaurants[0].allowed_origins = vec![page.to_owned()]);
    let allowed = |path: &'static str| {
        let app = &app;
        async move {
            let wanted = ("access-control-request-method", "POST");
            let answer = app.send("OPTIONS", path, &[("origin", page), wanted], "").await;
            answer.headers.contains_key("access-control-allow-origin")
        }
    };
    assert!(allowed("/api/v1/preview").await);
    assert!(!allowed("/merchant/v1/orders").await);
    let bearer = format!("Bearer {KEY}");
    let headers = [("origin", page), ("authorization", bearer.as_str())];
    let answer = app.send("GET", "/merchant/v1/webhooks/dead", &headers, "").await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{answer:?}");
    app.finish().await;
}

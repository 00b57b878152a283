//! Restaurants' own servers: the orders they register, what they do with them, and what they are told.

mod abandoned;
mod access;
mod config;
mod description;
mod kept;
mod loaded_again;
mod receiver;
mod refunds;
mod registering;
mod repeating;
mod shared;
mod steps;
mod tampering;
mod undelivered;
mod webhooks;

use serde_json::{Value, json};

use crate::test_app::{Answer, Guest, TestApp, dinner};

/// The demo's key of the restaurant on Plazius.
pub(crate) const KEY: &str = "demo-merchant-key-of-the-restaurant-pirogi";

/// A restaurant's own server.
pub(crate) struct Merchant<'a> {
    app: &'a TestApp,
    key: String,
}

impl TestApp {
    /// The server of the restaurant on Plazius.
    pub(crate) fn merchant(&self) -> Merchant<'_> {
        self.merchant_with(KEY)
    }

    /// A server that comes with this key.
    pub(crate) fn merchant_with(&self, key: &str) -> Merchant<'_> {
        Merchant { app: self, key: key.to_owned() }
    }

    /// Lets guests confirm registered orders only.
    pub(crate) fn trust_no_page(&mut self) {
        self.reload(|config| config.restaurants.iter_mut().for_each(|one| one.spend_on_page_cart = false));
    }
}

impl Merchant<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        self.app.send("GET", &format!("/merchant/v1{path}"), &[("authorization", &bearer)], "").await
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.app.send("POST", &format!("/merchant/v1{path}"), &all, body.to_string()).await
    }

    /// Registers an order by a key that was never used.
    pub(crate) async fn register_with(&self, body: &Value) -> Answer {
        self.register_once(&self.app.new_key(), body).await
    }

    /// Registers an order, once for each key.
    pub(crate) async fn register_once(&self, key: &str, body: &Value) -> Answer {
        self.post("/orders", &[("idempotency-key", key)], body).await
    }

    /// Registers an order that is new, and answers its token.
    pub(crate) async fn register(&self, order_ref: &str, cart: &Value) -> String {
        let answer = self.register_with(&json!({"order_ref": order_ref, "cart": cart})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["order_token"].as_str().expect("a token").to_owned()
    }

    pub(crate) async fn order(&self, order_ref: &str) -> Value {
        self.get(&format!("/orders/{order_ref}")).await.ok()
    }

    /// Asks for a webhook that was given up to be sent anew, once for each key.
    pub(crate) async fn resend(&self, webhook_id: &str, key: &str) -> Answer {
        let path = format!("/webhooks/dead/{webhook_id}/resend");
        self.post(&path, &[("idempotency-key", key)], &json!({})).await
    }

    /// Asks for a step with an order, once for each key.
    pub(crate) async fn step(&self, order_ref: &str, verb: &str, key: &str, body: &Value) -> Answer {
        self.post(&format!("/orders/{order_ref}/{verb}"), &[("idempotency-key", key)], body).await
    }

    /// The same with a key that was never used.
    pub(crate) async fn step_anew(&self, order_ref: &str, verb: &str, body: &Value) -> Answer {
        self.step(order_ref, verb, &self.app.new_key(), body).await
    }
}

impl Guest<'_> {
    /// Previews a registered order.
    pub(crate) async fn preview_of(&self, token: &str) -> Answer {
        self.post("/api/v1/preview", &json!({"order_token": token, "promo_codes": []})).await
    }
}

/// Registers a dinner and lets a guest confirm it; answers the guest's confirmed order.
pub(crate) async fn confirmed(app: &TestApp, guest: &Guest<'_>, order_ref: &str, spend_minor: i64) -> Value {
    let token = app.merchant().register(order_ref, &dinner()).await;
    let preview = guest.preview_of(&token).await.ok();
    guest.confirm(&preview, spend_minor).await.ok()
}

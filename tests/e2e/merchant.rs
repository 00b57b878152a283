//! The restaurant's own server, which registers orders at the proxy.

use std::io::Cursor;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::host;
use crate::stage::Stage;

/// The demo's key of the restaurant «Пироги».
const KEY: &str = "demo-merchant-key-of-the-restaurant-pirogi";

/// The restaurant's own name of the one order it has.
const ORDER: &str = "2026-0042";

/// A server with one order.
pub(crate) struct Merchant {
    base: String,
}

impl Stage {
    /// The server of the restaurant «Пироги».
    pub(crate) fn merchant(&self) -> Merchant {
        Merchant { base: format!("{}/merchant/v1/orders", self.demo.base_url().trim_end_matches('/')) }
    }
}

impl Merchant {
    /// Registers the order with so many portions for 480 each, in the place of what it had before; a confirmed one only if
    /// it may be `reset`. Answers its token.
    pub(crate) async fn register(&self, portions: u32, reset: bool) -> String {
        let order = json!({ "order_ref": ORDER, "cart": host::portions(portions), "reset": reset });
        let answer = self.ask("POST", "", &order).await;
        answer["order_token"].as_str().unwrap_or_else(|| panic!("a token, not {answer}")).to_owned()
    }

    /// The order as the proxy has it.
    pub(crate) async fn order(&self) -> Value {
        self.ask("GET", &format!("/{ORDER}"), &Value::Null).await
    }

    /// Closes the order, as once it is paid.
    pub(crate) async fn close(&self) {
        let answer = self.ask("POST", &format!("/{ORDER}/close"), &json!({})).await;
        assert_eq!(answer["state"], "closed", "{answer}");
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("authorization", format!("Bearer {KEY}"))
            .header("content-type", "application/json")
            .header("idempotency-key", ASKED.fetch_add(1, Ordering::Relaxed).to_string())
            .body(Full::new(Cursor::new(body.to_string().into_bytes())))
            .expect("a request");
        let client = Client::builder(TokioExecutor::new()).build_http();
        let answer = client.request(request).await.expect("the proxy answers");
        let body = answer.into_body().collect().await.expect("the answer is read").to_bytes();
        serde_json::from_slice(&body).expect("an answer in JSON")
    }
}

//! The demo's inbox as data: what a guest would read on the phone.

use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::browser::PATIENCE;

/// The inbox of all phones.
pub(crate) struct Inbox {
    url: String,
}

impl Inbox {
    /// The inbox of the demo at this address.
    pub(crate) fn new(base_url: &str) -> Self {
        Self { url: format!("{}/demo/sms.json", base_url.trim_end_matches('/')) }
    }

    /// Waits for a first SMS to this phone and returns the newest one's code.
    pub(crate) async fn code_for(&self, phone: &str) -> String {
        self.nth_code_for(phone, 1).await
    }

    /// Waits until so many SMS have come to this phone and returns the newest one's code.
    pub(crate) async fn nth_code_for(&self, phone: &str, count: usize) -> String {
        let e164: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let messages = self.messages().await;
            let to_phone: Vec<&Value> = messages.iter().filter(|m| m["phone"] == e164.as_str()).collect();
            if to_phone.len() >= count {
                let newest = to_phone.first().expect("there is one");
                let code = newest["code"].as_str().expect("an SMS has a code").to_owned();
                let text = newest["text"].as_str().expect("an SMS has a text");
                assert!(text.contains(&code), "the guest reads the code in the text: {text}");
                return code;
            }
            assert!(tokio::time::Instant::now() < deadline, "no SMS number {count} to {phone}: {messages:?}");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// All messages, newest first.
    pub(crate) async fn messages(&self) -> Vec<Value> {
        let client: Client<HttpConnector, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build_http();
        let answer = client.get(self.url.parse().expect("an address")).await.expect("the inbox answers");
        let body = answer.into_body().collect().await.expect("the inbox is read").to_bytes();
        serde_json::from_slice(&body).expect("a list of messages")
    }
}

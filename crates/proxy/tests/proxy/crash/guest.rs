//! A guest's page that confirms and cancels order after order, remembers what it was answered, and asks again for what it
//! was not, with the key it asked with at first.

use std::sync::atomic::{AtomicU32, Ordering};

use http_body_util::{BodyExt, Full};
use sandbox::Kind;
use serde_json::{Value, json};

use super::Place;
use crate::test_app::{HttpClient, cart, main_dish};

/// Bonuses of each order: little enough for all pages of a guest at once.
const SPEND_MINOR: i64 = 100;

/// How the steps stood that a kill broke off.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) confirms_done: u32,
    pub(super) confirms_undone: u32,
    cancels_done: u32,
    cancels_undone: u32,
}

impl Met {
    pub(super) const fn all(&self) -> u32 {
        self.confirms_done + self.confirms_undone + self.cancels_done + self.cancels_undone
    }
}

/// One request that changes an order.
#[derive(Clone, Debug)]
pub(super) struct Step {
    is_confirm: bool,
    key: String,
    body: Value,
    /// The first answer, once there is one.
    answer: Option<Value>,
}

impl Step {
    fn new(is_confirm: bool, body: Value) -> Self {
        Self { is_confirm, key: uuid::Uuid::new_v4().to_string(), body, answer: None }
    }

    pub(super) fn order_id(&self) -> &str {
        self.body["order_id"].as_str().expect("an order")
    }

    /// Asks for the step. Nothing where the proxy is gone or does not say what became of it.
    async fn ask(&self, client: &HttpClient, base: &str, token: &str) -> Option<Value> {
        let path = if self.is_confirm { "order/confirm" } else { "order/cancel" };
        let (status, body) = post(client, base, path, token, Some(&self.key), &self.body).await?;
        match (status, body["code"].as_str()) {
            (200, _) => Some(body),
            // A killed proxy's lease has not ended yet.
            (409, Some("in_progress")) => None,
            _ => panic!("{self:?}: {status} {body}"),
        }
    }

    pub(super) async fn is_answered_the_same(&self, client: &HttpClient, base: &str, guest: &Guest) {
        let again = self.ask(client, base, &guest.token).await;
        assert_eq!(again, self.answer, "{self:?}");
    }
}

/// A page of a guest.
pub(super) struct Guest {
    token: String,
    /// What was asked for and not answered.
    open: Vec<Step>,
    /// The confirms that were answered.
    pub(super) confirmed: Vec<Step>,
}

impl Guest {
    pub(super) fn new(token: &str) -> Self {
        Self { token: token.to_owned(), open: Vec::new(), confirmed: Vec::new() }
    }

    /// Settles what is open, then confirms and cancels orders until the proxy is gone. Counts what is answered.
    pub(super) async fn work(&mut self, client: &HttpClient, base: &str, answered: &AtomicU32) {
        self.settle(client, base, answered).await;
        loop {
            let asked = json!({"cart": cart(vec![main_dish()]), "promo_codes": []});
            let previewed = post(client, base, "preview", &self.token, None, &asked).await;
            let Some((status, preview)) = previewed else { return };
            assert_eq!(status, 200, "{preview}");
            let confirm = json!({
                "order_id": preview["order_id"], "preview_id": preview["preview_id"],
                "spend_minor": SPEND_MINOR
            });
            self.open.push(Step::new(true, confirm));
            let before = self.open.len();
            self.settle(client, base, answered).await;
            if self.open.len() >= before {
                return;
            }
        }
    }

    /// Asks for what is open, each step once, and for the cancelling of what is confirmed by it.
    async fn settle(&mut self, client: &HttpClient, base: &str, answered: &AtomicU32) {
        let mut left = Vec::new();
        while let Some(mut step) = self.open.pop() {
            let Some(answer) = step.ask(client, base, &self.token).await else {
                left.push(step);
                continue;
            };
            answered.fetch_add(1, Ordering::Relaxed);
            if step.is_confirm {
                assert_eq!(
                    (&answer["state"], &answer["spend_minor"]),
                    (&json!("confirmed"), &json!(SPEND_MINOR))
                );
                self.open.push(Step::new(false, json!({"order_id": step.order_id()})));
                step.answer = Some(answer);
                self.confirmed.push(step);
            } else {
                assert_eq!(answer["state"], "aborted");
            }
        }
        self.open = left;
    }

    /// Asks until nothing is open.
    pub(super) async fn settle_all(&mut self, client: &HttpClient, base: &str) {
        while !self.open.is_empty() {
            self.settle(client, base, &AtomicU32::new(0)).await;
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// Counts on which side of the loyalty system's commit each kill came.
    pub(super) fn look_at_what_was_broken_off(&self, place: &Place, met: &mut Met) {
        for step in &self.open {
            let kind = if step.is_confirm { Kind::Confirmed } else { Kind::Aborted };
            let is_done = place.count(step.order_id(), kind) > 0;
            let count = match (step.is_confirm, is_done) {
                (true, true) => &mut met.confirms_done,
                (true, false) => &mut met.confirms_undone,
                (false, true) => &mut met.cancels_done,
                (false, false) => &mut met.cancels_undone,
            };
            *count += 1;
        }
    }

    pub(super) async fn balance(&self, client: &HttpClient, base: &str) -> Value {
        let asked = json!({"cart": cart(vec![main_dish()]), "promo_codes": []});
        let (status, preview) =
            post(client, base, "preview", &self.token, None, &asked).await.expect("an answer");
        assert_eq!(status, 200, "{preview}");
        preview["guest"]["balance_minor"].clone()
    }
}

/// Posts to the API. Nothing where the proxy is gone before its whole answer is here.
async fn post(
    client: &HttpClient,
    base: &str,
    path: &str,
    token: &str,
    key: Option<&str>,
    body: &Value,
) -> Option<(u16, Value)> {
    let mut request = http::Request::post(format!("{base}/api/v1/{path}"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"));
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let body = Full::new(axum::body::Bytes::from(body.to_string()));
    let response = client.request(request.body(body).expect("a request")).await.ok()?;
    let status = response.status().as_u16();
    let text = response.into_body().collect().await.ok()?.to_bytes();
    Some((status, serde_json::from_slice(&text).expect("JSON")))
}

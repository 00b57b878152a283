//! A running proxy and the guests who use it.

use std::path::PathBuf;

use clock::Clock;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::SignedDuration;
use proxy::config::{Config, Edge, Limits, Secret, StoreConfig};
use proxy::demo::{Options, Running, start};
use sandbox::PaymentCodes;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The makers' example guest: 100 bonuses, a drink as a gift.
pub(crate) const IVAN: &str = "+79990001122";

/// The guest with the rank «Платиновый» and 1,230.58 bonuses.
pub(crate) const MARIA: &str = "+79990002233";

pub(crate) type HttpClient = Client<HttpConnector, Full<axum::body::Bytes>>;

pub(crate) fn http_client() -> HttpClient {
    Client::builder(TokioExecutor::new()).build(HttpConnector::new())
}

/// Sends JSON and reads the whole answer.
pub(crate) async fn request(
    client: &HttpClient,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut all = vec![("content-type", "application/json")];
    all.extend_from_slice(headers);
    exchange(client, method, uri, &all, body.to_string().into_bytes()).await
}

async fn exchange(
    client: &HttpClient,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Answer {
    let mut request = http::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Full::new(axum::body::Bytes::from(body));
    let response = client.request(request.body(body).expect("a request")).await.expect("an answer");
    let (head, body) = response.into_parts();
    let bytes = body.collect().await.expect("a whole body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: head.status.as_u16(), headers: head.headers, bytes, text }
}

pub(crate) struct TestApp {
    pub(crate) running: Running,
    pub(crate) clock: Clock,
    client: HttpClient,
    store: StoreConfig,
    dir: TempDir,
    limits: Limits,
    edge: Edge,
}

/// What the proxy answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) bytes: axum::body::Bytes,
    pub(crate) text: String,
}

impl Answer {
    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// The body of an error with this status and code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        let body = self.json();
        assert_eq!((self.status, body["code"].as_str()), (status, Some(code)), "{}", self.text);
        body
    }
}

fn scratch() -> TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

impl TestApp {
    /// Starts a proxy with a sandbox of its own, at 10 o'clock.
    pub(crate) async fn spawn() -> Self {
        Self::spawn_with(Edge::default()).await
    }

    /// Starts a proxy that lets so much be asked of it.
    pub(crate) async fn spawn_with(edge: Edge) -> Self {
        Self::spawn_in(scratch(), StoreConfig::Sqlite, Limits::default(), edge).await
    }

    /// Starts a proxy with other limits.
    pub(crate) async fn spawn_limited(limits: Limits) -> Self {
        Self::spawn_in(scratch(), StoreConfig::Sqlite, limits, Edge::default()).await
    }

    /// Starts a proxy over a store, with other limits.
    pub(crate) async fn spawn_over(store: StoreConfig, limits: Limits) -> Self {
        Self::spawn_in(scratch(), store, limits, Edge::default()).await
    }

    async fn spawn_in(dir: TempDir, store: StoreConfig, limits: Limits, edge: Edge) -> Self {
        crate::logs::capture();
        let clock = Clock::manual("2026-11-23T10:00:00Z".parse().expect("a time"));
        let widget_dir = dir.path().join("widget");
        std::fs::create_dir_all(&widget_dir).expect("a folder");
        std::fs::write(widget_dir.join("index.html"), "<!doctype html><title>widget</title>")
            .expect("written");
        let options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            widget_dir,
            data_dir: dir.path().join("data"),
            store: store.clone(),
            pepper: Some(Secret::new("the pepper of all tests")),
            clock: clock.clone(),
            payment_codes: PaymentCodes::listed([0, 7, 42, 12_345]),
            limits: limits.clone(),
            edge: edge.clone(),
        };
        let running = start(options).await.expect("the proxy starts");
        Self { running, clock, client: http_client(), store, dir, limits, edge }
    }

    /// Stops the proxy and starts it again over the same files.
    pub(crate) async fn restart(self) -> Self {
        let Self { running, store, dir, limits, edge, .. } = self;
        running.stop().await;
        Self::spawn_in(dir, store, limits, edge).await
    }

    /// Whether the metrics have this line.
    pub(crate) fn has_counted(&self, line: &str) -> bool {
        self.running.metrics_text().lines().any(|told| told == line)
    }

    /// Puts a file into the built widget's folder, and says where it is.
    pub(crate) fn write_widget_file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join("widget").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, text).expect("written");
        path
    }

    /// Lets the proxy go on with a changed configuration, and with the widget as it is now.
    #[track_caller]
    pub(crate) fn reload(&mut self, change: impl FnOnce(&mut Config)) {
        self.running.reload(change).expect("a right configuration");
    }

    /// Lets the clock go on.
    pub(crate) fn pass(&self, seconds: i64) {
        assert!(self.clock.advance(SignedDuration::from_secs(seconds)));
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let uri = format!("{}{path}", self.running.base_url().trim_end_matches('/'));
        exchange(&self.client, method, &uri, headers, body.into()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string()).await
    }

    pub(crate) async fn start_login(&self, phone: &str) -> Answer {
        self.start_login_at("pirogi", phone).await
    }

    pub(crate) async fn start_login_at(&self, restaurant: &str, phone: &str) -> Answer {
        self.post("/api/v1/login/start", &json!({"restaurant": restaurant, "phone": phone})).await
    }

    pub(crate) async fn verify(&self, challenge: &Value, code: &str) -> Answer {
        let body = json!({"challenge_id": challenge["challenge_id"], "code": code});
        self.post("/api/v1/login/verify", &body).await
    }

    /// The newest code that was sent.
    pub(crate) async fn newest_code(&self) -> String {
        let inbox = self.get("/demo/sms.json").await.ok();
        inbox[0]["code"].as_str().expect("a message").to_owned()
    }

    /// Logs a guest in.
    pub(crate) async fn guest(&self, phone: &str) -> Guest<'_> {
        self.guest_at("pirogi", phone).await
    }

    /// Logs a guest in at a restaurant.
    pub(crate) async fn guest_at(&self, restaurant: &str, phone: &str) -> Guest<'_> {
        let challenge = self.start_login_at(restaurant, phone).await.ok();
        let code = self.newest_code().await;
        self.session(&self.verify(&challenge, &code).await.ok())
    }

    /// The guest of a session that was opened.
    pub(crate) fn session(&self, session: &Value) -> Guest<'_> {
        Guest { app: self, token: session["token"].as_str().expect("a token").to_owned() }
    }

    /// Asks for a session by a card or an application's code.
    pub(crate) async fn login_by(&self, restaurant: &str, kind: &str, key: &str) -> Answer {
        let body = json!({"restaurant": restaurant, "kind": kind, "key": key});
        self.post("/api/v1/login/key", &body).await
    }

    /// An idempotency key that was never used.
    pub(crate) fn new_key(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }

    /// The till takes the money for an order, wherever its till is.
    pub(crate) async fn pay_at_the_till(&self, order_id: &Value) {
        self.post("/demo/till/close", &json!({"order_id": order_id})).await.ok();
    }

    /// Lets the next change of an order at r_k Delivery lose its answer, whatever number the order has there.
    pub(crate) fn lose_the_next_change(&self) {
        for digit in '0'..='9' {
            let faults = self.running.sandbox().faults();
            faults.inject(&digit.to_string(), sandbox::Fault::DropAfterCommit, 1);
        }
    }

    /// Another till of the coffee house's network holds so much of its guest's bonuses.
    pub(crate) async fn hold_at_another_point(&self, amount: i64) {
        let body = json!({
            "client": "62a1f0c27be94d3a15e8c001", "point": "62a1f0c27be94d3a15e8b7f5", "amount": amount
        });
        let uri = format!("{}/basic/integration/general/bonuses/hold", self.running.sandbox_url());
        request(&self.client, "POST", &uri, &[("apikey", "demo-basic")], &body).await.ok();
    }

    /// How many operations of this kind the sandbox accepted.
    pub(crate) fn accepted(&self, kind: sandbox::Kind) -> usize {
        let ledger = self.running.sandbox().ledger().expect("readable books");
        ledger.iter().filter(|entry| entry.kind == kind).count()
    }

    /// Checks the sandbox's books, stops everything, and looks for what must not be seen where an operator looks.
    pub(crate) async fn finish(self) {
        let metrics = self.running.metrics_text();
        self.running.sandbox().check().expect("the books hold together");
        self.running.stop().await;
        let log = crate::logs::captured();
        for secret in [
            &IVAN[1..],
            &MARIA[1..],
            "demo-plazius",
            "demo-plazius-site",
            "demo-basic",
            "demo-merchant-key",
            "AAECAwQFBgcI",
        ] {
            let line = log.lines().chain(metrics.lines()).find(|line| line.contains(secret));
            assert_eq!(line, None, "`{secret}` is told to the operator");
        }
    }
}

/// A guest who is logged in.
pub(crate) struct Guest<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) token: String,
}

impl Guest<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        self.app.send("GET", path, &[("authorization", &bearer)], "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, &[], body).await
    }

    pub(crate) async fn post_with(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.app.send("POST", path, &all, body.to_string()).await
    }

    /// Posts with an idempotency key.
    pub(crate) async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.post_with(path, &[("idempotency-key", key)], body).await
    }

    /// Previews a cart of a new order.
    pub(crate) async fn preview(&self, cart: &Value) -> Answer {
        self.post("/api/v1/preview", &json!({"cart": cart, "promo_codes": []})).await
    }

    /// Previews a cart of an order.
    pub(crate) async fn preview_again(&self, order_id: &Value, cart: &Value) -> Answer {
        self.post("/api/v1/preview", &json!({"order_id": order_id, "cart": cart, "promo_codes": []})).await
    }

    pub(crate) async fn preview_with_codes(&self, cart: &Value, promo_codes: &[&str]) -> Answer {
        self.post("/api/v1/preview", &json!({"cart": cart, "promo_codes": promo_codes})).await
    }

    /// Confirms what was previewed, with a new key.
    pub(crate) async fn confirm(&self, preview: &Value, spend_minor: i64) -> Answer {
        self.confirm_once(&self.app.new_key(), preview, spend_minor).await
    }

    pub(crate) async fn confirm_once(&self, key: &str, preview: &Value, spend_minor: i64) -> Answer {
        let body = json!({
            "order_id": preview["order_id"], "preview_id": preview["preview_id"], "spend_minor": spend_minor
        });
        self.post_once(key, "/api/v1/order/confirm", &body).await
    }

    pub(crate) async fn reset(&self, order_id: &Value) -> Answer {
        self.post_once(&self.app.new_key(), "/api/v1/order/reset", &json!({"order_id": order_id})).await
    }

    pub(crate) async fn cancel(&self, order_id: &Value) -> Answer {
        self.post_once(&self.app.new_key(), "/api/v1/order/cancel", &json!({"order_id": order_id})).await
    }

    pub(crate) async fn order(&self, order_id: &Value) -> Answer {
        self.get(&format!("/api/v1/order/{}", order_id.as_str().expect("an id"))).await
    }

    /// The balance as the wallet shows it, in hundredths.
    pub(crate) async fn balance_minor(&self) -> i64 {
        self.get("/api/v1/wallet").await.ok()["balance_minor"].as_i64().expect("an amount")
    }
}

pub(crate) fn line(code: &str, name: &str, category: &str, unit_price_minor: i64) -> Value {
    json!({
        "code": code, "name": name, "category": category, "quantity_milli": 1000,
        "unit_price_minor": unit_price_minor, "modifiers": []
    })
}

pub(crate) fn cart(lines: Vec<Value>) -> Value {
    json!({"currency": "RUB", "expedition": "pickup", "lines": lines})
}

pub(crate) fn main_dish() -> Value {
    line("hot-pelmeni", "Пельмени домашние", "Горячее", 48_000)
}

pub(crate) fn drink() -> Value {
    line("drink-mors", "Морс клюквенный 0,4 л", "Напитки", 16_000)
}

pub(crate) fn dessert() -> Value {
    line("dessert-medovik", "Медовик", "Десерты", 29_000)
}

/// The makers' scenario: a main dish and a drink.
pub(crate) fn dinner() -> Value {
    cart(vec![main_dish(), drink()])
}

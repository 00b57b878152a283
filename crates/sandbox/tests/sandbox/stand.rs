//! A sandbox of the demo's seed in a folder of its own, with a clock the test moves, and the requests a test makes.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use clock::Clock;
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use sandbox::{Entry, Kind, Options, PaymentCodes, ProgrammeFile, Sandbox, Seed};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::witness::{self, Exchange};

pub(crate) const IVAN: &str = "+79990001122";
pub(crate) const MARIA: &str = "+79990002233";
pub(crate) const ORDER: &str = "46b7c469-d99c-4499-acc7-8ca26ea2117d";

pub(crate) struct Stand {
    pub(crate) sandbox: Sandbox,
    router: axum::Router,
    clock: Clock,
    dir: TempDir,
    token: String,
}

/// What the sandbox answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

/// The books hold together after every test, whatever it did.
impl Drop for Stand {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.sandbox.check().expect("the books hold together");
        }
    }
}

fn options(dir: &TempDir, clock: &Clock) -> Options {
    Options { clock: clock.clone(), ..Options::new(dir.path().join("data")) }
}

impl Stand {
    pub(crate) async fn start() -> Self {
        Self::with_codes(PaymentCodes::random()).await
    }

    pub(crate) async fn with_codes(payment_codes: PaymentCodes) -> Self {
        Self::over(|options| options.payment_codes = payment_codes).await
    }

    /// The demo's network and guests under another programme.
    pub(crate) async fn with_programme(json: &str) -> Self {
        let programme = ProgrammeFile::read(json).expect("a programme");
        Self::over(|options| options.programme = Some(programme)).await
    }

    async fn over(choose: impl FnOnce(&mut Options)) -> Self {
        let clock = Clock::manual("2026-03-01T09:00:00Z".parse::<Timestamp>().expect("a time"));
        let dir = tempfile::tempdir().expect("a temporary folder");
        let mut options = options(&dir, &clock);
        choose(&mut options);
        let sandbox = Sandbox::open(options).expect("a fresh folder");
        let mut stand = Self { router: sandbox.router(), sandbox, clock, dir, token: String::new() };
        stand.renew_token().await;
        stand
    }

    /// The file of the books.
    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.dir.path().join("data").join("sandbox.sqlite3")
    }

    /// The same books, opened again.
    pub(crate) fn restart(&mut self) {
        // A folder is one sandbox's at a time: the first must be gone before the second comes.
        let elsewhere = Options { seed: Seed::Empty, ..Options::new(self.dir.path().join("elsewhere")) };
        self.sandbox = Sandbox::open(elsewhere).expect("another folder");
        self.router = self.sandbox.router();
        self.sandbox = Sandbox::open(options(&self.dir, &self.clock)).expect("the same folder");
        self.router = self.sandbox.router();
    }

    pub(crate) async fn renew_token(&mut self) {
        let answer = self.gen_token(Some("demo-plazius"), "demo").await;
        answer.status_is(StatusCode::OK);
        self.token = answer.json()["token"].as_str().expect("a token").to_owned();
    }

    /// The same sandbox as another key's holder sees it.
    pub(crate) async fn token_of(&self, key: &str) -> String {
        self.gen_token(Some(key), "demo").await.ok()["token"].as_str().expect("a token").to_owned()
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        assert!(self.clock.advance(time));
    }

    pub(crate) async fn gen_token(&self, key: Option<&str>, password: &str) -> Answer {
        let mut request = Request::post("/plazius/b2b/v1/auth/gentoken");
        if let Some(key) = key {
            request = request.header("ApiKey", key);
        }
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(json!({ "password": password }).to_string())).expect("a request"))
            .await
    }

    /// Calls an operation, as in `guests/get`.
    pub(crate) async fn call(&self, operation: &str, body: Value) -> Answer {
        self.call_text(operation, body.to_string()).await
    }

    pub(crate) async fn call_text(&self, operation: &str, body: String) -> Answer {
        self.call_as(Some(&self.token), operation, body).await
    }

    pub(crate) async fn call_as(&self, authorization: Option<&str>, operation: &str, body: String) -> Answer {
        self.send(request(authorization, operation, body)).await
    }

    /// Sends a request and holds it and its answer against the description.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        self.try_send(request).await.expect("a whole body")
    }

    /// As [`Self::send`]; `None` where the connection would have been closed.
    pub(crate) async fn try_send(&self, request: Request<Body>) -> Option<Answer> {
        let path = request.uri().path().to_owned();
        let (head, body) = request.into_parts();
        let body = body.collect().await.expect("a body in memory").to_bytes();
        let answer = self.try_send_unseen(Request::from_parts(head, Body::from(body.clone()))).await?;
        witness::judge(&Exchange {
            path: &path,
            request: &body,
            status: answer.status.as_u16(),
            content_type: answer.header("content-type"),
            answer: &answer.text,
        });
        Some(answer)
    }

    /// Calls an operation that a test lets fail on purpose, so that no witness may look at its answer.
    pub(crate) async fn call_unseen(&self, operation: &str, body: Value) -> Answer {
        let request = request(Some(&self.token), operation, body.to_string());
        self.try_send_unseen(request).await.expect("a whole body")
    }

    async fn try_send_unseen(&self, request: Request<Body>) -> Option<Answer> {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.into_body().collect().await.ok()?.to_bytes();
        Some(Answer { status, headers, text: String::from_utf8(body.to_vec()).expect("UTF-8") })
    }

    /// What the guest may spend, as JSON writes it.
    pub(crate) async fn balance(&self, phone: &str) -> String {
        let answer = self.call("guests/getWallet", guest_request(phone)).await;
        answer.status_is(StatusCode::OK);
        answer.json()["balance"].to_string()
    }

    /// How often each thing was done since the seed.
    pub(crate) fn done(&self) -> Vec<Kind> {
        self.entries().into_iter().map(|entry| entry.kind).filter(|kind| *kind != Kind::Granted).collect()
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.sandbox.ledger().expect("readable books")
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a text"))
    }

    #[track_caller]
    pub(crate) fn status_is(&self, status: StatusCode) {
        assert_eq!(self.status, status, "{}", self.text);
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// The parsed body of a success.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        self.status_is(StatusCode::OK);
        self.json()
    }

    /// Asserts a documented error: HTTP 400 and exactly its body. Returns the message.
    #[track_caller]
    pub(crate) fn refused(&self, code: &str) -> String {
        self.status_is(StatusCode::BAD_REQUEST);
        let body = self.json();
        let message = body["error"]["message"].as_str().expect("a message").to_owned();
        assert_eq!(body, json!({ "error": { "code": code, "message": message } }));
        assert!(!message.is_empty());
        message
    }
}

pub(crate) fn request(authorization: Option<&str>, operation: &str, body: String) -> Request<Body> {
    let mut request = Request::post(format!("/plazius/b2b/v1/loyalty/{operation}"));
    if let Some(value) = authorization {
        request = request.header(header::AUTHORIZATION, value);
    }
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).expect("a request")
}

pub(crate) fn guest(phone: &str) -> Value {
    json!({ "type": "phone", "phone": phone })
}

pub(crate) fn organization() -> Value {
    json!({ "type": "rkObjectId", "id": "4174244" })
}

pub(crate) fn guest_request(phone: &str) -> Value {
    json!({ "guest": guest(phone), "organization": organization() })
}

//! A till of «Чашка»: requests of the basic REST API, and a look at every answer whether it is of a documented shape.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::stand::{Answer, Stand};

pub(crate) const KEY: &str = "demo-basic";
/// Of the second point alone.
pub(crate) const SADOVAYA_KEY: &str = "demo-basic-sadovaya";
pub(crate) const POINT: &str = "62a1f0c27be94d3a15e8b7f4";
pub(crate) const SADOVAYA: &str = "62a1f0c27be94d3a15e8b7f5";
pub(crate) const OLGA: &str = "62a1f0c27be94d3a15e8c001";
pub(crate) const OLGAS_PHONE: &str = "+79990005566";
/// At the level with a discount.
pub(crate) const PYOTR: &str = "62a1f0c27be94d3a15e8c002";

pub(crate) fn till_request(key: Option<&str>, operation: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post(format!("/basic/integration/general/{operation}"));
    if let Some(key) = key {
        request = request.header("apikey", key);
    }
    request.header(header::CONTENT_TYPE, "application/json").body(body.into()).expect("a request")
}

impl Stand {
    /// Calls an operation, as in `bonuses/hold`, with the key of both points.
    pub(crate) async fn till(&self, operation: &str, body: Value) -> Answer {
        self.till_as(Some(KEY), operation, body).await
    }

    pub(crate) async fn till_as(&self, key: Option<&str>, operation: &str, body: Value) -> Answer {
        self.send_from_till(till_request(key, operation, body.to_string())).await
    }

    /// Sends a request and holds its answer against the documented shapes.
    pub(crate) async fn send_from_till(&self, request: Request<Body>) -> Answer {
        let path = request.uri().path().to_owned();
        let answer = self.send(request).await;
        answer.judge(path.strip_prefix("/basic/integration/general/").unwrap_or(&path));
        answer
    }

    pub(crate) async fn recalc(&self, client: &str, point: &str, amount: Value) -> Value {
        let body = json!({ "client": client, "point": point, "amount": amount });
        self.till("recalc", body).await.ok()["recalc"].clone()
    }

    pub(crate) async fn hold(&self, point: &str, amount: Value) -> Answer {
        self.till("bonuses/hold", json!({ "client": OLGA, "point": point, "amount": amount })).await
    }

    pub(crate) async fn release(&self, point: &str) {
        let body = json!({ "client": OLGA, "point": point });
        assert_eq!(self.till("bonuses/release", body).await.ok(), json!({ "success": true }));
    }

    pub(crate) async fn retail(&self, client: &str, point: &str, amount: Value, spend: Value) -> Answer {
        let body = json!({ "client": client, "point": point, "amount": amount, "spend": spend });
        self.till("retail", body).await
    }

    /// What Ольга may spend.
    pub(crate) async fn olgas_balance(&self) -> Value {
        let found = self.till("client", json!({ "search": OLGAS_PHONE, "point": POINT })).await.ok();
        found["client"]["balance"].clone()
    }

    /// One number out of the books.
    pub(crate) fn number(&self, query: &str) -> i64 {
        let books = Connection::open(self.database()).expect("the database opens beside the sandbox");
        books.query_row(query, [], |row| row.get(0)).expect(query)
    }
}

impl Answer {
    /// Asserts a refusal: HTTP 422 and exactly this field and message.
    #[track_caller]
    pub(crate) fn wrong(&self, field: &str, message: &str) {
        self.status_is(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(self.json(), json!({ field: message }));
    }

    /// Fails the test where the answer is of no documented shape.
    #[track_caller]
    fn judge(&self, operation: &str) {
        assert_eq!(self.header("content-type"), Some("application/json"), "{}", self.text);
        let body = self.json();
        match self.status.as_u16() {
            200 => {
                assert_eq!(body["success"], true, "{body}");
                assert_shape(operation, &body);
            }
            401 | 404 | 405 | 422 => {
                let fields = body.as_object().expect("an object");
                assert!(!fields.is_empty(), "{body}");
                for message in fields.values() {
                    let message = message.as_str().expect("a message");
                    assert!(message.starts_with(|letter: char| letter.is_ascii_uppercase()), "{message}");
                }
            }
            other => panic!("the status {other}: {body}"),
        }
    }
}

fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[track_caller]
fn assert_shape(operation: &str, body: &Value) {
    let (inside, fields): (_, &[&str]) = match operation {
        "client" => ("client", &["id", "name", "photo", "birthday", "level", "phone", "email", "balance"]),
        "recalc" => ("recalc", &["amount", "percent", "type", "spend", "earn"]),
        "bonuses/hold" => ("held", &["until", "amount"]),
        "retail" if body["retail"]["spend"].is_null() => {
            ("retail", &["amount", "total", "percent", "type", "earn"])
        }
        "retail" => ("retail", &["amount", "total", "percent", "type", "spend"]),
        _ => {
            assert_eq!(names(body), BTreeSet::from(["success"]));
            return;
        }
    };
    assert_eq!(names(body), BTreeSet::from(["success", inside]));
    assert_eq!(names(&body[inside]), fields.iter().copied().collect());
}

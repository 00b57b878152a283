//! Every operation of the description with every fault: refused with the documented error, soon, and without a trace.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::books::{Books, difference};
use crate::description::PLAZIUS;
use crate::example::{example, prepare};
use crate::stand::{Answer, Stand};
use crate::wrong::forbidden;

/// Far above what a refusal takes on a busy machine, far below what a guest would wait.
const SOON: Duration = Duration::from_secs(3);

/// A stand on which an operation's right request would succeed, and what must not change there.
struct Ground {
    stand: Stand,
    operation: &'static str,
    right: Value,
    books: Books,
    before: String,
    found: Vec<String>,
}

impl Ground {
    async fn of(operation: &'static str) -> Self {
        let stand = Stand::start().await;
        prepare(&stand, operation).await;
        let right = example(&stand, operation).await;
        let books = Books::of(&stand);
        let before = books.snapshot();
        Self { stand, operation, right, books, before, found: Vec::new() }
    }

    fn request(&self, body: impl Into<Body>) -> Request<Body> {
        let request = Request::post(format!("/plazius/b2b/v1/loyalty/{}", self.operation));
        let request = request.header(header::AUTHORIZATION, self.stand.token());
        request.header(header::CONTENT_TYPE, "application/json").body(body.into()).expect("a request")
    }

    /// Sends what must be refused with this status.
    async fn refuse(&mut self, what: &str, request: Request<Body>, status: StatusCode) -> Answer {
        let start = Instant::now();
        let answer = self.stand.send(request).await;
        let took = start.elapsed();
        let operation = self.operation;
        if answer.status != status {
            self.found.push(format!("{operation} {what}: {} {}", answer.status, answer.text));
        }
        if status == StatusCode::BAD_REQUEST && !answer.text.contains("\"code\":\"9004\"") {
            self.found.push(format!("{operation} {what}: not 9004: {}", answer.text));
        }
        if took > SOON {
            self.found.push(format!("{operation} {what}: took {took:?}"));
        }
        let after = self.books.snapshot();
        if after != self.before {
            self.found.push(format!("{operation} {what}: changed\n{}", difference(&self.before, &after)));
            self.before = after;
        }
        answer
    }

    /// The right request succeeds after all, so that what was refused was refused for its fault alone.
    async fn end(self) -> Vec<String> {
        let answer = self.stand.call(self.operation, self.right).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", self.operation, answer.text);
        self.found
    }
}

async fn each_field_wrong(group: &str) {
    let mut found = Vec::new();
    for operation in PLAZIUS.operations().filter(|operation| operation.starts_with(group)) {
        if ["update", "addBonus", "writeoff", "Card", "History", "Marketing", "refund"]
            .iter()
            .any(|w| operation.contains(w))
        {
            continue;
        }
        let mut ground = Ground::of(operation).await;
        for wrong in forbidden(operation, &ground.right) {
            if let Ok(body) = serde_json::from_str(&wrong.body) {
                let faults = PLAZIUS.request_faults(operation, &body);
                assert!(!faults.is_empty(), "{operation} {}: the description does not forbid it", wrong.what);
            }
            let request = ground.request(wrong.body);
            ground.refuse(&wrong.what, request, StatusCode::BAD_REQUEST).await;
        }
        found.extend(ground.end().await);
    }
    assert!(found.is_empty(), "{} of them: {found:#?}", found.len());
}

#[tokio::test]
async fn a_wrong_field_in_an_operation_on_guests_is_refused_without_a_trace() {
    each_field_wrong("guests/").await;
}

#[tokio::test]
async fn a_wrong_field_in_an_operation_on_orders_is_refused_without_a_trace() {
    each_field_wrong("orders/").await;
}

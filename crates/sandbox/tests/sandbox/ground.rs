//! A stand on which one operation would succeed, and the proof that what it refuses leaves no trace.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;

use crate::books::{Books, difference};
use crate::description::PLAZIUS;
use crate::example::{example, prepare};
use crate::stand::{Answer, Stand, request};
use crate::wrong::Wrong;

/// Far above what a refusal takes on a busy machine, far below what a guest would wait.
pub(crate) const SOON: Duration = Duration::from_secs(5);

/// A stand on which an operation's right request would succeed, and what must not change there.
pub(crate) struct Ground {
    pub(crate) stand: Stand,
    pub(crate) operation: &'static str,
    pub(crate) right: Value,
    books: Books,
    before: String,
    found: Vec<String>,
}

/// Every operation: one without a route would be found out, since its right request must succeed.
pub(crate) fn operations() -> impl Iterator<Item = &'static str> {
    PLAZIUS.operations()
}

impl Ground {
    pub(crate) async fn of(operation: &'static str) -> Self {
        let stand = Stand::start().await;
        prepare(&stand, operation).await;
        let right = example(&stand, operation).await;
        let books = Books::of(&stand);
        let before = books.snapshot();
        Self { stand, operation, right, books, before, found: Vec::new() }
    }

    /// A request of the operation.
    pub(crate) fn request(&self, body: String) -> Request<Body> {
        request(Some(self.stand.token()), self.operation, body)
    }

    /// Sends what must be refused as invalid, by a message that names the field.
    pub(crate) async fn refuse_wrong(&mut self, wrong: Wrong) {
        let Wrong { what, body, names, code } = wrong;
        let request = self.request(body);
        let answer = self.refuse_as(&what, request, StatusCode::BAD_REQUEST, Some(code)).await;
        if names.is_some_and(|name| !answer.text.contains(&name)) {
            self.fault(&what, &format!("not named: {}", answer.text));
        }
    }

    /// Sends what must be refused as invalid.
    pub(crate) async fn refuse(&mut self, what: &str, request: Request<Body>) -> Answer {
        self.refuse_as(what, request, StatusCode::BAD_REQUEST, Some("9004")).await
    }

    /// Sends what must be refused with this status and code.
    pub(crate) async fn refuse_as(
        &mut self,
        what: &str,
        request: Request<Body>,
        status: StatusCode,
        code: Option<&str>,
    ) -> Answer {
        let answer = self.send(what, request).await;
        let told = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
        if answer.status != status || told["error"]["code"].as_str() != code {
            self.fault(what, &format!("{} {}", answer.status, answer.text));
        }
        self.expect_no_trace(what);
        answer
    }

    /// The token of another key, which is not a trace either.
    pub(crate) async fn token_of(&mut self, key: &str) -> String {
        let token = self.stand.token_of(key).await;
        self.before = self.books.snapshot();
        token
    }

    /// A new token, which is not a trace of what was refused.
    pub(crate) async fn renew_token(&mut self) {
        self.stand.renew_token().await;
        self.before = self.books.snapshot();
    }

    /// Sends what may be taken or refused, if only as described; says whether it was taken.
    pub(crate) async fn take_or_refuse(&mut self, what: &str, request: Request<Body>) -> bool {
        let answer = self.send(what, request).await;
        if answer.status != StatusCode::OK {
            self.expect_no_trace(what);
        } else if let Err(violations) = self.stand.sandbox.check() {
            self.fault(what, &format!("{violations:?}"));
        }
        answer.status == StatusCode::OK
    }

    async fn send(&mut self, what: &str, request: Request<Body>) -> Answer {
        let start = Instant::now();
        let answer = self.stand.send(request).await;
        let took = start.elapsed();
        if took > SOON {
            self.fault(what, &format!("took {took:?}"));
        }
        answer
    }

    /// Whether what was taken left a trace.
    pub(crate) fn is_changed(&self) -> bool {
        self.books.snapshot() != self.before
    }

    fn expect_no_trace(&mut self, what: &str) {
        let after = self.books.snapshot();
        if after != self.before {
            self.fault(what, &format!("changed\n{}", difference(&self.before, &after)));
            self.before = after;
        }
    }

    fn fault(&mut self, what: &str, how: &str) {
        self.found.push(format!("{} {what}: {how}", self.operation));
    }

    /// What was found without a last request.
    pub(crate) fn leave(self) -> Vec<String> {
        self.found
    }

    /// The right request succeeds after all, so that what was refused was refused for its fault alone.
    pub(crate) async fn end(self) -> Vec<String> {
        let answer = self.stand.call(self.operation, self.right).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", self.operation, answer.text);
        self.found
    }
}

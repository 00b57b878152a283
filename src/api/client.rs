//! One request to the proxy and its answer, through `fetch` and the browser's own JSON.

use contract::browser::Json;
use contract::error::ErrorResponse;
use gloo_net::http::{Method, RequestBuilder};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

use crate::state::{Failure, Message};

/// How long the guest waits for an answer.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(15);

/// What the proxy answered, as the browser's JSON.
pub(super) type Answer = Result<JsValue, Failure>;

/// A request to an endpoint, and how its answer is read.
#[derive(Clone, Debug)]
pub struct Call {
    /// The path within the API.
    pub(super) path: String,
    /// What is posted; without it the request is a GET.
    pub(super) body: Option<JsValue>,
    /// The idempotency key of a write.
    pub(super) key: Option<String>,
    /// Whether it only reads, so that it may be repeated.
    pub(super) reads: bool,
    /// Which revision of the model it is about; 0 where it is about none.
    pub(super) revision: u32,
    /// What the answer about that revision means.
    pub(super) meaning: fn(u32, Answer) -> Option<Message>,
}

impl Call {
    /// A post that is sent once.
    pub(super) fn post(path: &str, body: JsValue, meaning: fn(u32, Answer) -> Option<Message>) -> Self {
        Self { path: path.to_owned(), body: Some(body), key: None, reads: false, revision: 0, meaning }
    }
}

/// Reads an answer of the contract.
pub(super) fn read<T: Json>(answer: Answer) -> Result<T, Failure> {
    T::read(&answer?).ok_or(Failure::Malformed)
}

/// Cuts a request off; what it answers is a failure that nobody waits for any more.
#[derive(Clone, Debug)]
pub struct Abort(Option<AbortController>);

impl Abort {
    /// A new one, for one request.
    #[must_use]
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// Cuts the request off.
    pub fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }

    fn is_aborted(&self) -> bool {
        self.0.as_ref().is_some_and(|controller| controller.signal().aborted())
    }
}

impl Default for Abort {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the proxy is, and the session at it.
#[derive(Clone, Debug)]
pub struct Client {
    /// The API's address without a slash at the end.
    pub base: String,
    /// The session's token.
    pub token: Option<String>,
}

impl Client {
    /// Makes a call and says what its answer means, if anything.
    pub async fn make(&self, call: &Call, abort: &Abort) -> Option<Message> {
        let limit = abort.clone();
        let timer = leptos::prelude::set_timeout_with_handle(move || limit.abort(), TIMEOUT).ok();
        let mut repeats = usize::from(call.reads);
        let answer = loop {
            match self.fetch(call, abort).await {
                Err(Failure::Offline) if abort.is_aborted() => break Err(Failure::Timeout),
                Err(Failure::Offline) if repeats > 0 => repeats -= 1,
                answer => break answer,
            }
        };
        if let Some(timer) = timer {
            timer.clear();
        }
        (call.meaning)(call.revision, answer)
    }

    async fn fetch(&self, call: &Call, abort: &Abort) -> Answer {
        let signal = abort.0.as_ref().map(AbortController::signal);
        let mut request =
            RequestBuilder::new(&[&self.base, call.path.as_str()].concat()).abort_signal(signal.as_ref());
        if let Some(token) = &self.token {
            request = request.header("Authorization", &["Bearer ", token].concat());
        }
        if let Some(key) = &call.key {
            request = request.header("Idempotency-Key", key);
        }
        let request = match &call.body {
            Some(body) => {
                let text = JSON::stringify(body).map_err(|_| Failure::Malformed)?;
                request.method(Method::POST).header("Content-Type", "application/json").body(text)
            }
            None => request.build(),
        };
        let response = request.map_err(|_| Failure::Malformed)?.send().await.map_err(|_| Failure::Offline)?;
        let text = response.text().await.map_err(|_| Failure::Offline)?;
        let json = JSON::parse(&text).map_err(|_| Failure::Malformed)?;
        if response.ok() {
            return Ok(json);
        }
        let error = ErrorResponse::read(&json).ok_or(Failure::Malformed)?;
        Err(Failure::Refused(Box::new(error)))
    }
}

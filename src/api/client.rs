//! One request to the proxy and its answer, through `fetch` and the browser's own JSON.

use contract::browser::{Json, object, set};
use contract::error::ErrorResponse;
use contract::login::Embedding;
use contract::session::RESTAURANT_HEADER;
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

use crate::config::Config;
use crate::state::{Failure, Message, Session};

#[wasm_bindgen]
extern "C" {
    /// The browser's own, with its plain options.
    fn fetch(url: &str, options: &JsValue) -> Promise;
}

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
    /// A question, which may be repeated.
    pub(super) fn get(path: String, meaning: fn(u32, Answer) -> Option<Message>) -> Self {
        Self { path, body: None, key: None, reads: true, revision: 0, meaning }
    }

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
    /// Where and for whom is asked.
    pub config: Config,
    /// The guest's session.
    pub session: Option<Session>,
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
        let url = [&self.config.api, call.path.as_str()].concat();
        let response: Response = answered(fetch(&url, &self.request(call, abort)?)).await?.unchecked_into();
        let text = answered(response.text().map_err(|_| Failure::Offline)?).await?;
        let json = JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| Failure::Malformed)?;
        if response.ok() {
            return Ok(json);
        }
        let error = ErrorResponse::read(&json).ok_or(Failure::Malformed)?;
        Err(Failure::Refused(Box::new(error)))
    }

    /// What `fetch` is to send, as its plain options: a builder of requests would be larger than all calls together.
    fn request(&self, call: &Call, abort: &Abort) -> Answer {
        let headers = object();
        match &self.session {
            Some(Session::Token(token)) => {
                set(&headers, "Authorization", &["Bearer ", token].concat().into());
            }
            // Cookies of other restaurants may go along.
            Some(Session::Cookie) => {
                set(&headers, RESTAURANT_HEADER, &self.config.restaurant.as_str().into());
            }
            None => {}
        }
        if let Some(key) = &call.key {
            set(&headers, "Idempotency-Key", &key.into());
        }
        let options = object();
        // The next guest's device keeps nothing; elsewhere the proxy decides whether a cookie is of use.
        let credentials = if self.config.embedding == Embedding::Kiosk { "omit" } else { "include" };
        set(&options, "credentials", &credentials.into());
        if let Some(body) = &call.body {
            set(&headers, "Content-Type", &"application/json".into());
            set(&options, "method", &"POST".into());
            let text = JSON::stringify(body).map_err(|_| Failure::Malformed)?;
            set(&options, "body", &text);
        }
        set(&options, "headers", &headers);
        if let Some(controller) = &abort.0 {
            set(&options, "signal", &controller.signal());
        }
        Ok(options)
    }
}

/// What a promise of the network brings; nothing where the network is not there.
async fn answered(promise: Promise) -> Answer {
    JsFuture::from(promise).await.map_err(|_| Failure::Offline)
}

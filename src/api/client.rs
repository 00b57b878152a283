//! One request to the proxy and its answer, through `fetch` and the browser's own JSON.

use contract::browser::Json;
use contract::error::ErrorResponse;
use gloo_net::http::{Method, RequestBuilder};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

use crate::state::Failure;

/// How long the guest waits for an answer.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(15);

/// Where the proxy is, and the session at it.
#[derive(Clone, Debug)]
pub struct Client {
    /// The API's address without a slash at the end.
    pub base: String,
    /// The session's token.
    pub token: Option<String>,
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

impl Client {
    /// Reads; repeated once where no answer came.
    pub(super) async fn get<T: Json>(&self, path: &str) -> Result<T, Failure> {
        let abort = Abort::new();
        let answer = match self.send(Method::GET, path, None, None, &abort).await {
            Err(Failure::Offline) => self.send(Method::GET, path, None, None, &abort).await,
            answer => answer,
        };
        read(answer)
    }

    /// Posts what only reads; repeated once where no answer came.
    pub(super) async fn post_read<T: Json>(
        &self,
        path: &str,
        body: JsValue,
        abort: &Abort,
    ) -> Result<T, Failure> {
        let body = Some(body);
        let answer = match self.send(Method::POST, path, body.clone(), None, abort).await {
            Err(Failure::Offline) => self.send(Method::POST, path, body, None, abort).await,
            answer => answer,
        };
        read(answer)
    }

    /// Posts once.
    pub(super) async fn post<T: Json>(
        &self,
        path: &str,
        body: JsValue,
        key: Option<&str>,
    ) -> Result<T, Failure> {
        read(self.send(Method::POST, path, Some(body), key, &Abort::new()).await)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<JsValue>,
        key: Option<&str>,
        abort: &Abort,
    ) -> Result<JsValue, Failure> {
        let limit = abort.clone();
        let timer = leptos::prelude::set_timeout_with_handle(move || limit.abort(), TIMEOUT).ok();
        let answer = self.fetch(method, path, body, key, abort).await;
        if let Some(timer) = timer {
            timer.clear();
        }
        match answer {
            Err(Failure::Offline) if abort.is_aborted() => Err(Failure::Timeout),
            answer => answer,
        }
    }

    async fn fetch(
        &self,
        method: Method,
        path: &str,
        body: Option<JsValue>,
        key: Option<&str>,
        abort: &Abort,
    ) -> Result<JsValue, Failure> {
        let signal = abort.0.as_ref().map(AbortController::signal);
        let mut request =
            RequestBuilder::new(&[&self.base, path].concat()).method(method).abort_signal(signal.as_ref());
        if let Some(token) = &self.token {
            request = request.header("Authorization", &["Bearer ", token].concat());
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let request = match body {
            Some(body) => {
                let text = JSON::stringify(&body).map_err(|_| Failure::Malformed)?;
                request.header("Content-Type", "application/json").body(text)
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

fn read<T: Json>(answer: Result<JsValue, Failure>) -> Result<T, Failure> {
    T::read(&answer?).ok_or(Failure::Malformed)
}

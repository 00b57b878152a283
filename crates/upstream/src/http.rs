//! The transport: one request with a time limit and a limit of the answer's size. Follows no redirects, knows no system.

pub(crate) mod json;
pub mod retry;
pub(crate) mod token;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout_at};

use crate::UpstreamError;

/// The largest answer that is read.
pub const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// How long an attempt to connect may take, within the call's own limit.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// How long an unused connection is kept.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// A client with its pool of connections. Clones share the pool.
#[derive(Clone)]
pub struct HttpClient {
    inner: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// A whole answer.
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body, at most [`MAX_ANSWER_BYTES`].
    pub body: Bytes,
}

impl HttpClient {
    /// A client for `http` and `https`, trusting the Mozilla root certificates.
    #[must_use]
    pub fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_LIMIT));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let inner = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_LIMIT)
            .build(connector);
        Self { inner }
    }

    /// Sends one request and reads the whole answer before `deadline`.
    ///
    /// # Errors
    /// `Unavailable` without a connection or where it breaks, `Timeout` after the deadline, `Malformed` for an answer
    /// beyond the limit. Only a connection that was never made is not in doubt.
    pub async fn send(
        &self,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
        deadline: Instant,
    ) -> Result<Reply, UpstreamError> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        timeout_at(deadline, self.exchange(request))
            .await
            .unwrap_or(Err(UpstreamError::Timeout { in_doubt: true }))
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Reply, UpstreamError> {
        let response = self.inner.request(request).await.map_err(|error| UpstreamError::Unavailable {
            reason: if error.is_connect() { "no connection" } else { "the connection broke" }.to_owned(),
            in_doubt: !error.is_connect(),
        })?;
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() {
                return UpstreamError::malformed("the answer is larger than 4 MiB");
            }
            UpstreamError::Unavailable {
                reason: "the connection broke within the answer".to_owned(),
                in_doubt: true,
            }
        })?;
        Ok(Reply { status, body: body.to_bytes() })
    }
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::new()
    }
}

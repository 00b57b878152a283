//! The transport: one request with a time limit and a limit of the answer's size. Follows no redirects, knows no system.

pub(crate) mod json;
mod pool;
pub mod retry;
mod together;
pub(crate) mod token;

use std::time::Duration;

use bytes::Bytes;
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::time::{Instant, timeout_at};
use tower_service::Service;

use self::pool::{Connector, Line, Pool, Server};
pub use self::together::Together;
use crate::UpstreamError;

/// The largest answer that is read.
pub const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// How long an attempt to connect may take, within the call's own limit.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// A client with its pool of connections. Clones share the pool.
#[derive(Clone)]
pub struct HttpClient {
    connector: Connector,
    pool: Pool,
}

/// A whole answer.
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body, at most [`MAX_ANSWER_BYTES`].
    pub body: Bytes,
}

/// One request, which may have to be put on another connection.
struct Sending {
    method: Method,
    path: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Sending {
    fn request(&self) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.path.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
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
        Self { connector, pool: Pool::default() }
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
        timeout_at(deadline, self.exchange(method, uri, headers, body))
            .await
            .unwrap_or(Err(UpstreamError::Timeout { in_doubt: true }))
    }

    async fn exchange(
        &self,
        method: Method,
        uri: Uri,
        mut headers: HeaderMap,
        body: Bytes,
    ) -> Result<Reply, UpstreamError> {
        let http::uri::Parts { scheme, authority, path_and_query, .. } = uri.clone().into_parts();
        let Some(authority) = authority else { return Err(no_connection()) };
        let host = HeaderValue::from_str(host(scheme.as_ref(), &authority)).map_err(|_| no_connection())?;
        headers.entry(header::HOST).or_insert(host);
        let path = Uri::from(path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/")));
        let sending = Sending { method, path, headers, body };
        let server = Server { scheme: scheme.unwrap_or(Scheme::HTTP), authority };
        while let Some(mut line) = self.pool.take(&server) {
            if line.is_ready().await
                && let Some(reply) = self.exchange_on(&server, line, &sending).await.transpose()
            {
                return reply;
            }
        }
        let line = self.connect(uri).await?;
        self.exchange_on(&server, line, &sending).await?.ok_or_else(no_connection)
    }

    async fn connect(&self, uri: Uri) -> Result<Line, UpstreamError> {
        let stream = self.connector.clone().call(uri).await.map_err(|_| no_connection())?;
        let mut line = Line::open(Together::new(stream)).await.map_err(|_| no_connection())?;
        if line.is_ready().await { Ok(line) } else { Err(no_connection()) }
    }

    /// Sends a request on a connection, which is kept where it may be used again. Nothing where the connection had come to
    /// its end before anything of the request was sent.
    async fn exchange_on(
        &self,
        server: &Server,
        mut line: Line,
        sending: &Sending,
    ) -> Result<Option<Reply>, UpstreamError> {
        let (sender, mut connection) = line.split();
        let response = match Line::drive(&mut connection, sender.send_request(sending.request())).await {
            Ok(response) => response,
            Err(error) if error.is_canceled() => return Ok(None),
            Err(_) => return Err(broken("the connection broke")),
        };
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect();
        let body = Line::drive(&mut connection, body).await.map_err(|error| {
            if error.is::<LengthLimitError>() {
                return UpstreamError::malformed("the answer is larger than 4 MiB");
            }
            broken("the connection broke within the answer")
        })?;
        if line.is_ready().await {
            self.pool.put(server, line);
        }
        Ok(Some(Reply { status, body: body.to_bytes() }))
    }
}

/// What the header `Host` says: the port only where it is not the scheme's own.
fn host<'a>(scheme: Option<&Scheme>, authority: &'a http::uri::Authority) -> &'a str {
    let usual = if scheme == Some(&Scheme::HTTPS) { 443 } else { 80 };
    let whole = authority.as_str();
    let whole = whole.rsplit_once('@').map_or(whole, |(_, host)| host);
    match authority.port_u16() {
        Some(port) if port == usual => authority.host(),
        _ => whole,
    }
}

fn no_connection() -> UpstreamError {
    UpstreamError::Unavailable { reason: "no connection".to_owned(), in_doubt: false }
}

fn broken(reason: &str) -> UpstreamError {
    UpstreamError::Unavailable { reason: reason.to_owned(), in_doubt: true }
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::new()
    }
}

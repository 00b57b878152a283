//! One request to a gateway and its answer, through the one HTTP client.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use tokio::time::{Duration, Instant};
use upstream::UpstreamError;
use upstream::http::{HttpClient, Reply};

use super::SendError;

/// A gateway's connection and the time one message may take.
#[derive(Clone)]
pub(super) struct Gateway {
    pub(super) http: HttpClient,
    pub(super) timeout: Duration,
}

impl Gateway {
    /// Sends one request and reads the whole answer, whatever its status. It follows no redirect: a code goes where it is
    /// configured to go.
    pub(super) async fn exchange(
        &self,
        method: Method,
        address: &str,
        headers: HeaderMap,
        body: String,
    ) -> Result<Reply, SendError> {
        let uri: Uri = address.parse().map_err(|_| SendError::NotReached)?;
        let deadline = Instant::now() + self.timeout;
        let answer = self.http.send(method, uri, headers, Bytes::from(body), deadline).await;
        answer.map_err(|error| match error {
            UpstreamError::Unavailable { in_doubt: false, .. } => SendError::NotReached,
            UpstreamError::Unavailable { .. } => SendError::BrokenOff,
            UpstreamError::Timeout { .. } => SendError::TimedOut,
            UpstreamError::Malformed { .. }
            | UpstreamError::Refused { .. }
            | UpstreamError::Unsupported { .. } => SendError::Malformed,
        })
    }
}

/// The headers of a request with a body of this type.
pub(super) fn headers_of(content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers
}

/// An answer that is no success, by its status.
pub(super) fn refused(reply: &Reply) -> SendError {
    SendError::Refused(Some(u32::from(reply.status.as_u16())))
}

//! One exchange with the basic REST API: the address, the key, the JSON, the repetition of reads.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::error::{from_reply, no_success};
use super::wire::SuccessWire;
use crate::UpstreamError;
use crate::http::HttpClient;
use crate::http::json::{decoded, encoded, json_headers};
use crate::http::retry::repeat_read;
use crate::options::{BaseUrl, WrongOptions, secret_header};

/// How to reach the basic REST API. The secret is not shown by `Debug`, which this type does not have.
pub struct BasicRestOptions {
    /// The address before `/integration/general/…`.
    pub base_url: String,
    /// The identifier of the point of sale.
    pub point_id: String,
    /// The key of the header `apikey`.
    pub api_key: String,
    /// How long one call may take, everything it asks and repeats included.
    pub deadline: Duration,
}

pub(super) struct BasicRestClient {
    http: HttpClient,
    base_url: BaseUrl,
    api_key: HeaderValue,
    deadline: Duration,
}

impl BasicRestClient {
    pub(super) fn new(http: HttpClient, options: &BasicRestOptions) -> Result<Self, WrongOptions> {
        if options.point_id.trim().is_empty() {
            return Err(WrongOptions::RestaurantId);
        }
        Ok(Self {
            http,
            base_url: BaseUrl::parse(&options.base_url)?,
            api_key: secret_header(&options.api_key)?,
            deadline: options.deadline,
        })
    }

    /// When a call that begins now must be over.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + self.deadline
    }

    /// An operation that may be repeated.
    pub(super) async fn read<Q: Serialize, A: DeserializeOwned>(
        &self,
        operation: &str,
        body: &Q,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        let body = encoded(body)?;
        repeat_read(deadline, || self.call(operation, body.clone(), deadline)).await
    }

    /// An operation that is sent once.
    pub(super) async fn write<Q: Serialize, A: DeserializeOwned>(
        &self,
        operation: &str,
        body: &Q,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        self.call(operation, encoded(body)?, deadline).await
    }

    async fn call<A: DeserializeOwned>(
        &self,
        operation: &str,
        body: Bytes,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        let uri = self.base_url.join(&format!("integration/general/{operation}"))?;
        let mut headers = json_headers();
        headers.insert(HeaderName::from_static("apikey"), self.api_key.clone());
        let reply = self.http.send(Method::POST, uri, headers, body, deadline).await?;
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        if !decoded::<SuccessWire>(&reply.body)?.success {
            return Err(no_success());
        }
        decoded(&reply.body)
    }
}

//! One exchange with Plazius: the address, the token, the JSON, the repetition of reads.

use std::time::Duration;

use bytes::Bytes;
use clock::Clock;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::error::from_reply;
use super::wire::{PasswordWire, TokenWire};
use crate::UpstreamError;
use crate::http::json::{acknowledged, decoded, encoded, json_headers};
use crate::http::retry::repeat_read;
use crate::http::token::{Exchanged, TokenKeeper};
use crate::http::{HttpClient, Reply};
use crate::options::{BaseUrl, WrongOptions, secret_header};

/// How to reach Plazius. The secrets are not shown by `Debug`, which this type does not have.
pub struct PlaziusOptions {
    /// The address before `/b2b/v1/…`, for example `https://api.plazius.ru/pub`.
    pub base_url: String,
    /// The restaurant's `rkObjectId`.
    pub organisation_id: String,
    /// The key of the header `ApiKey`.
    pub api_key: String,
    /// The password that is exchanged, with the key, for a token.
    pub password: String,
    /// Whether the token goes after the word `Bearer`.
    pub bearer: bool,
    /// How long one call may take, repetitions and a renewal of the token included.
    pub deadline: Duration,
}

/// The makers ask for a renewal of the token within 15 minutes.
const LONGEST_TTL_S: i64 = 15 * 60;

pub(super) struct PlaziusClient {
    http: HttpClient,
    base_url: BaseUrl,
    api_key: HeaderValue,
    password: String,
    bearer: bool,
    deadline: Duration,
    tokens: TokenKeeper,
}

impl PlaziusClient {
    pub(super) fn new(http: HttpClient, clock: Clock, options: PlaziusOptions) -> Result<Self, WrongOptions> {
        Ok(Self {
            http,
            base_url: BaseUrl::parse(&options.base_url)?,
            api_key: secret_header(&options.api_key)?,
            password: options.password,
            bearer: options.bearer,
            deadline: options.deadline,
            tokens: TokenKeeper::new(clock, LONGEST_TTL_S),
        })
    }

    /// An operation that may be repeated.
    pub(super) async fn read<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
    ) -> Result<A, UpstreamError> {
        let deadline = Instant::now() + self.deadline;
        let body = encoded(body)?;
        repeat_read(deadline, || self.call(path, body.clone(), deadline)).await
    }

    /// An operation that is sent once.
    pub(super) async fn write<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
    ) -> Result<A, UpstreamError> {
        self.call(path, encoded(body)?, Instant::now() + self.deadline).await
    }

    /// An operation that is sent once and whose success has no documented body.
    pub(super) async fn write_unanswered<Q: Serialize>(
        &self,
        path: &str,
        body: &Q,
    ) -> Result<(), UpstreamError> {
        let reply = self.reply(path, encoded(body)?, Instant::now() + self.deadline).await?;
        acknowledged(&reply.body)
    }

    /// An operation of the mode for sites, which is sent once and carries a key instead of a token.
    pub(super) async fn write_as_site<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        access: HeaderMap,
        body: &Q,
    ) -> Result<A, UpstreamError> {
        let deadline = Instant::now() + self.deadline;
        let uri = self.base_url.join(&format!("guest/v1/{path}"))?;
        let mut headers = json_headers();
        headers.extend(access);
        let reply = self.http.send(Method::POST, uri, headers, encoded(body)?, deadline).await?;
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        decoded(&reply.body)
    }

    async fn call<A: DeserializeOwned>(
        &self,
        path: &str,
        body: Bytes,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        decoded(&self.reply(path, body, deadline).await?.body)
    }

    async fn reply(&self, path: &str, body: Bytes, deadline: Instant) -> Result<Reply, UpstreamError> {
        let send = |token| self.post(path, header::AUTHORIZATION, token, body.clone(), deadline);
        let reply = self.tokens.authorised(deadline, || self.exchange(deadline), send).await?;
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        Ok(reply)
    }

    /// Exchanges key and password for a token.
    async fn exchange(&self, deadline: Instant) -> Result<Exchanged, UpstreamError> {
        let body = encoded(&PasswordWire { password: &self.password })?;
        let name = HeaderName::from_static("apikey");
        let reply = self.post("auth/gentoken", name, self.api_key.clone(), body, deadline).await?;
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        let answer: TokenWire = decoded(&reply.body)?;
        if answer.token.is_empty() {
            return Err(UpstreamError::malformed("token is empty"));
        }
        let ttl_s = answer.alive_seconds_ttl.unwrap_or(i64::MAX);
        let value = if self.bearer { format!("Bearer {}", answer.token) } else { answer.token };
        let mut header = HeaderValue::try_from(value).map_err(|_| UpstreamError::malformed("token"))?;
        header.set_sensitive(true);
        Ok(Exchanged { header, ttl_s })
    }

    async fn post(
        &self,
        path: &str,
        name: HeaderName,
        value: HeaderValue,
        body: Bytes,
        deadline: Instant,
    ) -> Result<Reply, UpstreamError> {
        let uri = self.base_url.join(&format!("b2b/v1/{path}"))?;
        let mut headers = json_headers();
        headers.insert(name, value);
        self.http.send(Method::POST, uri, headers, body, deadline).await
    }
}

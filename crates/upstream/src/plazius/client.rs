//! One exchange with Plazius: the address, the token, the JSON, the repetition of reads.

use std::time::Duration;

use bytes::Bytes;
use clock::Clock;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};

use super::error::from_reply;
use super::token::{Exchanged, Token, TokenKeeper};
use super::wire::{PasswordWire, TokenWire};
use crate::UpstreamError;
use crate::http::retry::repeat_read;
use crate::http::{HttpClient, Reply};

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

/// What is wrong with [`PlaziusOptions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrongOptions {
    /// The address is not `http://host…` or `https://host…`.
    #[error("the address is not an http or https URL")]
    BaseUrl,
    /// The key holds what a header cannot carry.
    #[error("the API key holds characters that a header cannot carry")]
    ApiKey,
}

pub(super) struct PlaziusClient {
    http: HttpClient,
    base_url: String,
    api_key: HeaderValue,
    password: String,
    bearer: bool,
    deadline: Duration,
    tokens: TokenKeeper,
}

impl PlaziusClient {
    pub(super) fn new(http: HttpClient, clock: Clock, options: PlaziusOptions) -> Result<Self, WrongOptions> {
        let base_url = options.base_url.trim_end_matches('/').to_owned();
        let parsed: Uri = base_url.parse().map_err(|_| WrongOptions::BaseUrl)?;
        if !matches!(parsed.scheme_str(), Some("http" | "https"))
            || parsed.host().is_none()
            || parsed.query().is_some()
        {
            return Err(WrongOptions::BaseUrl);
        }
        let mut api_key = HeaderValue::from_str(&options.api_key).map_err(|_| WrongOptions::ApiKey)?;
        api_key.set_sensitive(true);
        Ok(Self {
            http,
            base_url,
            api_key,
            password: options.password,
            bearer: options.bearer,
            deadline: options.deadline,
            tokens: TokenKeeper::new(clock),
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

    /// Sends the operation; after a 401, which says that nothing was done, once more with a new token.
    async fn call<A: DeserializeOwned>(
        &self,
        path: &str,
        body: Bytes,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        let token = self.token(None, deadline).await?;
        let mut reply = self.send(path, &token, body.clone(), deadline).await?;
        if reply.status == StatusCode::UNAUTHORIZED {
            let token = self.token(Some(token.number), deadline).await?;
            reply = self.send(path, &token, body, deadline).await?;
        }
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        decoded(&reply)
    }

    async fn send(
        &self,
        path: &str,
        token: &Token,
        body: Bytes,
        deadline: Instant,
    ) -> Result<Reply, UpstreamError> {
        self.post(path, header::AUTHORIZATION, token.header.clone(), body, deadline).await
    }

    /// A token; nothing of the operation itself has been sent where this fails.
    async fn token(&self, refused: Option<u64>, deadline: Instant) -> Result<Token, UpstreamError> {
        let token = self.tokens.token(refused, || self.exchange(deadline));
        let token =
            timeout_at(deadline, token).await.unwrap_or(Err(UpstreamError::Timeout { in_doubt: false }));
        token.map_err(not_in_doubt)
    }

    /// Exchanges key and password for a token.
    async fn exchange(&self, deadline: Instant) -> Result<Exchanged, UpstreamError> {
        let body = encoded(&PasswordWire { password: &self.password })?;
        let name = HeaderName::from_static("apikey");
        let reply = self.post("auth/gentoken", name, self.api_key.clone(), body, deadline).await?;
        if reply.status != StatusCode::OK {
            return Err(from_reply(&reply));
        }
        let answer: TokenWire = decoded(&reply)?;
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
        let uri: Uri = format!("{}/b2b/v1/{path}", self.base_url).parse().map_err(|_| {
            UpstreamError::Malformed { what: "the operation's address".to_owned(), in_doubt: false }
        })?;
        let mut headers = HeaderMap::new();
        headers.insert(name, value);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        self.http.post(&uri, headers, body, deadline).await
    }
}

fn encoded<Q: Serialize>(body: &Q) -> Result<Bytes, UpstreamError> {
    serde_json::to_vec(body)
        .map(Bytes::from)
        .map_err(|_| UpstreamError::Malformed { what: "the request".to_owned(), in_doubt: false })
}

/// Reads an answer. The error names the place only: serde's own words may repeat what was sent.
fn decoded<A: DeserializeOwned>(reply: &Reply) -> Result<A, UpstreamError> {
    serde_json::from_slice(&reply.body).map_err(|error| {
        let kind = match error.classify() {
            serde_json::error::Category::Data => "an unexpected shape",
            serde_json::error::Category::Eof => "the JSON ends early",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "no JSON",
        };
        UpstreamError::malformed(format!("{kind} at line {}, column {}", error.line(), error.column()))
    })
}

fn not_in_doubt(error: UpstreamError) -> UpstreamError {
    match error {
        UpstreamError::Unavailable { reason, .. } => UpstreamError::Unavailable { reason, in_doubt: false },
        UpstreamError::Timeout { .. } => UpstreamError::Timeout { in_doubt: false },
        UpstreamError::Malformed { what, .. } => UpstreamError::Malformed { what, in_doubt: false },
        refused @ UpstreamError::Refused { .. } => {
            UpstreamError::Unavailable { reason: format!("no token: {refused}"), in_doubt: false }
        }
    }
}

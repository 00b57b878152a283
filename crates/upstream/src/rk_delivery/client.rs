//! One exchange with r_k Delivery: the addresses, the token, the JSON, the repetition of reads.

use std::time::Duration;

use bytes::Bytes;
use clock::Clock;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::error::from_reply;
use super::wire::{ResultWire, TokenWire};
use crate::UpstreamError;
use crate::http::json::{decoded, encoded, json_headers};
use crate::http::retry::repeat_read;
use crate::http::token::{Exchanged, TokenKeeper};
use crate::http::{HttpClient, Reply};
use crate::options::{BaseUrl, WrongOptions};

/// How to reach r_k Delivery. The secrets are not shown by `Debug`, which this type does not have.
pub struct RkDeliveryOptions {
    /// The address before `/orders/api/v1/…`, for example `https://delivery.ucs.ru`.
    pub base_url: String,
    /// The address before `/connect/token`, for example `https://auth-delivery.ucs.ru`.
    pub auth_url: String,
    /// The restaurant's identifier, a GUID.
    pub restaurant_id: String,
    /// The way of paying that orders are created with, for example `cash`.
    pub payment_type_id: String,
    /// The name by which the token is asked for.
    pub client_id: String,
    /// The secret of that name.
    pub client_secret: String,
    /// How long one call may take, repetitions and a renewal of the token included.
    pub deadline: Duration,
}

/// A token is asked for anew once a day at least, whatever its lifetime.
const LONGEST_TTL_S: i64 = 24 * 60 * 60;

/// The lifetime of a token that does not tell its own.
const UNTOLD_TTL_S: i64 = 15 * 60;

pub(super) struct RkDeliveryClient {
    http: HttpClient,
    base_url: BaseUrl,
    auth_url: BaseUrl,
    credentials: Bytes,
    deadline: Duration,
    tokens: TokenKeeper,
}

impl RkDeliveryClient {
    pub(super) fn new(
        http: HttpClient,
        clock: Clock,
        options: &RkDeliveryOptions,
    ) -> Result<Self, WrongOptions> {
        let form = format!(
            "client_id={}&client_secret={}&grant_type=client_credentials&scopes=orders",
            form_encoded(&options.client_id),
            form_encoded(&options.client_secret),
        );
        Ok(Self {
            http,
            base_url: BaseUrl::parse(&options.base_url)?,
            auth_url: BaseUrl::parse(&options.auth_url)?,
            credentials: form.into(),
            deadline: options.deadline,
            tokens: TokenKeeper::new(clock, LONGEST_TTL_S),
        })
    }

    /// When a call that begins now must be over.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + self.deadline
    }

    /// Makes sure that there is a token.
    pub(super) async fn authorise(&self) -> Result<(), UpstreamError> {
        let deadline = self.deadline();
        repeat_read(deadline, || self.tokens.ready(deadline, || self.exchange(deadline))).await
    }

    /// A question, which may be repeated.
    pub(super) async fn read<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        deadline: Instant,
    ) -> Result<A, UpstreamError> {
        let body = encoded(body)?;
        let ask = async || {
            let reply = self.call(Method::POST, path, Some(body.clone()), deadline).await?;
            decoded::<ResultWire<A>>(&reply.body).map(|answer| answer.result)
        };
        repeat_read(deadline, ask).await
    }

    /// A change, which is sent once; an answer to be read with [`ResultWire`], or of no interest.
    pub(super) async fn write(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<Reply, UpstreamError> {
        self.call(method, path, body, self.deadline()).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        deadline: Instant,
    ) -> Result<Reply, UpstreamError> {
        let uri = self.base_url.join(&format!("orders/api/v1/{path}"))?;
        let send = async |token| {
            let mut headers = if body.is_some() { json_headers() } else { HeaderMap::new() };
            headers.insert(header::AUTHORIZATION, token);
            let body = body.clone().unwrap_or_default();
            self.http.send(method.clone(), uri.clone(), headers, body, deadline).await
        };
        let reply = self.tokens.authorised(deadline, || self.exchange(deadline), send).await?;
        // An order that was created is answered with 201, the rest with 200.
        if reply.status.is_success() { Ok(reply) } else { Err(from_reply(&reply)) }
    }

    /// Exchanges name and secret for a token.
    async fn exchange(&self, deadline: Instant) -> Result<Exchanged, UpstreamError> {
        let uri = self.auth_url.join("connect/token")?;
        let mut headers = HeaderMap::new();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, form);
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let reply = self.http.send(Method::POST, uri, headers, self.credentials.clone(), deadline).await?;
        if !reply.status.is_success() {
            return Err(from_reply(&reply));
        }
        let answer: TokenWire = decoded(&reply.body)?;
        if answer.access_token.is_empty() {
            return Err(UpstreamError::malformed("access_token is empty"));
        }
        let mut header = HeaderValue::try_from(format!("Bearer {}", answer.access_token))
            .map_err(|_| UpstreamError::malformed("access_token"))?;
        header.set_sensitive(true);
        Ok(Exchanged { header, ttl_s: answer.expires_in.unwrap_or(UNTOLD_TTL_S) })
    }
}

/// The text with everything but letters, digits and `-._~` escaped.
fn form_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::form_encoded;

    #[test]
    fn a_secret_survives_the_form() {
        assert_eq!(form_encoded("demo-1._~"), "demo-1._~");
        assert_eq!(form_encoded("a&b=c +%ж"), "a%26b%3Dc%20%2B%25%D0%B6");
    }
}

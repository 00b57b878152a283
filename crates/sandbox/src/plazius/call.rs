//! The way every authorised operation takes: token, body, one transaction off the async threads, answer.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use jiff::Timestamp;
use loyalty::Programme;
use rusqlite::Transaction;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Plazius;
use super::error::Refusal;
use super::read::read;
use crate::network::Network;
use crate::payment_codes::PaymentCodes;
use crate::store::access::{self, Access};

/// What an operation works with.
pub(crate) struct Call<'a> {
    /// Kept if the operation succeeds, undone if it is refused.
    pub(crate) tx: &'a Transaction<'a>,
    /// The key the token was given for: it sees only its own restaurants.
    pub(crate) api_key: &'a str,
    /// The key's network. Guests, wallets and cards are the whole network's, whatever the key sees.
    pub(crate) network_id: i64,
    /// The network's programme.
    pub(crate) programme: &'a Programme,
    pub(crate) payment_codes: &'a PaymentCodes,
    pub(crate) now: Timestamp,
}

impl<'a> Call<'a> {
    /// The network, for what every system does alike.
    pub(crate) fn network(&self) -> Network<'a> {
        Network { tx: self.tx, id: self.network_id, programme: self.programme, now: self.now }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }
}

/// The route of an operation.
pub(super) fn operation<Q, A>(answer: fn(&Call<'_>, Q) -> Result<A, Refusal>) -> MethodRouter<Plazius>
where
    Q: DeserializeOwned + 'static,
    A: Serialize + Send + 'static,
{
    route(answer, Json)
}

/// The route of an operation whose success is documented without a body.
pub(super) fn wordless_operation<Q>(answer: fn(&Call<'_>, Q) -> Result<(), Refusal>) -> MethodRouter<Plazius>
where
    Q: DeserializeOwned + 'static,
{
    route(answer, |()| StatusCode::OK)
}

fn route<Q, A, R>(answer: fn(&Call<'_>, Q) -> Result<A, Refusal>, write: fn(A) -> R) -> MethodRouter<Plazius>
where
    Q: DeserializeOwned + 'static,
    A: 'static,
    R: IntoResponse + Send + 'static,
{
    post(
        async move |State(plazius): State<Plazius>,
                    headers: HeaderMap,
                    body: Result<Bytes, BytesRejection>| {
            let work = move || perform(&plazius, &headers, body, answer).map(write);
            off_the_async_threads(work).await
        },
    )
}

/// Runs blocking work where it may block and answers with what it makes.
pub(super) async fn off_the_async_threads<R: IntoResponse + Send + 'static>(
    work: impl FnOnce() -> Result<R, Refusal> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(answer)) => answer.into_response(),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => Refusal::Internal(error.to_string()).into_response(),
    }
}

fn perform<Q: DeserializeOwned, A>(
    plazius: &Plazius,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    answer: fn(&Call<'_>, Q) -> Result<A, Refusal>,
) -> Result<A, Refusal> {
    let now = plazius.clock.now();
    let token = token(headers).ok_or(Refusal::Unauthorized)?;
    plazius.store.transact(|tx| {
        let Access { api_key, network_id } =
            access::of_token(tx, token, now.as_millisecond())?.ok_or(Refusal::Unauthorized)?;
        let programme = plazius
            .programmes
            .get(network_id)
            .ok_or_else(|| Refusal::Internal(format!("network {network_id} has no programme")))?;
        let request = read(headers, body)?;
        let payment_codes = &plazius.payment_codes;
        let programme = &programme;
        answer(&Call { tx, api_key: &api_key, network_id, programme, payment_codes, now }, request)
    })
}

/// The token in `Authorization`, with or without the word `Bearer`.
fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let token = match value.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim_start(),
        _ => value,
    };
    (!token.is_empty()).then_some(token)
}

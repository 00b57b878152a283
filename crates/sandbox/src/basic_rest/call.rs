//! The way every operation takes: key, body, one transaction off the async threads, answer.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, post};
use jiff::Timestamp;
use loyalty::Programme;
use rusqlite::Transaction;
use serde::Serialize;

use super::BasicRest;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::quote::levels_of;
use crate::network::Network;
use crate::store::access;

/// What an operation works with.
pub(super) struct Call<'a> {
    /// Kept if the operation succeeds, undone if it is refused.
    pub(super) tx: &'a Transaction<'a>,
    /// The key of the header `apikey`: it sees only its own points of sale.
    pub(super) api_key: &'a str,
    /// The key's network. Clients are the whole network's, whatever the key sees.
    pub(super) network_id: i64,
    /// What of the network's programme applies here.
    pub(super) programme: &'a Programme,
    pub(super) now: Timestamp,
}

impl Call<'_> {
    pub(super) fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The network as every system sees it.
    pub(super) fn network(&self) -> Network<'_> {
        Network { tx: self.tx, id: self.network_id, programme: self.programme, now: self.now }
    }
}

/// The route of an operation.
pub(super) fn operation<Q, A>(answer: fn(&Call<'_>, Q) -> Result<A, Refusal>) -> MethodRouter<BasicRest>
where
    Q: FromFields + 'static,
    A: Serialize + Send + 'static,
{
    post(
        async move |State(basic_rest): State<BasicRest>,
                    headers: HeaderMap,
                    body: Result<Bytes, BytesRejection>| {
            off_the_async_threads(move || perform(&basic_rest, &headers, body, answer)).await
        },
    )
}

/// Runs blocking work where it may block and answers with what it makes.
async fn off_the_async_threads<A: Serialize + Send + 'static>(
    work: impl FnOnce() -> Result<A, Refusal> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(error) => Refusal::Internal(error.to_string()).into_response(),
    }
}

fn perform<Q: FromFields, A>(
    basic_rest: &BasicRest,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    answer: fn(&Call<'_>, Q) -> Result<A, Refusal>,
) -> Result<A, Refusal> {
    let now = basic_rest.clock.now();
    let key = headers.get("apikey").and_then(|value| value.to_str().ok()).ok_or(Refusal::Unauthorized)?;
    basic_rest.store.transact(|tx| {
        let network_id = access::network_of_basic_rest_key(tx, key)?.ok_or(Refusal::Unauthorized)?;
        let programme = basic_rest
            .programmes
            .get(network_id)
            .ok_or_else(|| Refusal::Internal(format!("network {network_id} has no programme")))?;
        let mut fields = Fields::read(headers, body)?;
        let request = Q::from_fields(&mut fields);
        fields.end()?;
        let programme = &levels_of(&programme);
        answer(&Call { tx, api_key: key, network_id, programme, now }, request)
    })
}

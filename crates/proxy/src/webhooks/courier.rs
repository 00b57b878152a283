//! Sends webhooks that are due, and takes note of what was heard and what was not.
//!
//! Before an attempt is made, it is written down that it is, so no other proxy makes it too; whoever is killed in the middle
//! of one leaves it to be made again after a while.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clock::Clock;
use futures_util::future::join_all;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;
use upstream::UpstreamError;
use upstream::http::HttpClient;

use super::Outbox;
use super::schedule::wait_ms;
use super::signature::sign;
use crate::config::Limits;
use crate::metrics::webhooks::{AttemptEnd, Webhooks};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::sql::Tx;
use crate::store::webhooks::{self, WebhookRow};
use crate::store::{Scope, Store, StoreError};

/// How long a restaurant's server may take to hear.
const LIMIT: Duration = Duration::from_secs(15);

/// For how long nobody else makes an attempt that was begun: longer than it can take, clocks that differ included.
const CLAIM_MS: i64 = 60_000;

/// How many are sent at once.
const AT_ONCE: u32 = 16;

/// How many of those that were given up are listed.
const LISTED: u32 = 100;

/// The status by which it is answered that something is on its way.
const ACCEPTED: u16 = 202;

/// The status by which a server says that it never wants to hear of it again.
const GONE: u16 = 410;

/// Sends what is in the outbox.
pub(crate) struct Courier {
    store: Store,
    clock: Clock,
    http: HttpClient,
    outbox: Outbox,
    figures: Arc<Webhooks>,
    idempotency_ttl_ms: i64,
    turn: Mutex<()>,
}

/// What became of a wish to send something anew.
pub(crate) enum Revived {
    /// It is sent.
    OnItsWay,
    /// Nothing of this name was given up.
    NoSuch,
    /// The key was used for something else.
    OtherRequest,
}

/// What became of an attempt.
enum Outcome {
    Heard,
    /// Not heard, and why; for good, where trying again is of no use.
    Failed {
        why: String,
        for_good: bool,
    },
}

impl Courier {
    /// The courier of a store.
    pub(crate) fn new(
        store: Store,
        clock: Clock,
        http: HttpClient,
        outbox: Outbox,
        figures: Arc<Webhooks>,
        limits: &Limits,
    ) -> Self {
        let idempotency_ttl_ms = i64::from(limits.idempotency_ttl_s) * 1000;
        Self { store, clock, http, outbox, figures, idempotency_ttl_ms, turn: Mutex::new(()) }
    }

    /// What there is to send is in here.
    pub(crate) const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Makes every attempt that is due now and that nobody else is making.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub(crate) async fn deliver_due(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        loop {
            let now_ms = self.clock.now().as_millisecond();
            let due = self.store.read(move |tx| webhooks::due(tx, now_ms, AT_ONCE)).await?;
            if due.is_empty() {
                return Ok(());
            }
            for made in join_all(due.into_iter().map(|row| self.attempt(row))).await {
                made?;
            }
        }
    }

    /// Looks how much is still to be told, for the operator.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub(crate) async fn look(&self) -> Result<(), StoreError> {
        self.figures.saw(self.store.read(webhooks::backlogs).await?);
        Ok(())
    }

    /// What a restaurant's server could not be told, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub(crate) async fn dead(&self, restaurant: &str) -> Result<Vec<WebhookRow>, StoreError> {
        let restaurant = restaurant.to_owned();
        self.store.read(move |tx| webhooks::dead(tx, &restaurant, LISTED)).await
    }

    /// Lets what could not be told be told anew, once for each key.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub(crate) async fn revive(
        &self,
        restaurant: &str,
        key: &RequestKey,
        webhook_id: &str,
    ) -> Result<Revived, StoreError> {
        let (restaurant, id, key) = (restaurant.to_owned(), webhook_id.to_owned(), key.clone());
        let now_ms = self.clock.now().as_millisecond();
        let oldest_ms = now_ms - self.idempotency_ttl_ms;
        let hash = Sha256::new().chain_update("resend\n").chain_update(&id).finalize().to_vec();
        let scopes = [Scope::webhook(webhook_id), Scope::key(&key)];
        let revive = move |tx: &mut dyn Tx| {
            match idempotency::find(tx, &key, &hash, oldest_ms)? {
                Known::Mismatch => return Ok(Revived::OtherRequest),
                Known::Answered(_) => return Ok(Revived::OnItsWay),
                Known::New | Known::Unanswered => {}
            }
            if !webhooks::revive(tx, &restaurant, &id, now_ms)? {
                return Ok(Revived::NoSuch);
            }
            idempotency::claim(tx, &key, &hash, now_ms)?;
            idempotency::answer(tx, &key, &StoredAnswer { status: ACCEPTED, body: String::new() })?;
            Ok(Revived::OnItsWay)
        };
        let revived = self.store.write(scopes, revive).await?;
        self.outbox.wake();
        Ok(revived)
    }

    async fn attempt(&self, row: WebhookRow) -> Result<(), StoreError> {
        let (id, before) = (row.webhook_id.clone(), row.attempts);
        let until_ms = self.clock.now().as_millisecond() + CLAIM_MS;
        let claim = move |tx: &mut dyn Tx| webhooks::claim(tx, &id, before, until_ms);
        if !self.store.write(Scope::webhook(&row.webhook_id), claim).await? {
            return Ok(());
        }
        let outcome = self.send(&row).await;
        let now_ms = self.clock.now().as_millisecond();
        let (id, attempts, failed) = (row.webhook_id.clone(), row.attempts + 1, row.failed + 1);
        let next_at_ms = match &outcome {
            Outcome::Failed { for_good: false, .. } => wait_ms(failed, &id).map(|wait_ms| now_ms + wait_ms),
            Outcome::Heard | Outcome::Failed { .. } => None,
        };
        let end = match (&outcome, next_at_ms) {
            (Outcome::Heard, _) => AttemptEnd::Heard,
            (Outcome::Failed { .. }, Some(_)) => AttemptEnd::Failed,
            (Outcome::Failed { .. }, None) => AttemptEnd::GivenUp,
        };
        self.figures.attempted(&row, end);
        let note = move |tx: &mut dyn Tx| match &outcome {
            Outcome::Heard => webhooks::remove(tx, &id),
            Outcome::Failed { why, .. } => {
                tracing::warn!(
                    webhook_id = id,
                    why,
                    is_last = next_at_ms.is_none(),
                    "a webhook was not heard"
                );
                webhooks::fail(tx, &id, attempts, next_at_ms, why)
            }
        };
        self.store.write(Scope::webhook(&row.webhook_id), note).await
    }

    async fn send(&self, row: &WebhookRow) -> Outcome {
        let failed = |why: &str, for_good| Outcome::Failed { why: why.to_owned(), for_good };
        let Some(target) = self.outbox.target(&row.restaurant) else {
            return failed("the restaurant has no webhook any more", true);
        };
        let timestamp_s = self.clock.now().as_second();
        let Some(headers) = headers(&target.key(), row, timestamp_s) else {
            return failed("the request cannot be written", true);
        };
        let body = Bytes::from(row.body.clone().into_bytes());
        let answer = self.http.send(Method::POST, target.url, headers, body, Instant::now() + LIMIT).await;
        match answer {
            Ok(reply) if reply.status.is_success() => Outcome::Heard,
            Ok(reply) => {
                let status = reply.status.as_u16();
                failed(&format!("answered with status {status}"), status == GONE)
            }
            Err(UpstreamError::Timeout { .. }) => failed("no answer within 15 seconds", false),
            Err(error) => failed(&error.to_string(), false),
        }
    }
}

fn headers(key: &[u8], row: &WebhookRow, timestamp_s: i64) -> Option<HeaderMap> {
    let signature = sign(key, &row.webhook_id, timestamp_s, &row.body)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in [
        ("webhook-id", row.webhook_id.clone()),
        ("webhook-timestamp", timestamp_s.to_string()),
        ("webhook-signature", signature),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?);
    }
    Some(headers)
}

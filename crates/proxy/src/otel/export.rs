//! Sends spans to the collector, many at once, and goes on where it is away.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, Uri, header};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout};
use upstream::http::HttpClient;

use super::span::{self, Span};

/// How many spans are sent at once.
const BATCH: usize = 256;

/// How long the first of them waits for others.
const PAUSE: Duration = Duration::from_secs(2);

/// How long the collector may take.
const LIMIT: Duration = Duration::from_secs(5);

/// What sends spans; it does so while [`Exporter::run`] is awaited.
pub struct Exporter {
    address: String,
    waiting: Receiver<Span>,
    http: HttpClient,
    is_away: bool,
}

impl Exporter {
    pub(super) fn new(endpoint: &str, waiting: Receiver<Span>) -> Self {
        let address = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
        Self { address, waiting, http: HttpClient::new(), is_away: false }
    }

    /// Sends what comes until `stopped`, and then what is left.
    pub async fn run(mut self, stopped: impl Future<Output = ()>) {
        let mut stopped = std::pin::pin!(stopped);
        let mut batch = Vec::with_capacity(BATCH);
        let mut is_stopped = false;
        while !is_stopped && self.may_come() {
            // The first span, and then whatever comes while it waits.
            for limit in [Duration::MAX, PAUSE] {
                is_stopped |= tokio::select! {
                    biased;
                    () = &mut stopped, if !is_stopped => true,
                    () = gather(&mut self.waiting, &mut batch, limit) => false,
                };
                if is_stopped {
                    break;
                }
            }
            if is_stopped {
                while let Ok(span) = self.waiting.try_recv() {
                    batch.push(span);
                }
            }
            self.send(&mut batch).await;
        }
    }

    /// Whether anything is there or may still come: without whoever listens it will not.
    fn may_come(&self) -> bool {
        !self.waiting.is_closed() || !self.waiting.is_empty()
    }

    /// Sends a batch; a collector that is away is named once, until it is back.
    async fn send(&mut self, batch: &mut Vec<Span>) {
        if batch.is_empty() {
            return;
        }
        let body = span::request(batch).to_string();
        batch.clear();
        let Ok(uri) = self.address.parse::<Uri>() else { return };
        let json = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, json)]);
        let sent = self.http.send(Method::POST, uri, headers, body.into(), Instant::now() + LIMIT).await;
        let is_away = !sent.is_ok_and(|reply| reply.status.is_success());
        if is_away && !self.is_away {
            tracing::warn!("the collector does not take the traces; they are lost until it does");
        }
        self.is_away = is_away;
    }
}

/// Adds what comes: the first that does where nothing is there yet, otherwise as many as a batch takes within the limit.
async fn gather(waiting: &mut Receiver<Span>, batch: &mut Vec<Span>, limit: Duration) {
    let until_full = async {
        loop {
            let is_first = batch.is_empty();
            let room = BATCH.saturating_sub(batch.len());
            if room == 0 || waiting.recv_many(batch, room).await == 0 || is_first {
                return;
            }
        }
    };
    // That nothing more came in time is as good as a full batch.
    let _: Result<(), _> = timeout(limit, until_full).await;
}

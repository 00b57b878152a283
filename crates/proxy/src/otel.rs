//! Traces for a collector: a span for each request, and one for each call of a loyalty system within it.
//!
//! Owns what is told: names, times, statuses and outcomes, the same as in the log. It listens to the log's own spans and
//! events, so no other file knows of it. A collector that is away costs the traces and nothing else.

mod export;
mod span;

use clock::Clock;
use tokio::sync::mpsc::{Sender, channel};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, filter};

pub use self::export::Exporter;
use self::span::{Kind, Span, SpanId, TraceId};
use crate::config::OtelConfig;
use crate::entropy::Entropy;

/// Where requests are observed.
const REQUESTS: &str = "proxy::middleware";

/// Where calls of loyalty systems are told of.
pub(crate) const CALLS: &str = "proxy::upstream_call";

/// How many spans wait for the collector at most; what comes beyond is lost.
const WAITING: usize = 4096;

/// What listens, to be put into the log's subscriber.
pub type Listener = Box<dyn Layer<tracing_subscriber::Registry> + Send + Sync>;

/// What listens and what exports, where a collector is configured.
#[must_use]
pub fn listen(config: &OtelConfig, clock: &Clock) -> Option<(Listener, Exporter)> {
    let endpoint = config.endpoint.as_ref()?;
    let (spans, waiting) = channel(WAITING);
    let listening = Listening { spans, clock: clock.clone(), entropy: Entropy::system() };
    let ours = filter::filter_fn(|metadata: &Metadata<'_>| [REQUESTS, CALLS].contains(&metadata.target()));
    Some((listening.with_filter(ours).boxed(), Exporter::new(endpoint, waiting)))
}

struct Listening {
    spans: Sender<Span>,
    clock: Clock,
    entropy: Entropy,
}

/// The fields that are told, by the names the log gives them.
#[derive(Default)]
struct Fields {
    texts: Vec<(&'static str, String)>,
    status: Option<u64>,
    took_us: u64,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.texts.push((field.name(), format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.texts.push((field.name(), value.to_owned()));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = Some(value),
            "took_us" => self.took_us = value,
            _ => {}
        }
    }
}

impl Fields {
    fn take(&mut self, name: &str) -> String {
        let found = self.texts.iter().position(|(known, _)| *known == name);
        found.map(|index| self.texts.swap_remove(index).1).unwrap_or_default()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listening {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let (Some(span), Ok(trace), Ok(own)) = (context.span(id), self.entropy.bytes(), self.entropy.bytes())
        else {
            return;
        };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let (method, route) = (fields.take("method"), fields.take("route"));
        span.extensions_mut().insert(Span {
            trace: TraceId(trace),
            id: SpanId(own),
            parent: None,
            name: format!("{method} {route}"),
            kind: Kind::Server,
            began_ns: self.clock.now().as_nanosecond(),
            ended_ns: None,
            attributes: vec![
                ("http.request.method", method),
                ("http.route", route),
                ("loyalty.request_id", fields.take("id")),
            ],
            failed: false,
        });
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(request) = context.event_span(event) else { return };
        let mut extensions = request.extensions_mut();
        let Some(request) = extensions.get_mut::<Span>() else { return };
        let mut fields = Fields::default();
        event.record(&mut fields);
        let now_ns = self.clock.now().as_nanosecond();
        if let Some(status) = fields.status {
            request.ended_ns = Some(now_ns);
            request.failed = status >= 500;
            request.attributes.push(("http.response.status_code", status.to_string()));
        } else if event.metadata().target() == CALLS
            && let Ok(own) = self.entropy.bytes()
        {
            let (operation, outcome) = (fields.take("operation"), fields.take("outcome"));
            self.send(Span {
                trace: request.trace,
                id: SpanId(own),
                parent: Some(request.id),
                name: format!("upstream {operation}"),
                kind: Kind::Client,
                began_ns: now_ns - i128::from(fields.took_us) * 1000,
                ended_ns: Some(now_ns),
                failed: !matches!(outcome.as_str(), "answered" | "refused" | "given_up"),
                attributes: vec![
                    ("loyalty.restaurant", fields.take("restaurant")),
                    ("loyalty.system", fields.take("system")),
                    ("loyalty.operation", operation),
                    ("loyalty.outcome", outcome),
                ],
            });
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).and_then(|span| span.extensions_mut().remove::<Span>());
        if let Some(mut span) = span {
            span.ended_ns.get_or_insert(self.clock.now().as_nanosecond());
            self.send(span);
        }
    }
}

impl Listening {
    fn send(&self, span: Span) {
        // A full queue means a collector that is away or slow; a request does not wait for it.
        let _: Result<(), _> = self.spans.try_send(span);
    }
}

//! A span as it is kept and as OTLP writes it in JSON.

use serde_json::{Value, json};

/// Names a trace.
#[derive(Clone, Copy)]
pub(super) struct TraceId(pub(super) [u8; 16]);

/// Names a span within a trace.
#[derive(Clone, Copy)]
pub(super) struct SpanId(pub(super) [u8; 8]);

/// Which side of an exchange a span is, with OTLP's numbers.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Server = 2,
    Client = 3,
}

/// A span.
pub(super) struct Span {
    pub(super) trace: TraceId,
    pub(super) id: SpanId,
    pub(super) parent: Option<SpanId>,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) began_ns: i128,
    pub(super) ended_ns: Option<i128>,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) failed: bool,
}

/// OTLP's number of a status that is an error.
const ERROR: u8 = 2;

impl Span {
    /// As OTLP writes it: identifiers in hexadecimal, times as text.
    pub(super) fn to_json(&self) -> Value {
        let attributes: Vec<Value> = self.attributes.iter().map(|(key, value)| text(key, value)).collect();
        let mut span = json!({
            "traceId": hex(&self.trace.0),
            "spanId": hex(&self.id.0),
            "name": self.name,
            "kind": self.kind as u8,
            "startTimeUnixNano": self.began_ns.to_string(),
            "endTimeUnixNano": self.ended_ns.unwrap_or(self.began_ns).to_string(),
            "attributes": attributes,
        });
        if let Some(parent) = self.parent {
            span["parentSpanId"] = hex(&parent.0).into();
        }
        if self.failed {
            span["status"] = json!({"code": ERROR});
        }
        span
    }
}

/// The request's body for these spans.
pub(super) fn request(spans: &[Span]) -> Value {
    let spans: Vec<Value> = spans.iter().map(Span::to_json).collect();
    let service = [text("service.name", "loyalty-proxy"), text("service.version", env!("CARGO_PKG_VERSION"))];
    json!({"resourceSpans": [{
        "resource": {"attributes": service},
        "scopeSpans": [{"scope": {"name": "loyalty-proxy"}, "spans": spans}],
    }]})
}

fn text(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

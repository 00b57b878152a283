//! What happens, counted, for the operator's monitoring.
//!
//! Owns the names and labels of every metric. A label is a name out of the configuration or out of the program, never
//! what somebody sent: a phone, a code, a token or a path that is no route of ours cannot get here.

mod at_hand;
mod calls;
pub(crate) mod endpoint;
mod labels;
pub(crate) mod logins;
pub(crate) mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use http::{Method, StatusCode};
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use upstream::CallObserver;

use self::at_hand::AtHand;
use self::calls::Calls;
use self::labels::{Call, CallResult, Outcome, Request, RequestTime, System};
use self::logins::Logins;
use self::webhooks::Webhooks;
use crate::config::Limits;

/// Seconds: from what a preview should take to what the longest limit lets pass.
const BUCKETS: [f64; 12] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

/// Every metric.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    request_time: Family<RequestTime, Histogram>,
    answers: AtHand<Request, (Counter, Histogram)>,
    calls: Family<CallResult, Counter>,
    call_time: Family<Call, Histogram>,
    breakers: Family<System, Gauge>,
    /// What became of login codes.
    pub(crate) logins: Arc<Logins>,
    /// What became of webhooks.
    pub(crate) webhooks: Arc<Webhooks>,
    spends: Family<Outcome, Counter>,
    shed: Counter,
    store_errors: Counter,
    reloads: Family<Outcome, Counter>,
}

impl Metrics {
    /// All at zero.
    pub(crate) fn new(clock: &Clock, limits: &Limits) -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let mut metrics = Self {
            registry: Registry::with_prefix("loyalty_proxy"),
            requests: Family::default(),
            request_time: Family::new_with_constructor(histogram),
            answers: AtHand::default(),
            calls: Family::default(),
            call_time: Family::new_with_constructor(histogram),
            breakers: Family::default(),
            logins: Arc::new(Logins::new(clock.clone(), limits)),
            webhooks: Arc::new(Webhooks::new(clock.clone())),
            spends: Family::default(),
            shed: Counter::default(),
            store_errors: Counter::default(),
            reloads: Family::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        let help = "Time from a request's head to its answer";
        registry.register_with_unit("request", help, Unit::Seconds, self.request_time.clone());
        registry.register("upstream_calls", "Calls of loyalty systems that ended", self.calls.clone());
        let help = "Time a call of a loyalty system took, repetitions of a read included";
        registry.register_with_unit("upstream_call", help, Unit::Seconds, self.call_time.clone());
        let help = "A loyalty system's breaker: 0 closed, 1 trying, 2 open";
        registry.register("breaker_state", help, self.breakers.clone());
        self.logins.register(registry);
        self.webhooks.register(registry);
        registry.register("spends", "Confirms by their result", self.spends.clone());
        registry.register("shed_requests", "Requests asked to come back", self.shed.clone());
        registry.register("store_errors", "Requests that the store failed", self.store_errors.clone());
        registry.register("reloads", "Configurations read anew", self.reloads.clone());
    }

    /// A request was answered. `route` is a route of ours or a fixed word.
    pub(crate) fn answered(&self, route: &str, method: &Method, status: StatusCode, took: Duration) {
        let (method, status) = (known(method), status.as_u16());
        let is_it =
            |known: &Request| known.status == status && known.method == method && known.route == route;
        let find = || {
            let time = RequestTime { route: route.to_owned(), method };
            let time = self.request_time.get_or_create(&time).clone();
            let labels = Request { route: route.to_owned(), method, status };
            let count = self.requests.get_or_create(&labels).clone();
            (labels, (count, time))
        };
        self.answers.with(is_it, find, |(count, time)| {
            count.inc();
            time.observe(took.as_secs_f64());
        });
    }

    /// Who counts the calls of a restaurant's loyalty system.
    pub(crate) fn observer_of(
        self: &Arc<Self>,
        restaurant: &str,
        system: &'static str,
    ) -> Arc<dyn CallObserver> {
        let restaurant = restaurant.to_owned();
        let system = System { restaurant, system };
        let breaker = self.breakers.get_or_create(&system).clone();
        Arc::new(Calls {
            metrics: Arc::clone(self),
            system,
            counts: AtHand::default(),
            times: AtHand::default(),
            breaker,
        })
    }

    /// A restaurant is no longer served; nobody is to be alarmed about its breaker.
    pub(crate) fn forget(&self, restaurant: &str, system: &'static str) {
        self.breakers.remove(&System { restaurant: restaurant.to_owned(), system });
    }

    /// A confirm has ended.
    pub(crate) fn spent(&self, result: &'static str) {
        self.spends.get_or_create(&Outcome { result }).inc();
    }

    /// A request was asked to come back.
    pub(crate) fn shed(&self) {
        self.shed.inc();
    }

    /// The store failed a request.
    pub(crate) fn store_failed(&self) {
        self.store_errors.inc();
    }

    /// A configuration was read anew.
    pub(crate) fn reloaded(&self, is_taken: bool) {
        let result = if is_taken { "taken" } else { "refused" };
        self.reloads.get_or_create(&Outcome { result }).inc();
    }

    /// All metrics in the text form of `OpenMetrics`.
    pub(crate) fn text(&self) -> String {
        self.logins.look();
        self.webhooks.look();
        let mut told = String::new();
        if text::encode(&mut told, &self.registry).is_err() {
            tracing::error!("the metrics cannot be told");
        }
        told
    }
}

/// The methods a browser uses; others are one word, because anybody may make one up.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use upstream::{BreakerState, CallOutcome};

    use super::logins::LoginStep;
    use super::*;
    use crate::auth::rates::Limit;
    use crate::sms::SendError;

    #[test]
    fn each_metric_is_told_under_its_documented_name() {
        let clock = Clock::manual("2026-11-23T10:00:00Z".parse().expect("a time"));
        let metrics = Arc::new(Metrics::new(&clock, &Limits::default()));
        let took = Duration::from_millis(3);
        metrics.answered("/api/v1/wallet", &Method::GET, StatusCode::OK, took);
        metrics.answered(
            "unknown",
            &Method::from_bytes(b"BREW").expect("a method"),
            StatusCode::NOT_FOUND,
            took,
        );
        let observer = metrics.observer_of("pirogi", "plazius");
        observer.called("wallet", CallOutcome::Answered, took);
        observer.breaker_is(BreakerState::Open);
        metrics.logins.reached(LoginStep::Started);
        metrics.logins.sent("smsru", Err(SendError::Refused(Some(207))));
        metrics.logins.refused(Limit::PhoneDay);
        metrics.spent("confirmed");
        metrics.shed();
        metrics.store_failed();
        metrics.reloaded(false);
        let text = metrics.text();
        for line in [
            r#"loyalty_proxy_requests_total{route="/api/v1/wallet",method="GET",status="200"} 1"#,
            r#"loyalty_proxy_requests_total{route="unknown",method="other",status="404"} 1"#,
            r#"loyalty_proxy_request_seconds_bucket{le="0.005",route="/api/v1/wallet",method="GET"} 1"#,
            r#"loyalty_proxy_upstream_calls_total{restaurant="pirogi",system="plazius",operation="wallet",outcome="answered"} 1"#,
            r#"loyalty_proxy_upstream_call_seconds_count{restaurant="pirogi",system="plazius",operation="wallet"} 1"#,
            r#"loyalty_proxy_breaker_state{restaurant="pirogi",system="plazius"} 2"#,
            r#"loyalty_proxy_login_steps_total{step="started"} 1"#,
            r#"loyalty_proxy_login_messages_total{sender="smsru",outcome="refused"} 1"#,
            r#"loyalty_proxy_login_refusals_total{limit="phone_day"} 1"#,
            "loyalty_proxy_login_alarm 0",
            r#"loyalty_proxy_spends_total{result="confirmed"} 1"#,
            "loyalty_proxy_shed_requests_total 1",
            "loyalty_proxy_store_errors_total 1",
            r#"loyalty_proxy_reloads_total{result="refused"} 1"#,
        ] {
            assert!(text.lines().any(|told| told == line), "no `{line}` in\n{text}");
        }
        metrics.forget("pirogi", "plazius");
        assert!(!metrics.text().contains("breaker_state{"));
    }
}

//! The running program and its operator: signals, the log, the metrics.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::command::{Running, example, log_in, nobody, program};
use crate::test_app::{HttpClient, http_client, request};

fn signal(running: &Running, name: &str) {
    let kill = Command::new("kill").arg(name).arg(running.child.id().to_string()).status();
    assert!(kill.expect("kill runs").success());
}

fn write(dir: &Path, config: &str) {
    std::fs::write(dir.join("proxy.toml"), config).expect("written");
}

async fn is_allowed(client: &HttpClient, base: &str, origin: &str) -> bool {
    let asked = [("origin", origin), ("access-control-request-method", "POST")];
    let uri = format!("{base}/api/v1/order/confirm");
    let answer = request(client, "OPTIONS", &uri, &asked, &Value::Null).await;
    answer.headers.contains_key("access-control-allow-origin")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_has_the_configuration_read_again_and_a_wrong_one_is_refused() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let config = example(dir.path(), nobody());
    let running = Running::start(&mut program(dir.path(), "serve", &config));
    let base = running.ready();
    let client = http_client();
    let (before, after) = ("https://pirogi.example", "https://new.example");
    assert!(is_allowed(&client, &base, before).await);

    write(dir.path(), &config.replace(before, after).replace("# code_tries = 5", "code_tries = 4"));
    signal(&running, "-HUP");
    let line = running.line_with("read anew");
    assert!(line.contains("limits"), "what waits for a restart is named: {line}");
    assert!(is_allowed(&client, &base, after).await);
    assert!(!is_allowed(&client, &base, before).await);

    write(dir.path(), &config.replace("currency = \"RUB\"", "currency = \"roubles\""));
    signal(&running, "-HUP");
    let line = running.line_with("the former one stays");
    assert!(line.contains("restaurants[0].currency"), "{line}");
    assert!(!line.contains("a secret of this test"), "{line}");
    assert!(is_allowed(&client, &base, after).await, "the former one is still in use");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_json_where_it_is_configured_so_and_each_line_names_its_request() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let config = example(dir.path(), nobody())
        .replace("# format = \"text\"", "format = \"json\"")
        .replace("# level = \"warn\"", "level = \"info\"");
    let mut command = program(dir.path(), "serve", &config);
    let running = Running::start(command.env_remove("RUST_LOG"));
    let base = running.ready();
    let uri = format!("{base}/api/v1/restaurant/pirogi");
    let answer = request(&http_client(), "GET", &uri, &[], &Value::Null).await;
    let id = answer.headers["x-request-id"].to_str().expect("text").to_owned();
    let line: Value = serde_json::from_str(&running.line_with(&id)).expect("one object");
    assert_eq!(line["message"], "answered");
    assert_eq!(line["status"], 200);
    assert_eq!(line["span"]["route"], "/api/v1/restaurant/{restaurant}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_metrics_have_an_address_of_their_own() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let config =
        example(dir.path(), nobody()).replace("# listen = \"127.0.0.1:9464\"", "listen = \"127.0.0.1:0\"");
    let running = Running::start(&mut program(dir.path(), "serve", &config));
    let line = running.line_with("metrics ");
    let base = running.ready();
    let client = http_client();
    request(&client, "GET", &format!("{base}/healthz"), &[], &Value::Null).await;
    let uri = line.strip_prefix("metrics ").expect("an address");
    let answer = request(&client, "GET", uri, &[], &Value::Null).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.headers["content-type"].to_str().expect("text").starts_with("application/openmetrics-text")
    );
    let line = r#"loyalty_proxy_requests_total{route="/healthz",method="GET",status="200"} 1"#;
    assert!(answer.text.lines().any(|told| told == line), "{}", answer.text);
    assert!(answer.text.ends_with("# EOF\n"));
    request(&client, "GET", &format!("{base}/metrics"), &[], &Value::Null)
        .await
        .refused(404, "invalid_request");
}

/// A collector that keeps what it is told.
async fn collect() -> (std::net::SocketAddr, Arc<Mutex<Vec<Value>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&told);
    let take = axum::routing::post(move |axum::Json(body): axum::Json<Value>| async move {
        kept.lock().expect("not poisoned").push(body);
        axum::Json(serde_json::json!({}))
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = axum::Router::new().route("/v1/traces", take);
    tokio::spawn(async move { axum::serve(listener, router).await.expect("serves until the test ends") });
    (address, told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_is_told_of_each_request_and_of_the_calls_within_it() {
    let (collector, told) = collect().await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    let config = example(dir.path(), nobody())
        .replace("# endpoint = \"http://127.0.0.1:4318\"", &format!("endpoint = \"http://{collector}\""));
    let mut running = Running::start(&mut program(dir.path(), "serve", &config));
    let base = running.ready();
    log_in(&http_client(), &base, &running).await;
    signal(&running, "-TERM");
    assert!(running.child.wait().expect("it ends").success());

    let told = told.lock().expect("not poisoned").clone();
    let spans: Vec<&Value> = told
        .iter()
        .flat_map(|body| body["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().expect("spans"))
        .collect();
    let named = |name: &str| {
        let found = spans.iter().find(|span| span["name"] == name);
        *found.unwrap_or_else(|| panic!("no span `{name}` in {spans:?}"))
    };
    named("POST /api/v1/login/start");
    let request = named("POST /api/v1/login/verify");
    let call = named("upstream guest");
    assert_eq!((&call["traceId"], &call["parentSpanId"]), (&request["traceId"], &request["spanId"]));
    assert_eq!(call["status"]["code"], 2, "nobody listens there");
    let text = serde_json::to_string(&told).expect("JSON");
    for secret in ["79990001122", "a secret of this test"] {
        assert!(!text.contains(secret), "{text}");
    }
}

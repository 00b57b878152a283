//! The program `loyalty-proxy` as an operator meets it.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::json;

use crate::test_app::{HttpClient, IVAN, cart, http_client, main_dish, request};

const PROGRAM: &str = env!("CARGO_BIN_EXE_loyalty-proxy");

/// The example the project ships, with any free port, and another place to write and to call.
pub(crate) fn example(dir: &Path, upstream: SocketAddr) -> String {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/proxy.example.toml"));
    let text = text.expect("the example is there");
    let replaced = text
        .replace("\"127.0.0.1:8080\"", "\"127.0.0.1:0\"")
        .replace("/var/lib/loyalty-proxy", &dir.display().to_string())
        .replace("/usr/share/loyalty-checkout", &dir.display().to_string())
        .replace("https://api.plazius.ru/pub", &format!("http://{upstream}"))
        .replace("[\"telegram\", \"smsru\", \"gateway\"]", "[\"terminal\"]");
    assert_ne!(text, replaced);
    replaced
}

pub(crate) fn program(dir: &Path, verb: &str, config: &str) -> Command {
    let path = dir.join("proxy.toml");
    std::fs::write(&path, config).expect("written");
    std::fs::write(dir.join("index.html"), "<!doctype html>").expect("written");
    let mut command = Command::new(PROGRAM);
    command.arg(verb).arg("--config").arg(path).stdin(Stdio::null());
    for name in [
        "LOYALTY_PEPPER",
        "PLAZIUS_API_KEY",
        "PLAZIUS_PASSWORD",
        "RK_DELIVERY_SECRET",
        "BASIC_REST_API_KEY",
        "TELEGRAM_GATEWAY_TOKEN",
        "SMS_RU_API_ID",
        "SMS_GATEWAY_KEY",
    ] {
        command.env(name, "a secret of this test");
    }
    command
}

/// The demo, with a widget of one page.
fn demo(dir: &Path, listen: SocketAddr) -> Command {
    std::fs::write(dir.join("index.html"), "<!doctype html>").expect("written");
    let mut command = Command::new(PROGRAM);
    command.args(["demo", "--listen", &listen.to_string()]);
    command.arg("--widget").arg(dir).arg("--data").arg(dir.join("data"));
    command
}

fn check_config(config: &str) -> Output {
    let dir = tempfile::tempdir().expect("a scratch folder");
    program(dir.path(), "check-config", config).output().expect("the program runs")
}

/// An address at which nobody listens.
pub(crate) fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address")
}

/// A child that ends with the test, and the lines it writes to one of its streams.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("piped")), Box::new(child.stderr.take().expect("piped"))];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        Self { child, lines }
    }

    /// The first line that holds `text`.
    pub(crate) fn line_with(&self, text: &str) -> String {
        let mut seen = Vec::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(20));
            let line =
                line.unwrap_or_else(|error| panic!("no line with `{text}`: {error}; before: {seen:?}"));
            if line.contains(text) {
                return line;
            }
            seen.push(line);
        }
    }
}

impl Running {
    /// Waits until the program says that it is ready, and where; without the slash at the end.
    pub(crate) fn ready(&self) -> String {
        let line = self.line_with("ready ");
        let address = line.strip_prefix("ready ").and_then(|rest| rest.strip_suffix('/'));
        let address = address.unwrap_or_else(|| panic!("`{line}` is not the promised line"));
        assert!(address.starts_with("http://127.0.0.1:"), "{line}");
        address.to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn the_shipped_example_is_a_right_configuration() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let output = check_config(&example(dir.path(), nobody()));
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_wrong_configuration_is_refused_with_the_field_named() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let right = example(dir.path(), nobody());
    for (from, to, field) in [
        ("currency = \"RUB\"", "currency = \"roubles\"", "restaurants[0].currency"),
        ("id = \"pirogi\"", "id = \"Пироги\"", "restaurants[0].id"),
        ("system = \"plazius\"", "system = \"iiko\"", "restaurants[0].upstream.system"),
        (
            "[restaurants.upstream]",
            "[restaurants.upstream]\nsurprise = 1",
            "restaurants[0].upstream.surprise",
        ),
        ("# code_ttl_s = 300", "code_ttl_s = 0", "limits.code_ttl_s"),
        ("# kind = \"sqlite\"", "kind = \"mysql\"", "store.kind"),
        ("# pool = 8", "pool = 8", "store.pool"),
        ("# kind = \"sqlite\"", "kind = \"postgres\"", "store.url"),
        ("# kind = \"sqlite\"", "kind = \"postgres\"\nurl = { env = \"LOYALTY_PEPPER\" }", "store.url"),
        ("# code_ttl_s = 300", "code_ttl_s = \"long\"", "limits.code_ttl_s"),
        ("organisation_id = \"4174244\"", "", "restaurants[0].upstream.organisation_id"),
        ("auth_url = ", "point_id = ", "restaurants[1].upstream.auth_url"),
        ("client_id = ", "bearer = true\nclient_id = ", "restaurants[1].upstream.bearer"),
        ("https://delivery.ucs.ru", "http://delivery.ucs.ru", "restaurants[1].upstream.base_url"),
        ("18f550d8-7fbe-45fa-8c83-35f531380f65", "lapsha", "restaurant lapsha"),
        ("[\"phone\", \"card\", \"app_code\"]", "[\"card\"]", "restaurants[2].login_keys"),
        ("# login_keys = [\"phone\"]", "login_keys = [\"phone\", \"card\"]", "restaurant pirogi"),
        ("# key_tries = 20", "key_tries = 0", "limits.key_tries"),
        ("# max_requests = 512", "max_requests = 0", "edge.max_requests"),
        ("# breaker_open_s = 10", "breaker_open_s = 3601", "edge.breaker_open_s"),
        ("# format = \"text\"", "format = \"xml\"", "log.format"),
        ("# level = \"warn\"", "level = \"\"", "log.level"),
        ("# listen = \"127.0.0.1:9464\"", "listen = \"nowhere\"", "metrics.listen"),
        ("# endpoint = \"http://127.0.0.1:4318\"", "endpoint = \"collector\"", "otel.endpoint"),
        ("# older_widget_dirs = []", "older_widget_dirs = 7", "older_widget_dirs"),
        ("PLAZIUS_API_KEY", "NO_SUCH_VARIABLE", "restaurants[0].upstream.api_key.env"),
        ("https://pirogi.example", "https://pirogi.example/page", "restaurants[0].allowed_origins[0]"),
    ] {
        let wrong = right.replace(from, to);
        assert_ne!(wrong, right, "{from}");
        let output = check_config(&wrong);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{field} is accepted");
        assert!(error.contains(field), "{field} is not named: {error}");
        assert!(!error.contains("a secret of this test"), "{error}");
    }
}

#[test]
fn a_port_in_use_is_one_clear_sentence() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address");
    let output = demo(dir.path(), address).output().expect("the program runs");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(error.contains(&address.to_string()) && error.contains("in use"), "{error}");
}

#[test]
fn unknown_arguments_are_refused() {
    for arguments in
        [&["fly"][..], &[], &["serve"], &["serve", "--colour", "red"], &["demo", "--listen", "nowhere"]]
    {
        let output = Command::new(PROGRAM).args(arguments).output().expect("the program runs");
        assert!(!output.status.success(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_demo_says_when_it_is_ready_and_stops_cleanly_when_asked() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let mut running = Running::start(&mut demo(dir.path(), "127.0.0.1:0".parse().expect("an address")));
    running.ready();
    let kill = Command::new("kill").arg("-TERM").arg(running.child.id().to_string()).status();
    assert!(kill.expect("kill runs").success());
    assert!(running.child.wait().expect("it ends").success());
}

/// Logs in at a served proxy; the code is read from the terminal, where a proxy without a provider writes it.
pub(crate) async fn log_in(client: &HttpClient, base: &str, running: &Running) -> String {
    log_in_as(client, base, running, IVAN).await
}

pub(crate) async fn log_in_as(client: &HttpClient, base: &str, running: &Running, phone: &str) -> String {
    let start = json!({"restaurant": "pirogi", "phone": phone});
    let challenge = request(client, "POST", &format!("{base}/api/v1/login/start"), &[], &start).await.ok();
    let message = running.line_with(phone);
    let digits = message.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6);
    let code = digits.expect("a code").to_owned();
    let verify = json!({"challenge_id": challenge["challenge_id"], "code": code});
    let session = request(client, "POST", &format!("{base}/api/v1/login/verify"), &[], &verify).await.ok();
    session["token"].as_str().expect("a token").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loyalty_system_that_refuses_the_connection_is_unavailable() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let config = example(dir.path(), nobody());
    let running = Running::start(&mut program(dir.path(), "serve", &config));
    let base = running.ready();
    let client = http_client();
    let token = log_in(&client, &base, &running).await;
    let bearer = format!("Bearer {token}");
    let body = json!({"cart": cart(vec![main_dish()]), "promo_codes": []});
    let headers = [("authorization", bearer.as_str())];
    let answer = request(&client, "POST", &format!("{base}/api/v1/preview"), &headers, &body).await;
    answer.refused(503, "upstream_unavailable");
    // A restaurant's page on its own address may call this proxy, and no other page.
    for (origin, allowed) in
        [("https://pirogi.example", true), ("https://pirogi.example.evil.example", false)]
    {
        let asked = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type,idempotency-key"),
        ];
        let uri = format!("{base}/api/v1/order/confirm");
        let answer = request(&client, "OPTIONS", &uri, &asked, &json!(null)).await;
        let told = answer.headers.get("access-control-allow-origin").map(http::HeaderValue::as_bytes);
        assert_eq!(told, allowed.then_some(origin.as_bytes()));
        if allowed {
            let headers =
                answer.headers["access-control-allow-headers"].to_str().expect("text").to_lowercase();
            assert!(headers.contains("idempotency-key"), "{headers}");
        }
    }
}

/// A sandbox that Plazius' clients reach at the answered address.
pub(crate) async fn serve_sandbox(dir: &Path) -> (sandbox::Sandbox, SocketAddr) {
    let options = sandbox::Options::new(dir.join("sandbox"));
    let sandbox = sandbox::Sandbox::open(options).expect("the sandbox opens");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = sandbox.router();
    tokio::spawn(async move { axum::serve(listener, router).await.expect("serves until the test ends") });
    (sandbox, address)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restaurant_that_does_not_trust_its_page_confirms_no_cart_of_the_page() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let (sandbox, upstream) = serve_sandbox(dir.path()).await;
    let config = example(dir.path(), upstream)
        .replace(&format!("http://{upstream}"), &format!("http://{upstream}/plazius"))
        .replace("spend_on_page_cart = true", "spend_on_page_cart = false");
    let mut command = program(dir.path(), "serve", &config);
    command.env("PLAZIUS_API_KEY", "demo-plazius").env("PLAZIUS_PASSWORD", "demo");
    let running = Running::start(&mut command);
    let base = running.ready();
    let client = http_client();
    let bearer = format!("Bearer {}", log_in(&client, &base, &running).await);
    let body = json!({"cart": cart(vec![main_dish()]), "promo_codes": []});
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "once")];
    let preview = request(&client, "POST", &format!("{base}/api/v1/preview"), &headers, &body).await.ok();
    let confirm = json!({
        "order_id": preview["order_id"], "preview_id": preview["preview_id"], "spend_minor": 0
    });
    let answer = request(&client, "POST", &format!("{base}/api/v1/order/confirm"), &headers, &confirm).await;
    answer.refused(403, "confirm_not_allowed");
    let confirmed = sandbox::Kind::Confirmed;
    assert!(sandbox.ledger().expect("readable books").iter().all(|entry| entry.kind != confirmed));
}

//! A gateway for login codes that answers as a test tells it, and a proxy that sends through it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::IntoResponse;
use clock::Clock;
use jiff::SignedDuration;
use proxy::config::Config;
use proxy::serve::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::test_app::{Answer, HttpClient, http_client, request};

/// The secrets of every sender of these tests.
pub(crate) const KEY: &str = "canary-gateway-key";

/// One request the gateway received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// The fields of the body, which is a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        assert_eq!(self.header("content-type"), "application/x-www-form-urlencoded");
        let fields = self.text.split('&').map(|field| field.split_once('=').expect("a value"));
        fields.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
    }
}

/// What `%XX` stands for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
            let digits = std::str::from_utf8(&digits).expect("ASCII");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// What the gateway does with a request: a status and a body, or silence.
pub(crate) type Script = dyn Fn(&Received) -> Option<(u16, String)> + Send + Sync;

pub(crate) struct Gateway {
    pub(crate) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Gateway {
    pub(crate) async fn start(
        script: impl Fn(&Received) -> Option<(u16, String)> + Send + Sync + 'static,
    ) -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let script: Arc<Script> = Arc::new(script);
        let log = Arc::clone(&received);
        let app = Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let (log, script) = (Arc::clone(&log), Arc::clone(&script));
            async move {
                let text = String::from_utf8(body.to_vec()).expect("UTF-8");
                let request = Received { method: method.to_string(), uri: uri.to_string(), headers, text };
                log.lock().expect("not poisoned").push(request.clone());
                let Some((status, body)) = script(&request) else { std::future::pending().await };
                (StatusCode::from_u16(status).expect("a status"), body).into_response()
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await.expect("serves until the test ends") });
        Self { address, received }
    }

    /// A gateway that answers everything alike.
    pub(crate) async fn answering(status: u16, body: impl Into<String>) -> Self {
        let body = body.into();
        Self::start(move |_| Some((status, body.clone()))).await
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("not poisoned").clone()
    }

    /// The only request that was received.
    pub(crate) fn only(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }
}

/// An address at which nobody listens.
pub(crate) fn nobody() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address")
}

/// A proxy with one restaurant, whose loyalty system is at an address of the test's.
pub(crate) struct SendingProxy {
    server: Server,
    pub(crate) clock: Clock,
    client: HttpClient,
    dir: TempDir,
}

impl SendingProxy {
    /// Starts a proxy whose restaurant sends by `senders`, the rest of the file being `more`.
    pub(crate) async fn start(order: &[&str], senders: &str, more: &str) -> Self {
        let dir = tempfile::tempdir().expect("a scratch folder");
        Self::start_in(dir, nobody(), order, senders, more).await
    }

    /// The same over a folder and a loyalty system.
    pub(crate) async fn start_in(
        dir: TempDir,
        upstream: SocketAddr,
        order: &[&str],
        senders: &str,
        more: &str,
    ) -> Self {
        crate::logs::capture();
        let clock = Clock::manual("2026-11-23T10:00:00Z".parse().expect("a time"));
        let config = config_text(dir.path(), upstream, order, senders, more);
        let environment = |name: &str| (name == "KEY").then(|| KEY.to_owned());
        let config = Config::parse(&config, &environment).unwrap_or_else(|error| panic!("{error}\n{config}"));
        let server = Server::start(&config, &clock).await.expect("the proxy starts");
        Self { server, clock, client: http_client(), dir }
    }

    /// Lets the proxy go on with another file. Answers what waits for a restart.
    pub(crate) fn reload(&mut self, order: &[&str], senders: &str, more: &str) -> Vec<&'static str> {
        let config = config_text(self.dir.path(), nobody(), order, senders, more);
        let config = Config::parse(&config, &|_| Some(KEY.to_owned())).expect("a right configuration");
        self.server.reload(&config).expect("a usable configuration")
    }

    /// Whether the metrics have this line.
    pub(crate) fn has_counted(&self, line: &str) -> bool {
        self.server.metrics_text().lines().any(|told| told == line)
    }

    pub(crate) fn pass(&self, seconds: i64) {
        assert!(self.clock.advance(SignedDuration::from_secs(seconds)));
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let uri = format!("http://{}{path}", self.server.address());
        request(&self.client, "POST", &uri, headers, body).await
    }

    pub(crate) async fn start_login(&self, phone: &str) -> Answer {
        self.start_login_with(&[], &json!({"phone": phone})).await
    }

    /// Asks for a code with these headers and fields.
    pub(crate) async fn start_login_with(&self, headers: &[(&str, &str)], fields: &Value) -> Answer {
        let mut body = json!({"restaurant": "pirogi", "phone": "+79990001122"});
        body.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        self.post("/api/v1/login/start", headers, &body).await
    }

    pub(crate) async fn verify(&self, challenge: &Value, code: &str) -> Answer {
        let body = json!({"challenge_id": challenge["challenge_id"], "code": code});
        self.post("/api/v1/login/verify", &[], &body).await
    }

    /// Stops the proxy and leaves its folder.
    pub(crate) async fn stop(self) -> TempDir {
        self.server.stop().await;
        self.dir
    }
}

/// A configuration with one restaurant.
pub(crate) fn config_text(
    dir: &std::path::Path,
    upstream: SocketAddr,
    order: &[&str],
    senders: &str,
    more: &str,
) -> String {
    let extra = if more.contains("pepper") { "" } else { "pepper = { env = \"KEY\" }\n" };
    let (top, tables) = more.split_once("\n\n").unwrap_or((more, ""));
    format!(
        "listen = \"127.0.0.1:0\"\ndata_dir = {dir:?}\n{extra}login_senders = {order:?}\n{top}\n{tables}
         {senders}
         [[restaurants]]
         id = \"pirogi\"
         name = \"Пироги да Фрукты\"
         currency = \"RUB\"
         allowed_dialling_codes = [7]
         spend_on_page_cart = true
         allowed_origins = [\"https://pirogi.example\"]
         [restaurants.upstream]
         system = \"plazius\"
         base_url = \"http://{upstream}/plazius\"
         organisation_id = \"4174244\"
         api_key = {{ env = \"KEY\" }}
         password = {{ env = \"KEY\" }}
         "
    )
}

/// The table of a sender over SMS.ru that is at `address`.
pub(crate) fn sms_ru(name: &str, address: SocketAddr) -> String {
    format!(
        "[senders.{name}]\nkind = \"sms_ru\"\nbase_url = \"http://{address}\"\napi_id = {{ env = \"KEY\" }}\n"
    )
}

/// The table of a sender over the Telegram Gateway that is at `address`.
pub(crate) fn telegram(name: &str, address: SocketAddr) -> String {
    format!(
        "[senders.{name}]\nkind = \"telegram_gateway\"\nbase_url = \"http://{address}\"\ntoken = {{ env = \"KEY\" }}\n"
    )
}

/// What SMS.ru answers where it takes a message to the test's phone.
pub(crate) fn sms_ru_taken() -> String {
    json!({
        "status": "OK", "status_code": 100, "balance": 4122.56,
        "sms": {"79990001122": {"status": "OK", "status_code": 100, "sms_id": "000000-10000000"}}
    })
    .to_string()
}

/// A limit that the tests of time limits use instead of seconds.
pub(crate) const SHORT: Duration = Duration::from_millis(150);

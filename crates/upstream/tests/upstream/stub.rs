//! A server that answers as a test tells it and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use clock::Clock;
use jiff::Timestamp;
use serde_json::{Value, json};
use upstream::http::HttpClient;
use upstream::{BasicRest, BasicRestOptions, Plazius, PlaziusOptions, RkDelivery, RkDeliveryOptions};

/// One request the server received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) content_type: Option<String>,
    /// The body as it came.
    pub(crate) text: String,
}

impl Received {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.content_type.as_deref(), Some("application/json"));
        serde_json::from_str(&self.text).expect("JSON")
    }

    fn is_token_exchange(&self) -> bool {
        self.path.ends_with("/auth/gentoken") || self.path.ends_with("/connect/token")
    }
}

/// What the server does with a request: a status and a body, after a delay.
pub(crate) type Script = dyn Fn(&Received) -> (u16, String, Duration) + Send + Sync;

pub(crate) struct Stub {
    pub(crate) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Stub {
    /// Starts a server with a token exchange of its own; everything else is up to `script`.
    pub(crate) async fn start(
        script: impl Fn(&Received) -> (u16, String, Duration) + Send + Sync + 'static,
    ) -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let script: Arc<Script> = Arc::new(script);
        let log = Arc::clone(&received);
        let app = Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let (log, script) = (Arc::clone(&log), Arc::clone(&script));
            async move { answer(&log, &*script, &method, &uri, &headers, &body).await }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await.expect("serves until the test ends") });
        Self { address, received }
    }

    /// A server that answers everything but the token exchange with status 200 and `body`.
    pub(crate) async fn answering(body: Value) -> Self {
        Self::start(move |_| (200, body.to_string(), Duration::ZERO)).await
    }

    /// What was received, token exchanges left out.
    pub(crate) fn operations(&self) -> Vec<Received> {
        self.all().into_iter().filter(|request| !request.is_token_exchange()).collect()
    }

    /// Everything that was received.
    pub(crate) fn all(&self) -> Vec<Received> {
        self.received.lock().expect("not poisoned").clone()
    }

    /// The only operation that was received.
    pub(crate) fn only_operation(&self) -> Received {
        let mut operations = self.operations();
        assert_eq!(operations.len(), 1, "{operations:?}");
        operations.remove(0)
    }

    pub(crate) fn plazius(&self) -> Plazius {
        plazius(&format!("http://{}/pub", self.address), Clock::manual(Timestamp::UNIX_EPOCH), true)
    }
}

async fn answer(
    log: &Mutex<Vec<Received>>,
    script: &Script,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().expect("text").to_owned());
    let request = Received {
        method: method.to_string(),
        path: uri.path().to_owned(),
        authorization: header("authorization"),
        api_key: header("apikey"),
        origin: header("origin"),
        content_type: header("content-type"),
        text: std::str::from_utf8(body).expect("UTF-8").to_owned(),
    };
    let exchanges = {
        let mut log = log.lock().expect("not poisoned");
        log.push(request.clone());
        log.iter().filter(|request| request.is_token_exchange()).count()
    };
    let (status, body, delay) = script(&request);
    tokio::time::sleep(delay).await;
    let (status, body) = if request.is_token_exchange() && body != "refuse" {
        let token = format!("token-{exchanges}");
        let exchanged = if request.path.ends_with("/connect/token") {
            json!({"access_token": token, "expires_in": 3600, "token_type": "Bearer", "scope": "orders"})
        } else {
            json!({"token": token, "refreshToken": "r", "aliveSecondsTtl": 900})
        };
        (200, exchanged.to_string())
    } else {
        (status, body)
    };
    (StatusCode::from_u16(status).expect("a status"), body).into_response()
}

/// A client with a limit of half a second.
pub(crate) fn plazius(base_url: &str, clock: Clock, bearer: bool) -> Plazius {
    let options = PlaziusOptions {
        base_url: base_url.to_owned(),
        organisation_id: "4174244".to_owned(),
        api_key: "key".to_owned(),
        password: "secret".to_owned(),
        bearer,
        deadline: Duration::from_millis(500),
    };
    Plazius::new(HttpClient::new(), clock, options).expect("valid options")
}

/// A client with a limit of half a second.
pub(crate) fn basic_rest(base_url: &str) -> BasicRest {
    let options = BasicRestOptions {
        base_url: base_url.to_owned(),
        point_id: "62aXXXXXXf4".to_owned(),
        api_key: "key".to_owned(),
        deadline: Duration::from_millis(500),
    };
    BasicRest::new(HttpClient::new(), options).expect("valid options")
}

/// A client with a limit of half a second, whose tokens come from the same server.
pub(crate) fn rk_delivery(base_url: &str, clock: Clock) -> RkDelivery {
    let options = RkDeliveryOptions {
        base_url: base_url.to_owned(),
        auth_url: base_url.to_owned(),
        restaurant_id: "18f550d8-7fbe-45fa-8c83-35f531380f65".to_owned(),
        payment_type_id: "cash".to_owned(),
        client_id: "demo-delivery".to_owned(),
        client_secret: "de&mo".to_owned(),
        deadline: Duration::from_millis(500),
    };
    RkDelivery::new(HttpClient::new(), clock, options).expect("valid options")
}

//! A restaurant's server that is told of orders: it answers as a test says, and checks what it hears by itself.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use proxy::config::{Secret, WebhookConfig};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::test_app::TestApp;

/// 32 bytes in base64, after the prefix.
pub(crate) const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// One request that was received.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) id: String,
    pub(crate) timestamp: String,
    signature: String,
    text: String,
}

impl Heard {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// Whether the signature is the one that the specification asks for: HMAC as RFC 2104 writes it, over SHA-256.
    pub(crate) fn is_signed(&self) -> bool {
        let key: Vec<u8> = (0..32).collect();
        let block = |pad: u8| -> Vec<u8> {
            (0..64).map(|index| key.get(index).copied().unwrap_or(0) ^ pad).collect()
        };
        let signed = format!("{}.{}.{}", self.id, self.timestamp, self.text);
        let inner = Sha256::digest([block(0x36), signed.into_bytes()].concat());
        let outer = Sha256::digest([block(0x5c), inner.to_vec()].concat());
        self.signature == format!("v1,{}", base64(&outer))
    }
}

/// Base64 as RFC 4648 writes it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number =
            (0..3).fold(0_usize, |all, index| (all << 8) | usize::from(*chunk.get(index).unwrap_or(&0)));
        for place in 0..4 {
            let digit = char::from(DIGITS[(number >> (18 - 6 * place)) & 63]);
            text.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

#[test]
fn the_receivers_own_arithmetic_is_that_of_the_rfcs() {
    for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
        assert_eq!(base64(bytes.as_bytes()), text);
    }
    let key: Vec<u8> = (0..32).collect();
    assert_eq!(SECRET, format!("whsec_{}", base64(&key)));
}

pub(crate) struct Receiver {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    status: Arc<Mutex<u16>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let status = Arc::new(Mutex::new(204));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (kept, told) = (Arc::clone(&heard), Arc::clone(&status));
        let hear = move |headers: HeaderMap, body: Bytes| async move {
            let header =
                |name: &str| headers.get(name).map_or("", |value| value.to_str().expect("text")).to_owned();
            assert_eq!(header("content-type"), "application/json");
            kept.lock().expect("unpoisoned").push(Heard {
                id: header("webhook-id"),
                timestamp: header("webhook-timestamp"),
                signature: header("webhook-signature"),
                text: String::from_utf8(body.to_vec()).expect("text"),
            });
            StatusCode::from_u16(*told.lock().expect("unpoisoned")).expect("a status")
        };
        let router = Router::new().route("/hook", axum::routing::post(hear));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, heard, status }
    }

    /// What the server answers from now on.
    pub(crate) fn answer(&self, status: u16) {
        *self.status.lock().expect("unpoisoned") = status;
    }

    /// Everything heard so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("unpoisoned").clone()
    }

    /// The kinds of everything heard so far.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let kind = |heard: &Heard| heard.json()["type"].as_str().expect("a type").to_owned();
        self.heard().iter().map(kind).collect()
    }

    /// Lets the restaurant on Plazius tell this server.
    pub(crate) fn listen_to(&self, app: &mut TestApp) {
        let url = format!("http://{}/hook", self.address);
        let webhook = WebhookConfig::new(&url, Secret::new(SECRET)).expect("a right webhook");
        app.reload(|config| config.restaurants[0].webhook = Some(webhook));
    }
}

//! The log tells what happened and never to whom.

use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use sandbox::Fault;
use serde_json::json;

use crate::test_app::{IVAN, TestApp, dinner};

static LOG: OnceLock<Mutex<Vec<u8>>> = OnceLock::new();

struct Captured;

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.get_or_init(Mutex::default)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps everything the proxy logs from now on, at the most talkative level.
pub(crate) fn capture() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Captured)
            .init();
    });
}

#[tokio::test]
async fn no_phone_code_or_token_is_ever_logged() {
    let app = TestApp::spawn().await;
    let challenge = app.start_login(IVAN).await.ok();
    let code = app.newest_code().await;
    app.verify(&challenge, "000000").await;
    let session = app.verify(&challenge, &code).await.ok();
    let token = session["token"].as_str().expect("a token").to_owned();
    let guest = crate::test_app::Guest { app: &app, token: token.clone() };
    let preview = guest.preview_with_codes(&dinner(), &["CANARY-PROMO"]).await.ok();
    app.running.sandbox().faults().inject(
        "orders/confirm",
        Fault::plazius_error("9004", "no guest +79990001122 known"),
        1,
    );
    guest.confirm(&preview, 100).await.refused(422, "upstream_refused");
    app.running.sandbox().faults().inject("orders/calculate", Fault::Html, 3);
    guest.preview(&dinner()).await.refused(502, "upstream_malformed");
    guest.post("/api/v1/payment-code", &json!({})).await.ok();
    guest.post("/api/v1/preview", &json!({"cart": "canary-body"})).await.refused(400, "invalid_request");
    app.send("GET", "/api/v1/wallet", &[("authorization", "Bearer canary-token")], "").await;
    app.login_by("chashka", "card", "2200770012345678").await.ok();
    app.login_by("chashka", "app_code", "CANARY-CODE").await.refused(422, "not_a_member");
    app.get("/api/v1/wallet/+79990001122").await.refused(404, "invalid_request");
    app.finish().await;

    let log = LOG.get().expect("something is logged").lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8_lossy(&log).into_owned();
    assert!(log.contains("/api/v1/preview"), "requests are logged: {log}");
    assert!(log.contains("no guest … known"), "a loyalty system's words are kept: {log}");
    let secrets = [
        "79990001122",
        "9990001122",
        "demo-plazius",
        "demo-delivery",
        "demo-basic",
        "2200770012345678",
        "CANARY-CODE",
        "CANARY-PROMO",
        "canary-body",
        "canary-token",
        "Пельмени",
        &token,
    ];
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "`{secret}` is logged");
    }
    // A code is six digits and may stand in a port or a time by chance; as a word of its own it may not.
    let is_word = |line: &&str| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == code);
    assert_eq!(log.lines().find(is_word), None, "the login code is logged");
}

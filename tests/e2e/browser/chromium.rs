//! Chromium: what of it is not in the WebDriver standard goes through the Chrome DevTools Protocol.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};

use super::HEIGHT_PX;
use super::driver::Driver;
use super::tastes::Tastes;

/// Starts chromedriver.
pub(super) fn driver() -> Driver {
    let mut command = Driver::command("CHROMEDRIVER", "chromedriver");
    command.arg("--port=0");
    Driver::that_says_its_port(command, port)
}

pub(super) fn capabilities(profile: &Path) -> Capabilities {
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=ru",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let Value::Object(capabilities) = json!({
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Runs a script in each page before its own.
pub(super) async fn run_first(client: &Client, script: &str) {
    cdp(client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
}

pub(super) async fn set_offline(client: &Client, offline: bool) {
    cdp(client, "Network.enable", json!({})).await;
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    cdp(client, "Network.emulateNetworkConditions", conditions).await;
}

/// Gives the page so many CSS pixels, each so many dots wide: zooming does nothing else.
pub(super) async fn resize(client: &Client, width_px: u32, dots: u32) {
    let metrics =
        json!({ "width": width_px, "height": HEIGHT_PX, "deviceScaleFactor": dots, "mobile": false });
    cdp(client, "Emulation.setDeviceMetricsOverride", metrics).await;
}

pub(super) async fn prefer(client: &Client, tastes: Tastes) {
    let set = |name: &str, value: &str| json!({ "name": name, "value": value });
    let features = [
        set("prefers-color-scheme", tastes.theme.word()),
        set("prefers-reduced-motion", if tastes.reduced_motion { "reduce" } else { "no-preference" }),
        set("forced-colors", if tastes.forced_colours { "active" } else { "none" }),
    ];
    cdp(client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// The whole page as a PNG in Base64.
pub(super) async fn photograph(client: &Client) -> Value {
    cdp(client, "Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await["data"].take()
}

/// The port in `ChromeDriver was started successfully on port 41234.`
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

async fn cdp(client: &Client, command: &'static str, parameters: Value) -> Value {
    client.issue_cmd(Cdp { command, parameters }).await.expect("a command Chromium knows")
}

/// A command of the Chrome DevTools Protocol with its parameters, an object.
#[derive(Debug)]
struct Cdp {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}

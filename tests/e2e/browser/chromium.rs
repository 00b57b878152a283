//! Chromium: what of it is not in the WebDriver standard goes through the Chrome DevTools Protocol.

use std::net::SocketAddr;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fantoccini::Client;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};

use super::HEIGHT_PX;
use super::driver::Driver;
use super::kind::Theme;

/// Where a piece of the page is, with what is around it, as `Page.captureScreenshot` takes it.
const CLIP: &str = "
    const [selector, around] = arguments;
    const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
    const [x, y] = [Math.max(left + scrollX - around, 0), Math.max(top + scrollY - around, 0)];
    const width = Math.min(right + scrollX + around, innerWidth) - x;
    return { x, y, width, height: bottom + scrollY + around - y, scale: 1 }";

/// Writes a PNG anew with few colours.
const SHRINK: &str = include_str!("shrink.js");

/// Starts chromedriver.
pub(super) fn driver() -> Driver {
    let mut command = Driver::command("CHROMEDRIVER", "chromedriver");
    command.arg("--port=0");
    Driver::that_says_its_port(command, port)
}

/// A browser with this profile, whose every request goes through the relay, where there is one.
pub(super) fn capabilities(profile: &Path, relay: Option<SocketAddr>) -> Capabilities {
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
        // What the browser asks pages for; `--lang` alone gives way to the language of whoever runs the tests.
        "--lang=ru",
        "--accept-lang=ru",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    if let Some(relay) = relay {
        arguments.push(format!("--proxy-server={relay}"));
        arguments.push("--proxy-bypass-list=<-loopback>".to_owned());
    }
    let Value::Object(capabilities) = json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "profile.block_third_party_cookies": true, "profile.cookie_controls_mode": 1 },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Runs a script in each page before its own.
pub(super) async fn run_first(client: &Client, script: &str) {
    let source = json!({ "source": script });
    Devtools::new(client).call("Page.addScriptToEvaluateOnNewDocument", source).await;
}

pub(super) async fn set_offline(client: &Client, offline: bool) {
    let devtools = Devtools::new(client);
    devtools.call("Network.enable", json!({})).await;
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    devtools.call("Network.emulateNetworkConditions", conditions).await;
}

/// Loses what is asked for at paths that end so, whatever the query.
pub(super) async fn lose_file(client: &Client, name: Option<&str>) {
    let devtools = Devtools::new(client);
    let lost: Vec<Value> = name
        .into_iter()
        .map(|name| json!({ "urlPattern": format!("*://*:*/*{name}"), "block": true }))
        .collect();
    devtools.call("Network.enable", json!({})).await;
    devtools.call("Network.setBlockedURLs", json!({ "urlPatterns": lost })).await;
}

/// Takes the policy from every page.
pub(super) async fn lift_policy(client: &Client) {
    Devtools::new(client).call("Page.setBypassCSP", json!({ "enabled": true })).await;
}

/// Gives the page so many CSS pixels.
pub(super) async fn give_room(client: &Client, width_px: u32, height_px: u32) {
    Devtools::new(client).give_room(width_px, height_px, 1).await;
}

pub(super) async fn prefer(client: &Client, theme: Theme) {
    Devtools::new(client).set_media(&[("prefers-color-scheme", &theme.to_string())]).await;
}

/// What only Chromium can do. Tests that need it stand in `only_chromium`; others make do without it elsewhere.
#[derive(Clone, Copy)]
pub(crate) struct Devtools<'a> {
    pub(super) client: &'a Client,
}

impl<'a> Devtools<'a> {
    pub(super) const fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// A command of the Chrome DevTools Protocol with its parameters, an object.
    pub(crate) async fn call(self, command: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(Cdp { command, parameters }).await.expect("a command Chromium knows")
    }

    /// Answers these media queries so, and all others as usual.
    pub(crate) async fn set_media(self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Gives the page so many CSS pixels, each so many dots wide: zooming does nothing else.
    pub(crate) async fn give_room(self, width_px: u32, height_px: u32, dots: u32) {
        let metrics =
            json!({ "width": width_px, "height": height_px, "deviceScaleFactor": dots, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// The whole page, also what is not scrolled to, as a PNG. For that moment the window is as high as the page: of what
    /// is beyond a window Chromium, when it is busy, leaves pieces undrawn.
    pub(crate) async fn photograph(self) -> Vec<u8> {
        self.photograph_piece("html", 0).await
    }

    /// The first piece of the page that this selector finds, with so many CSS pixels of what is around it, as a PNG.
    pub(crate) async fn photograph_piece(self, selector: &str, around_px: u32) -> Vec<u8> {
        let page = "return [innerWidth, document.documentElement.scrollHeight]";
        let size = self.client.execute(page, Vec::new()).await.expect("the script runs");
        let [width_px, height_px] = serde_json::from_value::<[u32; 2]>(size).expect("two lengths");
        self.give_room(width_px, height_px, 1).await;
        let clip = self.client.execute(CLIP, vec![json!(selector), json!(around_px)]).await;
        let clip = clip.expect("there is such a piece");
        let taken = self.call("Page.captureScreenshot", json!({ "clip": clip })).await;
        self.give_room(width_px, HEIGHT_PX, 1).await;
        picture(&taken["data"])
    }

    /// A PNG with only so many colours, at most 256: a third of the bytes, and to a person the same.
    pub(crate) async fn shrink(self, png: &[u8], colours: u32) -> Vec<u8> {
        let arguments = vec![json!(BASE64_STANDARD.encode(png)), json!(colours)];
        picture(&self.client.execute_async(SHRINK, arguments).await.expect("the script ends"))
    }
}

/// The picture in an answer.
fn picture(data: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(data.as_str().expect("a picture")).expect("a picture in Base64")
}

/// The port in `ChromeDriver was started successfully on port 41234.`
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

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

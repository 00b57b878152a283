//! One headless Chromium of its own for a test. Knows nothing of the pages it shows.

mod area;
mod driver;
mod frames;

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) use area::Area;
use driver::{Cdp, Driver, HeapSnapshot};

/// What a page without an animation, an answer or a timer to wait for takes at the very most.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How often something awaited is looked for.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Runs in each page before its own scripts: keeps what the host hears and what goes wrong, and lets a test move the
/// page's clock.
const WITNESS: &str = include_str!("browser/witness.js");

/// A colour scheme a guest prefers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Theme {
    Light,
    Dark,
}

/// A browser. When it is dropped, also by a failed test, Chromium and its driver end.
pub(crate) struct Browser {
    client: Client,
    _driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// A browser with a fresh profile.
    pub(crate) async fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut driver = Driver::start();
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities(profile.path()))
            .connect(driver.url())
            .await
            .expect("chromedriver starts Chromium");
        driver.remember_session(client.session_id().await.expect("an answer").expect("a session"));
        let browser = Self { client, _driver: driver, _profile: profile };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WITNESS })).await;
        browser.resize(1280).await;
        browser
    }

    /// Opens an address.
    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page opens");
    }

    /// What is inside the widget.
    pub(crate) const fn widget(&self) -> Area<'_> {
        Area::new(&self.client, "widget")
    }

    /// The host's page, without the inside of the widget.
    pub(crate) const fn page(&self) -> Area<'_> {
        Area::new(&self.client, "page")
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// The details of all events of this name the host page has heard, oldest first.
    pub(crate) async fn heard(&self, event: &str) -> Vec<Value> {
        match self.run("return witness.heard[arguments[0]] ?? []", vec![json!(event)]).await {
            Value::Array(details) => details,
            other => panic!("a list of details, not {other}"),
        }
    }

    /// Waits until the host page has heard so many events of this name, and returns the details of the last.
    pub(crate) async fn hears(&self, event: &str, times: usize) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let mut heard = self.heard(event).await;
            if heard.len() >= times {
                return heard.pop().unwrap_or(Value::Null);
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the host heard {event} {} times, not {times}; {}",
                heard.len(),
                self.widget().text().await
            );
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What went wrong in the page's scripts.
    pub(crate) async fn errors(&self) -> Vec<Value> {
        match self.run("return witness.errors", Vec::new()).await {
            Value::Array(errors) => errors,
            other => panic!("a list of errors, not {other}"),
        }
    }

    /// Lets the page believe that so many seconds have passed.
    pub(crate) async fn pass_time(&self, seconds: u32) {
        self.run("witness.passTime(arguments[0])", vec![json!(seconds)]).await;
    }

    /// Puts a text on the clipboard.
    pub(crate) async fn copy(&self, text: &str) {
        let allowed = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.cdp("Browser.grantPermissions", allowed).await;
        self.run("return navigator.clipboard.writeText(arguments[0])", vec![json!(text)]).await;
    }

    /// Cuts the browser's network off, or brings it back.
    pub(crate) async fn set_offline(&self, offline: bool) {
        self.cdp("Network.enable", json!({})).await;
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }

    /// Makes the window so many CSS pixels wide.
    pub(crate) async fn resize(&self, width_px: u32) {
        let metrics = json!({ "width": width_px, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Makes the window so many CSS pixels wide and high, as a kiosk's screen is.
    pub(crate) async fn resize_to(&self, width_px: u32, height_px: u32) {
        let metrics =
            json!({ "width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Every string that the page's scripts still hold, after its garbage was thrown away.
    pub(crate) async fn heap_strings(&self) -> String {
        self.cdp("HeapProfiler.enable", json!({})).await;
        for _ in 0..3 {
            self.cdp("HeapProfiler.collectGarbage", json!({})).await;
        }
        let snapshot = self.client.issue_cmd(HeapSnapshot).await.expect("Chromium takes a snapshot");
        let strings = match &snapshot {
            Value::String(text) => {
                serde_json::from_str::<Value>(text).expect("a snapshot")["strings"].clone()
            }
            other => other["strings"].clone(),
        };
        let Value::Array(strings) = strings else { panic!("a snapshot has strings") };
        assert!(strings.len() > 1000, "a snapshot of a page has many strings, not {}", strings.len());
        strings.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Loads the page again, as an operator would, and as a crashed one is.
    pub(crate) async fn refresh(&self) {
        self.client.refresh().await.expect("the page loads again");
    }

    /// Prefers a colour scheme.
    pub(crate) async fn prefer(&self, theme: Theme) {
        let value = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    /// The whole page, also what is not scrolled to, as a PNG. For that moment the window is as high as the page: of what
    /// is beyond a window Chromium, when it is busy, leaves pieces undrawn.
    pub(crate) async fn photograph(&self) -> Vec<u8> {
        let page = "return [innerWidth, document.documentElement.scrollHeight]";
        let size = self.run(page, Vec::new()).await;
        let metrics = json!({ "width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let picture = self.photograph_window().await;
        let width_px = size[0].as_u64().and_then(|width| u32::try_from(width).ok()).expect("a width");
        self.resize(width_px).await;
        picture
    }

    /// Scrolls until the widget is in the middle of the window.
    pub(crate) async fn scroll_to_widget(&self) {
        let script = "document.querySelector('loyalty-checkout')
            .scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.run(script, Vec::new()).await;
    }

    /// What the window shows, as a PNG.
    pub(crate) async fn photograph_window(&self) -> Vec<u8> {
        let taken = self.cdp("Page.captureScreenshot", json!({})).await;
        let picture = taken.get("data").and_then(Value::as_str).expect("a picture");
        BASE64_STANDARD.decode(picture).expect("a picture in Base64")
    }

    /// A command of the Chrome DevTools Protocol, for what only Chromium can tell.
    pub(crate) async fn cdp(&self, command: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(Cdp::new(command, parameters)).await.expect("a command Chromium knows")
    }
}

fn capabilities(profile: &Path) -> fantoccini::wd::Capabilities {
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
    let Value::Object(capabilities) = json!({
        // Cookies of a site other than the page's are blocked, as for more and more guests.
        "goog:chromeOptions": { "args": arguments, "prefs": { "profile.cookie_controls_mode": 1 } },
        "goog:loggingPrefs": { "browser": "ALL" },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

//! One browser of its own for a test, whichever it is: what the three can do differently is told apart here and nowhere
//! else. Knows nothing of the pages it shows.

mod area;
mod chromium;
mod driver;
mod firefox;
mod keys;
mod kind;
mod relay;
mod tastes;
mod webkit;

use std::cell::Cell;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) use area::Area;
use driver::Driver;
use keys::Keys;
pub(crate) use kind::Kind;
use relay::Relay;
use tastes::Tastes;
pub(crate) use tastes::Theme;
use webkit::Desktop;

/// What a page without an animation, an answer or a timer to wait for takes at the very most.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How often something awaited is looked for.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(40);

/// The height of a page's window in CSS pixels.
const HEIGHT_PX: u32 = 900;

/// Runs in each page before its own scripts: keeps what the host hears and what goes wrong, and lets a test move the
/// page's clock.
const WITNESS: &str = include_str!("browser/witness.js");

/// Puts a text, marked, where it can be copied from by the keyboard.
const LAY_OUT: &str = "
    const sheet = Object.assign(document.createElement('textarea'), { id: 'to-be-copied', value: arguments[0] });
    document.body.append(sheet);
    sheet.select();
";

/// A browser. When it is dropped, also by a failed test, all that was started for it ends.
pub(crate) struct Browser {
    client: Client,
    tastes: Cell<Tastes>,
    _driver: Driver,
    engine: Engine,
}

/// What each kind of browser needs beside its driver. Dropped after the driver.
enum Engine {
    Chromium { _profile: TempDir },
    Firefox { relay: Relay },
    Webkit { relay: Relay, desktop: Desktop },
}

impl Browser {
    /// A browser with a fresh profile.
    pub(crate) async fn start() -> Self {
        let kind = Kind::chosen();
        let (engine, mut driver, capabilities) = match kind {
            Kind::Chromium => {
                let profile = tempfile::tempdir().expect("a folder for the profile");
                let capabilities = chromium::capabilities(profile.path());
                (Engine::Chromium { _profile: profile }, chromium::driver(), capabilities)
            }
            Kind::Firefox => {
                let relay = Relay::start(WITNESS);
                let capabilities = firefox::capabilities(relay.address());
                (Engine::Firefox { relay }, firefox::driver(), capabilities)
            }
            Kind::Webkit => {
                let (relay, desktop) = (Relay::start(WITNESS), Desktop::start());
                let (capabilities, driver) = (webkit::capabilities(relay.address()), desktop.driver());
                (Engine::Webkit { relay, desktop }, driver, capabilities)
            }
        };
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities)
            .connect(&driver.url())
            .await
            .unwrap_or_else(|error| panic!("{kind} does not start: {error}"));
        driver.remember_session(client.session_id().await.expect("an answer").expect("a session"));
        let browser = Self { client, tastes: Cell::default(), _driver: driver, engine };
        if let Engine::Chromium { .. } = browser.engine {
            chromium::run_first(&browser.client, WITNESS).await;
        }
        browser.resize(1280).await;
        browser.adopt(Tastes::default()).await;
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

    /// Runs a script that ends by calling the last of its arguments, and returns what it was called with.
    pub(crate) async fn run_until_called(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute_async(script, arguments).await.expect("the script ends")
    }

    /// Puts a text on the clipboard, as a person does: by copying it from where it stands.
    pub(crate) async fn copy(&self, text: &str) {
        self.run(LAY_OUT, vec![json!(text)]).await;
        self.type_keys(Keys::new().with_control('c')).await;
        self.run("document.querySelector('#to-be-copied').remove()", Vec::new()).await;
    }

    /// Cuts the browser's network off, or brings it back.
    pub(crate) async fn set_offline(&self, offline: bool) {
        match &self.engine {
            Engine::Chromium { .. } => chromium::set_offline(&self.client, offline).await,
            Engine::Firefox { relay } | Engine::Webkit { relay, .. } => relay.set_cut(offline),
        }
    }

    /// Makes the window so many CSS pixels wide.
    pub(crate) async fn resize(&self, width_px: u32) {
        self.give_room(width_px, 1).await;
    }

    /// Zooms to 200 % a window in which so many CSS pixels are left then.
    pub(crate) async fn zoom_twice(&self, width_px: u32) {
        self.give_room(width_px, 2).await;
    }

    /// Prefers a colour scheme.
    pub(crate) async fn prefer(&self, theme: Theme) {
        self.adopt(Tastes { theme, ..self.tastes.get() }).await;
    }

    /// Prefers that nothing moves.
    pub(crate) async fn prefer_reduced_motion(&self) {
        self.adopt(Tastes { reduced_motion: true, ..self.tastes.get() }).await;
    }

    /// Shows everything in the few colours of the guest's system.
    pub(crate) async fn force_colours(&self) {
        self.adopt(Tastes { forced_colours: true, ..self.tastes.get() }).await;
    }

    /// The whole page, also what is not scrolled to, as a PNG.
    pub(crate) async fn photograph(&self) -> Vec<u8> {
        let picture = match &self.engine {
            Engine::Chromium { .. } => chromium::photograph(&self.client).await,
            Engine::Firefox { .. } => firefox::photograph(&self.client).await,
            Engine::Webkit { .. } => return webkit::photograph(&self.client).await,
        };
        BASE64_STANDARD.decode(picture.as_str().expect("a picture")).expect("a picture in Base64")
    }

    /// Types where the focus is.
    async fn type_keys(&self, keys: Keys) {
        self.client.perform_actions(keys.into_actions()).await.expect("the keyboard types");
    }

    async fn give_room(&self, width_px: u32, zoom: u32) {
        match &self.engine {
            Engine::Chromium { .. } => chromium::resize(&self.client, width_px, zoom).await,
            Engine::Firefox { .. } => firefox::resize(&self.client, width_px, zoom).await,
            Engine::Webkit { .. } => {
                assert_eq!(zoom, 1, "WebKit's zoom is out of reach; the list of what is left out names this test");
                webkit::resize(&self.client, width_px).await;
            }
        }
        self.wait_until(&format!("innerWidth === {width_px}")).await;
    }

    /// Sets all of it, and waits until the page knows.
    async fn adopt(&self, tastes: Tastes) {
        self.tastes.set(tastes);
        match &self.engine {
            Engine::Chromium { .. } => chromium::prefer(&self.client, tastes).await,
            Engine::Firefox { .. } => firefox::prefer(&self.client, tastes).await,
            Engine::Webkit { desktop, .. } => desktop.prefer(tastes),
        }
        self.wait_until(&format!("matchMedia('{}').matches", tastes.query())).await;
    }

    async fn wait_until(&self, condition: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.run(&format!("return {condition}"), Vec::new()).await != json!(true) {
            assert!(tokio::time::Instant::now() < deadline, "never true in {}: {condition}", Kind::chosen());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

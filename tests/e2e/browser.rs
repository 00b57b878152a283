//! One browser of its own for a test, whichever it is: what the three can do differently is told apart here and nowhere
//! else. Knows nothing of the pages it shows, but that the widget may stand in a frame, and that a page may have keys.

mod area;
mod chromium;
mod driver;
mod engine;
mod firefox;
mod frames;
mod heap;
mod keys;
mod kind;
mod relay;
mod scanner;
mod webkit;

use std::cell::Cell;
use std::time::Duration;

use fantoccini::Client;
use serde_json::{Value, json};

pub(crate) use area::Area;
pub(crate) use chromium::Devtools;
use engine::Engine;
use keys::Keys;
pub(crate) use kind::{Kind, Theme};

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

/// Scrolls until an element is in the middle of the window.
const TO_MIDDLE: &str = "scrollIntoView({ block: 'center', behavior: 'instant' })";

/// By how many CSS pixels a document is wider than its window.
const OVERHANG: &str =
    "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";

/// What a script or a look is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The inside of the widget, in whichever document it stands.
    Widget,
    /// The host's page without it.
    Page,
}

/// A browser. When it is dropped, also by a failed test, all that was started for it ends.
pub(crate) struct Browser {
    client: Client,
    /// The script that finds the frame in which the widget stands; none where it stands in the page itself.
    frame: Cell<Option<&'static str>>,
    /// What the driver looks at now.
    part: Cell<Part>,
    /// Whether its guest has no keyboard but the keys that the page shows.
    is_touched: bool,
    engine: Engine,
}

impl Browser {
    /// A browser with a fresh profile. Where there is a script, the widget stands in the page's frame that it finds.
    pub(crate) async fn start(frame: Option<&'static str>) -> Self {
        let (engine, client) = Engine::start(WITNESS, frame.is_some()).await;
        let (frame, part) = (Cell::new(frame), Cell::new(Part::Page));
        let browser = Self { client, frame, part, is_touched: false, engine };
        browser.resize(1280).await;
        browser.prefer(Theme::Light).await;
        browser
    }

    /// The same for a guest who has no keyboard and touches the keys that the page shows.
    pub(crate) fn touched(self) -> Self {
        Self { is_touched: true, ..self }
    }

    /// Opens an address.
    pub(crate) async fn open(&self, url: &str) {
        // A driver that looks into a frame of the page before would wait for it for ever.
        self.attend(Part::Page).await;
        self.client.goto(url).await.expect("the page opens");
    }

    /// What is inside the widget.
    pub(crate) const fn widget(&self) -> Area<'_> {
        Area::new(self, Part::Widget)
    }

    /// The host's page, without the inside of the widget.
    pub(crate) const fn page(&self) -> Area<'_> {
        Area::new(self, Part::Page)
    }

    /// What only Chromium can do; nothing in other browsers.
    pub(crate) const fn devtools(&self) -> Option<Devtools<'_>> {
        match self.engine {
            Engine::Chromium { .. } => Some(Devtools::new(&self.client)),
            Engine::Firefox { .. } | Engine::Webkit { .. } => None,
        }
    }

    /// Runs a script in the host's page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.run_in(Part::Page, script, arguments).await
    }

    /// Runs a script in the document in which the part stands.
    pub(crate) async fn run_in(&self, part: Part, script: &str, arguments: Vec<Value>) -> Value {
        self.attend(part).await;
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// Runs a script that ends by calling the last of its arguments, in the document in which the part stands, and returns
    /// what it was called with.
    pub(crate) async fn run_until_called(&self, part: Part, script: &str, arguments: Vec<Value>) -> Value {
        self.attend(part).await;
        self.client.execute_async(script, arguments).await.expect("the script ends")
    }

    /// The details of all events of this name that the host's page has heard, oldest first.
    pub(crate) async fn heard(&self, event: &str) -> Vec<Value> {
        let heard = "return window.witness?.heard[arguments[0]] ?? []";
        list(self.run(heard, vec![json!(event)]).await)
    }

    /// Waits until so many events of this name were heard, and returns the details of the last.
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

    /// What went wrong in the scripts of the page, and of its frame where it shows one of ours.
    pub(crate) async fn errors(&self) -> Vec<Value> {
        let mut all = list(self.run("return witness.errors", Vec::new()).await);
        if self.find_frame().await.is_some() {
            let errors = "return window.witness?.errors ?? []";
            all.append(&mut list(self.run_in(Part::Widget, errors, Vec::new()).await));
        }
        all
    }

    /// Lets the widget believe that so many seconds have passed.
    pub(crate) async fn pass_time(&self, seconds: u32) {
        self.run_in(Part::Widget, "witness.passTime(arguments[0])", vec![json!(seconds)]).await;
    }

    /// Puts a text on the clipboard, as a person does: by copying it from where it stands.
    pub(crate) async fn copy(&self, text: &str) {
        self.run(LAY_OUT, vec![json!(text)]).await;
        self.type_keys(Keys::new().with_control('c')).await;
        self.run("document.querySelector('#to-be-copied').remove()", Vec::new()).await;
    }

    /// Cuts the browser's network off, or brings it back.
    pub(crate) async fn set_offline(&self, offline: bool) {
        self.engine.set_offline(&self.client, offline).await;
    }

    /// Makes the network lose the file of this name, or none any more.
    pub(crate) async fn lose_file(&self, name: Option<&'static str>) {
        self.engine.lose_file(&self.client, name).await;
    }

    /// Runs a script in each page opened from now on, before the page's own.
    pub(crate) async fn run_first(&self, script: &str) {
        self.engine.run_first(&self.client, script).await;
    }

    /// Takes the policy from what is opened at this path from now on, as from a page of a host that has none.
    pub(crate) async fn lift_policy(&self, path: &'static str) {
        self.engine.lift_policy(&self.client, path).await;
    }

    /// Makes the window so many CSS pixels wide.
    pub(crate) async fn resize(&self, width_px: u32) {
        self.give_room(width_px, HEIGHT_PX).await;
    }

    /// Gives the page a window of so many CSS pixels.
    pub(crate) async fn give_room(&self, width_px: u32, height_px: u32) {
        self.attend(Part::Page).await;
        self.engine.give_room(&self.client, width_px, height_px).await;
        self.comes_true(&format!("innerWidth === {width_px} && innerHeight === {height_px}")).await;
    }

    /// Loads the page again, as an operator would, and as a crashed one is.
    pub(crate) async fn refresh(&self) {
        self.attend(Part::Page).await;
        self.client.refresh().await.expect("the page loads again");
    }

    /// Goes back to the page before.
    pub(crate) async fn go_back(&self) {
        self.attend(Part::Page).await;
        self.client.back().await.expect("there is a page before");
    }

    /// Prefers a colour scheme.
    pub(crate) async fn prefer(&self, theme: Theme) {
        self.attend(Part::Page).await;
        self.engine.prefer(&self.client, theme).await;
        self.comes_true(&format!("matchMedia('(prefers-color-scheme: {theme})').matches")).await;
    }

    /// Waits for two frames, after which whatever was changed in the page has been drawn.
    pub(crate) async fn is_drawn(&self) {
        let drawn = "return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))";
        self.run(drawn, Vec::new()).await;
    }

    /// Scrolls until the widget is in the middle of the window.
    pub(crate) async fn scroll_to_widget(&self) {
        if let Some(frame) = self.frame.get() {
            // Not every browser lets a document of another site scroll the page around it.
            self.run(&format!("(() => {{ {frame} }})()?.{TO_MIDDLE}"), Vec::new()).await;
        }
        let widget = format!("document.querySelector('loyalty-checkout').{TO_MIDDLE}");
        self.run_in(Part::Widget, &widget, Vec::new()).await;
    }

    /// By how many CSS pixels the document in which the part stands is wider than its window.
    pub(crate) async fn overhang_px(&self, part: Part) -> i64 {
        self.run_in(part, OVERHANG, Vec::new()).await.as_i64().expect("a width")
    }

    /// What the window shows, as a PNG.
    pub(crate) async fn photograph_window(&self) -> Vec<u8> {
        self.attend(Part::Page).await;
        self.client.screenshot().await.expect("a picture")
    }

    /// Runs a script that changes nothing, in the document which the driver looks at; again where what it has found was
    /// replaced before it could be told.
    async fn look_here(&self, script: &str, arguments: Vec<Value>) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            match self.client.execute(script, arguments.clone()).await {
                Ok(seen) => return seen,
                Err(error)
                    if error.is_stale_element_reference() && tokio::time::Instant::now() < deadline =>
                {
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                Err(error) => panic!("the script looks: {error:?}"),
            }
        }
    }

    /// Types where the focus is.
    async fn type_keys(&self, keys: Keys) {
        self.client.perform_actions(keys.into_actions()).await.expect("the keyboard types");
    }

    async fn comes_true(&self, condition: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.run(&format!("return {condition}"), Vec::new()).await != json!(true) {
            assert!(tokio::time::Instant::now() < deadline, "never true in {}: {condition}", Kind::chosen());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        other => panic!("a list, not {other}"),
    }
}

//! How soon a guest can type the phone and sees a working preview: cold loads in headless Chromium, beside a static page
//! with one input and a page with an empty WebAssembly module. `cargo xtask bench widget` runs it and prints the table.
#![cfg(not(target_arch = "wasm32"))]

#[expect(dead_code, reason = "the tests do more in a browser than is measured here")]
mod browser;

use std::net::SocketAddr;
use std::path::Path;

use browser::{Browser, LOOK_EVERY, PATIENCE};
use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use proxy::demo::{Options, Running};
use serde_json::{Value, json};

const WATCH: &str = include_str!("bench/watch.js");

/// Cold loads of each page; the median of them is told.
const LOADS: usize = 9;

/// How much slower than this machine's the processor is made.
const SLOWDOWNS: [u32; 2] = [1, 6];

/// The shortest module there is.
const EMPTY_MODULE: [u8; 8] = [0, 97, 115, 109, 1, 0, 0, 0];

const FLOOR: &str = "<!doctype html><html lang=ru><meta charset=utf-8><title>Input</title>\
    <label>Номер телефона <input type=tel></label>";

const EMPTY: &str = "<!doctype html><html lang=ru><meta charset=utf-8><title>Empty</title>\
    <label>Номер телефона <input type=tel></label><script type=module>\
    await WebAssembly.instantiateStreaming(fetch('/widget/empty.wasm'));timing.working=performance.now()</script>";

/// The cart of the measured pages, as JavaScript.
const CART: &str = "{currency:'RUB',expedition:'pickup',lines:[{code:'pelmeni',name:'Пельмени',quantity_milli:1000,\
    unit_price_minor:48000,modifiers:[]}]}";

/// A page of a host: what it loads, and the element with this in it.
fn host(script: &str, element: &str, inside: &str) -> String {
    format!(
        "<!doctype html><html lang=ru><meta charset=utf-8><title>Host</title>\
         <script type=module src=/widget/{script}></script><{element} restaurant=pirogi>{inside}</{element}>\
         <script>document.querySelector('{element}').cart={CART}</script>"
    )
}

/// A page that is measured.
struct Page {
    /// In the table.
    name: &'static str,
    /// Where it is, in the demo.
    path: &'static str,
    /// Whether it ever works in the sense of [`Times::working_ms`].
    works: bool,
    /// Whether it is opened under the name of a site that may show the widget in a frame.
    frames: bool,
}

const PAGES: [Page; 8] = [
    Page::new("a static page with one input", "/widget/floor.html", false),
    Page::new("the same with an empty wasm module", "/widget/empty.html", true),
    Page::new("the element on a plain page", "/widget/host.html", true),
    Page::new("the same with the first screen in its markup", "/widget/markup.html", true),
    Page::new("`/embed`, which is what a frame shows", "/embed?restaurant=pirogi", false),
    Page { frames: true, ..Page::new("the widget in a frame on a plain page", "/widget/framed.html", true) },
    Page::new("`/kiosk`", "/kiosk?restaurant=pirogi&language=ru", true),
    Page::new("the demo's checkout", "/", true),
];

impl Page {
    const fn new(name: &'static str, path: &'static str, works: bool) -> Self {
        Self { name, path, works, frames: false }
    }
}

/// One load, in milliseconds since the navigation began.
#[derive(Clone, Copy, Debug)]
struct Times {
    /// The phone can be typed.
    field_ms: f64,
    /// The module runs; with the widget a guest who is as fast as a script sees the preview.
    working_ms: f64,
    /// The longest task, where one took more than 50 ms.
    longest_ms: f64,
}

/// What the guest and the host do once a preview is there: a name for the table, and that of the script in `watch.js`.
const CHANGES: [(&str, &str); 3] = [
    ("the slider is dragged a step", "drag"),
    ("the host hands another cart over", "change"),
    ("the answer to that has come", "answer"),
];

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder for the pages");
    prepare(folder.path());
    let start: Timestamp = "2026-06-01T12:00:00Z".parse().expect("a time");
    let clock = Clock::manual(start);
    let data = tempfile::tempdir().expect("a folder for the data");
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let (pages, books) = (folder.path().to_owned(), data.path().to_owned());
    let options = Options { clock: clock.clone(), ..Options::new(any_port, pages, books) };
    let demo = proxy::demo::start(options).await.expect("the demo starts");
    let browser = Browser::start(None).await;
    let devtools = browser.devtools().expect("it is measured in Chromium");
    devtools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    devtools.call("Network.enable", json!({})).await;
    devtools.call("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;

    println!("| CPU | page | field, ms | × floor | working, ms | longest task, ms |");
    println!("|---|---|---:|---:|---:|---:|");
    let mut repaints = Vec::new();
    for slowdown in SLOWDOWNS {
        devtools.call("Emulation.setCPUThrottlingRate", json!({ "rate": slowdown })).await;
        let mut loads = vec![Vec::new(); PAGES.len()];
        // The pages take turns, so that a busy moment of the machine falls on all of them; the first round warms up.
        for round in 0..=LOADS {
            for (place, page) in PAGES.iter().enumerate() {
                // Long enough for the proxy to send the same guest another code.
                assert!(clock.advance(SignedDuration::from_hours(1)), "the clock can be moved");
                let times = load(&browser, &demo, page).await;
                if round > 0 {
                    loads[place].push(times);
                }
            }
        }
        tell(slowdown, &loads);
        assert!(clock.advance(SignedDuration::from_hours(1)), "the clock can be moved");
        load(&browser, &demo, &PAGES[2]).await;
        repaints.push((slowdown, browser.run("return repaint()", Vec::new()).await));
    }
    println!("\n| CPU | what happens | drawn after, ms: median | slowest |");
    println!("|---|---|---:|---:|");
    for (slowdown, times) in repaints {
        for (name, kind) in CHANGES {
            let times: Vec<f64> = serde_json::from_value(times[kind].clone()).expect("a list of times");
            let slowest = times.iter().copied().fold(0.0, f64::max);
            println!("| {slowdown}× | {name} | {:.1} | {slowest:.1} |", median(&times, |ms| *ms));
        }
    }
    drop(browser);
    demo.stop().await;
}

/// The widget's files with the pages beside them.
fn prepare(folder: &Path) {
    let built =
        std::env::var_os("LOYALTY_WIDGET_DIR").expect("`cargo xtask bench widget` names the built widget");
    copy(Path::new(&built), folder);
    let screen =
        std::fs::read_to_string(folder.join("first-ru.html")).expect("the build has the first screen");
    for (name, text) in [
        ("floor.html", FLOOR.to_owned()),
        ("empty.html", EMPTY.to_owned()),
        ("host.html", host("element.js", "loyalty-checkout", "")),
        ("markup.html", host("element.js", "loyalty-checkout", &screen)),
        ("framed.html", host("frame.js", "loyalty-checkout-frame", "")),
    ] {
        std::fs::write(folder.join(name), text).expect("written");
    }
    std::fs::write(folder.join("empty.wasm"), EMPTY_MODULE).expect("written");
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the built widget is there") {
        let path = entry.expect("the built widget can be listed").path();
        let copied = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            std::fs::create_dir(&copied).expect("made");
            copy(&path, &copied);
        } else {
            std::fs::copy(&path, &copied).expect("copied");
        }
    }
}

/// Opens a page as a browser that has never seen it, and waits until everything has been noted.
async fn load(browser: &Browser, demo: &Running, page: &Page) -> Times {
    let Page { path, works, frames, .. } = page;
    browser.open("about:blank").await;
    let origin = demo.base_url().trim_end_matches('/');
    let origin = if *frames { origin.replace("127.0.0.1", "localhost") } else { origin.to_owned() };
    browser.open(&format!("{origin}{path}")).await;
    let last = if *works { "working" } else { "field" };
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let timing = browser.run("return timing", Vec::new()).await;
        let time = |name: &str| timing.get(name).and_then(Value::as_f64);
        if let (Some(field_ms), Some(_)) = (time("field"), time(last)) {
            let working_ms = time("working").unwrap_or(f64::NAN);
            return Times { field_ms, working_ms, longest_ms: time("longest").unwrap_or(0.0) };
        }
        assert!(tokio::time::Instant::now() < deadline, "{path} never came: {timing}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn tell(slowdown: u32, loads: &[Vec<Times>]) {
    let floor = median(&loads[0], |times| times.field_ms);
    for (Page { name, works, .. }, times) in PAGES.iter().zip(loads) {
        let field = median(times, |times| times.field_ms);
        let working =
            if *works { format!("{:.0}", median(times, |times| times.working_ms)) } else { String::new() };
        let longest = median(times, |times| times.longest_ms);
        println!("| {slowdown}× | {name} | {field:.0} | {:.2} | {working} | {longest:.0} |", field / floor);
    }
}

fn median<T>(times: &[T], read: fn(&T) -> f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(read).collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
